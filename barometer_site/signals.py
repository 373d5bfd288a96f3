"""A change to a plain page gives the content a new version."""

from typing import Any

from django.dispatch import receiver
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
