"""Collections: cases that an editor puts together, with a text, in an order."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from ..blocks import RICH_TEXT
from .cases import CasePage

#: The overview stands directly under the home page, at this address.
INDEX_SLUG = "verzamelingen"


class CollectionIndexPage(Page):
    """All collections, at `/verzamelingen/`."""

    introduction = models.TextField("inleiding", blank=True)

    parent_page_types = ["barometer_site.HomePage"]
    subpage_types = ["cases.CollectionPage"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "overzicht van verzamelingen"

    def get_absolute_url(self) -> str:
        """Directly under the home page."""
        return f"/{self.slug}/"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The collections that everybody may see, the newest first, each with the number of its cases."""
        count = models.Count("items", filter=models.Q(items__case__live=True))
        found = CollectionPage.objects.child_of(self).live().public().order_by("-first_published_at", "-pk")
        return super().get_context(request, *args, **kwargs) | {"collections": found.annotate(case_count=count)}


class CollectionPage(Page):
    """A handful of cases that belong together, and why."""

    introduction = models.TextField("inleiding", max_length=300)
    body = RichTextField("tekst", blank=True, features=RICH_TEXT)

    parent_page_types = ["cases.CollectionIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction", help_text="Eén of twee zinnen: waarom horen deze casussen bij elkaar?"),
        FieldPanel("body", help_text="Wil je meer vertellen? Dit staat onder de inleiding, boven de casussen."),
        InlinePanel("items", heading="Casussen", label="Casus", min_num=1),
    ]

    class Meta:
        verbose_name = "verzameling"
        verbose_name_plural = "verzamelingen"

    def get_absolute_url(self) -> str:
        """The public address; collections live directly under their overview."""
        return reverse("collection", args=[self.slug])

    def published_items(self) -> list["CollectionItem"]:
        """The items whose case a visitor may read, in the editor's order, each with its case and what a card shows."""
        items = list(self.items.all())  # in memory for a draft in preview, one query for a saved page
        cases = CasePage.objects.published().with_card_data().in_bulk([item.case_id for item in items])
        kept = [item for item in items if item.case_id in cases]
        for item in kept:
            item.case = cases[item.case_id]
        return kept

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With its cases, and the two other shapes of the same list."""
        address = self.get_absolute_url()
        return super().get_context(request, *args, **kwargs) | {
            "items": self.published_items(),
            "downloads": [
                ("Alles achter elkaar, om af te drukken", f"{address}afdrukken/"),
                ("Feed (Atom)", f"{address}feed/"),
            ],
        }


class CollectionItem(Orderable):
    """One case of a collection, and what to look for in it."""

    collection = ParentalKey(CollectionPage, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(CasePage, on_delete=models.CASCADE, related_name="collection_items", verbose_name="casus")
    remark = models.CharField("waarom hierbij?", max_length=255, blank=True)

    panels = [
        PageChooserPanel("case"),
        FieldPanel("remark", help_text="Eén zin voor de lezer: waar moet hij op letten?"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "casus in een verzameling"
        verbose_name_plural = "casussen in een verzameling"
        constraints = [models.UniqueConstraint(fields=["collection", "case"], name="one_item_per_case")]

    def __str__(self) -> str:
        return self.remark
