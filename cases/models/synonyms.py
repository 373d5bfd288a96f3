"""Words that mean the same, for search: kept by editors."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import RevisionMixin

from ..search.analysis import words_of
from ..search.lexicon import LONGEST as MOST_WORDS

MOST_EXPRESSIONS = 12
LONGEST_EXPRESSION = 80


class SearchSynonym(RevisionMixin, models.Model):
    """One group: who types one of its expressions finds all of them."""

    expressions = models.TextField(
        "woorden die hetzelfde betekenen",
        help_text=(
            "Eén per regel: een woord, een afkorting of een uitdrukking. Wie er één typt, vindt ze allemaal. "
            "Meervouden en werkwoordsvormen vindt zoeken zelf."
        ),
    )

    panels = [FieldPanel("expressions")]

    class Meta:
        verbose_name = "groep synoniemen"
        verbose_name_plural = "synoniemen"
        ordering = ("expressions",)

    def __str__(self) -> str:
        return ", ".join(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The expressions, as written."""
        return tuple(dict.fromkeys(line.strip() for line in self.expressions.splitlines() if line.strip()))

    def clean(self) -> None:
        """At least two expressions, none so long that search would not know it."""
        if len(self.lines) < 2:
            raise ValidationError({"expressions": "Vul ten minste twee regels in: ze betekenen hetzelfde."})
        if len(self.lines) > MOST_EXPRESSIONS:
            raise ValidationError({"expressions": f"Vul hoogstens {MOST_EXPRESSIONS} regels in."})
        for line in self.lines:
            if len(line) > LONGEST_EXPRESSION:
                raise ValidationError({"expressions": f"“{line[:30]}…” is langer dan {LONGEST_EXPRESSION} tekens."})
            if len(words_of(line)) > MOST_WORDS:
                raise ValidationError(
                    {"expressions": f"“{line}” heeft meer dan {MOST_WORDS} woorden. Maak de regel korter."}
                )
            if not any(character.isalnum() for character in line):
                raise ValidationError({"expressions": f"In “{line}” staat geen letter of cijfer."})
