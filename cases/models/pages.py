"""The page about brilliant failures."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


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
