"""What is stored: organisations, cases and their links with evidence."""

from .cases import CaseIndexPage, CasePage, CasePublicChange
from .links import CaseLink, CaseRelation, CaseSource
from .organisations import Organisation
from .pages import BrilliantFailuresPage

__all__ = [
    "BrilliantFailuresPage",
    "CaseIndexPage",
    "CaseLink",
    "CasePage",
    "CasePublicChange",
    "CaseRelation",
    "CaseSource",
    "Organisation",
]
