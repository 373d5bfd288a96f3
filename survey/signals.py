"""A change to the vocabulary, a publication or the barometer gives the content a new version."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .models import Concept, ConceptScheme, ContentChange, Edition, Indicator, Publication
from .models.changes import record_change
from .versions import forget_versions


@receiver([post_save, post_delete], sender=Concept)
def concept_changed(instance: Concept, **kwargs: Any) -> None:
    """Labels, facets and every case that is linked to this concept may look different now."""
    record_change(ContentChange.Kind.CONCEPT, instance.pk)
    forget_versions()


@receiver([post_save, post_delete], sender=ConceptScheme)
def scheme_changed(instance: ConceptScheme, **kwargs: Any) -> None:
    """Its code is part of every choice the index holds."""
    record_change(ContentChange.Kind.CONCEPT, None)
    forget_versions()


@receiver([post_save, post_delete], sender=Edition)
@receiver([post_save, post_delete], sender=Indicator)
@receiver([post_save, post_delete], sender=Publication)
def other_changed(instance: Model, **kwargs: Any) -> None:
    """Pages may look different now; the search index does not hold these."""
    record_change(ContentChange.Kind.OTHER, None)
    forget_versions()


def barometer_changed() -> None:
    """Many numbers at once were replaced; rows made in bulk send no signals of their own."""
    record_change(ContentChange.Kind.OTHER, None)
    forget_versions()
