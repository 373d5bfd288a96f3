"""A case that is published, taken away or moved gives the content a new version, and its history a line."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from survey.models import ContentChange
from survey.models.changes import record_change
from survey.versions import forget_versions

from .history import write_public_change
from .models import CasePage, CaseWithdrawal, Organisation, SearchSynonym


def _changed(kind: ContentChange.Kind, pk: int | None) -> None:
    record_change(kind, pk)
    forget_versions()


@receiver(page_published, sender=CasePage)
def case_published(instance: CasePage, **kwargs: Any) -> None:
    """Readers see the new text, and one line about what changed; a date in the future changes nothing yet."""
    if instance.live:
        write_public_change(instance, kwargs.get("revision"))
        CaseWithdrawal.objects.filter(case=instance).delete()  # it is there again
    _changed(ContentChange.Kind.CASE, instance.pk)


@receiver([page_unpublished, post_page_move, post_delete], sender=CasePage)
def case_taken_away(instance: CasePage, **kwargs: Any) -> None:
    """The index drops it, or finds it at its new address."""
    _changed(ContentChange.Kind.CASE, instance.pk)


@receiver([post_save, post_delete], sender=Organisation)
def organisation_changed(instance: Organisation, **kwargs: Any) -> None:
    """Name, sector or country of all its cases may be different now."""
    _changed(ContentChange.Kind.ORGANISATION, instance.pk)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def visibility_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page, with everything below it, is closed to visitors or opened again: the index drops or finds its cases."""
    is_one_case = isinstance(instance.page.specific_deferred, CasePage)
    _changed(ContentChange.Kind.CASE, instance.page_id if is_one_case else None)


@receiver([post_save, post_delete], sender=SearchSynonym)
def synonyms_changed(instance: SearchSynonym, **kwargs: Any) -> None:
    """Other questions have other answers now; the index holds no synonyms."""
    _changed(ContentChange.Kind.OTHER, None)
