"""The home page and the plain pages, and when work that repeats is due again."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    """The front door; everything on it is looked up when it is shown."""

    introduction = models.TextField("inleiding", blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "barometer_site.PlainPage",
        "cases.CaseIndexPage",
        "cases.BrilliantFailuresPage",
        "cases.CollectionIndexPage",
    ]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "barometer_site/home.html"

    class Meta:
        verbose_name = "voorpagina"


class PlainPage(Page):
    """About, privacy, accessibility, glossary: a title, a lead and text."""

    introduction = models.TextField("inleiding", blank=True)
    body = RichTextField("tekst", blank=True, features=["h2", "h3", "bold", "italic", "link", "ol", "ul"])

    parent_page_types = ["barometer_site.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    template = "barometer_site/plain_page.html"

    class Meta:
        verbose_name = "gewone pagina"
        verbose_name_plural = "gewone pagina's"


class PlannedRun(models.Model):
    """The next moment of one command. Whoever moves the moment on does the work, so no two machines do."""

    command = models.CharField("opdracht", max_length=80, unique=True)
    due_at = models.DateTimeField("weer aan de beurt")
    started_at = models.DateTimeField("laatst begonnen", null=True, blank=True)
    finished_at = models.DateTimeField("laatst klaar", null=True, blank=True)
    problem = models.CharField("wat er misging", max_length=255, blank=True)

    class Meta:
        verbose_name = "gepland werk"
        verbose_name_plural = "gepland werk"
        ordering = ("command",)

    def __str__(self) -> str:
        return self.command
