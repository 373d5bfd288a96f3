"""What is stored: the vocabulary, the publications, and the log of what changed."""

from .changes import ContentChange, ContentVersion
from .loaded import LoadedContent
from .publications import Publication, PublicationPoint
from .vocabulary import Concept, ConceptRelation, ConceptScheme, ConceptSource, Guidance

__all__ = [
    "Concept",
    "ConceptRelation",
    "ConceptScheme",
    "ConceptSource",
    "ContentChange",
    "ContentVersion",
    "Guidance",
    "LoadedContent",
    "Publication",
    "PublicationPoint",
]
