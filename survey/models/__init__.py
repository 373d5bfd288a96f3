"""What is stored: the vocabulary, the publications, what the barometer found, and the log of what changed."""

from .care import FormerConcept, VocabularyChange
from .changes import ContentChange, ContentVersion
from .charts import Chart
from .choices import Provenance, Qualifier, Statistic, Verdict, Withheld
from .imports import SurveyImport
from .link_checks import CheckedLink
from .loaded import LoadedContent
from .publications import Publication, PublicationPoint
from .results import Association, Edition, Figure, Finding, FrequentWord, Indicator, Result
from .vocabulary import Concept, ConceptRelation, ConceptScheme, ConceptSource, Guidance

__all__ = [
    "Association",
    "Chart",
    "CheckedLink",
    "Concept",
    "ConceptRelation",
    "ConceptScheme",
    "ConceptSource",
    "ContentChange",
    "ContentVersion",
    "Edition",
    "Figure",
    "Finding",
    "FormerConcept",
    "FrequentWord",
    "Guidance",
    "Indicator",
    "LoadedContent",
    "Provenance",
    "Publication",
    "PublicationPoint",
    "Qualifier",
    "Result",
    "Statistic",
    "SurveyImport",
    "Verdict",
    "VocabularyChange",
    "Withheld",
]
