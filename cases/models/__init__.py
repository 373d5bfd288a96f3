"""What is stored: organisations, cases and their links with evidence, what is sent in, and what editors keep with it."""

from .cases import CaseIndexPage, CasePage, CasePublicChange
from .collections import CollectionIndexPage, CollectionItem, CollectionPage
from .editing import CaseKeeper, CaseWithdrawal, PreviewLink
from .imports import CaseImport
from .links import CaseLink, CaseRelation, CaseSource, RefusedLikeness
from .organisations import FormerOrganisation, Organisation
from .pages import BrilliantFailuresPage
from .review import ColleagueReviewState, ColleagueReviewTask
from .search_misses import SearchMiss
from .submissions import Report, SenderAction, Submission, SubmissionLink, YearlyCheck
from .synonyms import SearchSynonym

__all__ = [
    "BrilliantFailuresPage",
    "CaseImport",
    "CaseIndexPage",
    "CaseKeeper",
    "CaseLink",
    "CasePage",
    "CasePublicChange",
    "CaseRelation",
    "CaseSource",
    "CaseWithdrawal",
    "ColleagueReviewState",
    "ColleagueReviewTask",
    "CollectionIndexPage",
    "CollectionItem",
    "CollectionPage",
    "FormerOrganisation",
    "Organisation",
    "PreviewLink",
    "RefusedLikeness",
    "Report",
    "SearchMiss",
    "SearchSynonym",
    "SenderAction",
    "Submission",
    "SubmissionLink",
    "YearlyCheck",
]
