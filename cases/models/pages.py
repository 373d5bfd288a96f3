"""The page about brilliant failures."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from .cases import CasePage


class BrilliantFailuresPage(Page):
    """What brilliant failures are, the newest ones, and the way in to the patterns."""

    introduction = models.TextField("inleiding", blank=True)
    body = RichTextField("tekst", blank=True)

    parent_page_types = ["barometer_site.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = "pagina briljante mislukkingen"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """All of them, newest first: there are few, and each is worth seeing."""
        failures = CasePage.objects.published().brilliant_failures().newest_first().with_card_data()
        return super().get_context(request, *args, **kwargs) | {"failures": failures}
