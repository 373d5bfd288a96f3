"""Collections: cases that an editor puts together, with a text, in an order."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from ..blocks import RICH_TEXT
from .cases import CasePage


class CollectionIndexPage(Page):
    """All collections, at `/verzamelingen/`."""

    introduction = models.TextField("inleiding", blank=True)

    parent_page_types = ["barometer_site.HomePage"]
    subpage_types = ["cases.CollectionPage"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "overzicht van verzamelingen"


class CollectionPage(Page):
    """A handful of cases that belong together, and why."""

    introduction = models.TextField("inleiding", max_length=300)
    body = RichTextField("tekst", blank=True, features=RICH_TEXT)

    parent_page_types = ["cases.CollectionIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        InlinePanel("items", heading="Casussen", label="Casus", min_num=1),
    ]

    class Meta:
        verbose_name = "verzameling"
        verbose_name_plural = "verzamelingen"


class CollectionItem(Orderable):
    """One case of a collection, and what to look for in it."""

    collection = ParentalKey(CollectionPage, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(CasePage, on_delete=models.CASCADE, related_name="collection_items", verbose_name="casus")
    remark = models.CharField("waarom hierbij?", max_length=255, blank=True)

    panels = [PageChooserPanel("case"), FieldPanel("remark")]

    class Meta(Orderable.Meta):
        verbose_name = "casus in een verzameling"
        verbose_name_plural = "casussen in een verzameling"

    def __str__(self) -> str:
        return self.remark
