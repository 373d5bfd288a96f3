"""A change to a plain page gives the content a new version."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from cases.models import CasePage
from survey.models import ContentChange
from survey.models.changes import record_change
from survey.versions import forget_versions


@receiver([page_published, page_unpublished, post_page_move])
def page_changed(instance: Any, **kwargs: Any) -> None:
    """Cases keep their own log entry (see cases.signals)."""
    if not isinstance(instance, CasePage):
        record_change(ContentChange.Kind.OTHER, None)
        forget_versions()


@receiver([post_save, post_delete], sender=PageViewRestriction)
def visibility_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page that only who signed in may read is not found any more; cases keep their own log entry."""
    if not isinstance(instance.page.specific_deferred, CasePage):
        record_change(ContentChange.Kind.OTHER, None)
        forget_versions()
