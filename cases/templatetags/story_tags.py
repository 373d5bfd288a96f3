"""The story of a case in parts, and how to cite it."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from ..choices import Basis
from ..citing import bibtex, citation
from ..detail import CaseDetail, PatternAdvice, case_detail
from ..models import CasePage
from .case_tags import case_meta

register = template.Library()

#: Field of the page -> anchor and heading, in the order of the story.
PARTS = {
    "intention": ("bedoeling", "Wat was de bedoeling?"),
    "approach": ("aanpak", "Hoe is het aangepakt?"),
    "result": ("gevolg", "Wat kwam ervan?"),
    "lessons": ("leren", "Wat kunnen anderen leren?"),
    "transfer": ("bij-ons", "Kan dit bij ons?"),
    "early_signals": ("signalen", "Wat waren de vroege signalen?"),
    "do_differently": ("anders", "Wat kun je anders doen?"),
}


@register.simple_tag
def detail_of(case: CasePage) -> CaseDetail:
    """Everything around the story of a case, saved or in preview."""
    return case_detail(case)


@register.simple_tag
def story_parts(case: CasePage) -> list[dict[str, Any]]:
    """The parts that have a text, numbered in the order of reading; quotations follow one of them.

    That is the approach, which people tell about themselves, or else the last part.
    """
    filled = [name for name in PARTS if getattr(case, name)]
    spoken_after = "approach" if "approach" in filled else (filled or [""])[-1]
    return [
        {
            "number": number,
            "anchor": PARTS[name][0],
            "title": PARTS[name][1],
            "html": _html(getattr(case, name)),
            "quotations": _quotations(case) if name == spoken_after else [],
        }
        for number, name in enumerate(filled, start=1)
    ]


def _quotations(case: CasePage) -> list[Any]:
    return [block for block in case.body if block.block_type == "quotation"]


def _html(text: str) -> SafeString:
    """Rich text as Wagtail shows it, with our own reading set apart quietly."""
    html = expand_db_html(text).replace("<em>(onze lezing)</em>", '<span class="ib-quiet">onze lezing</span>')
    return mark_safe(html)


@register.simple_tag
def citing(case: CasePage) -> dict[str, str]:
    """What `components/cite.html` prints; a draft has no address to cite yet."""
    return {
        "text": citation(case),
        "url": settings.SITE_URL + case.get_absolute_url(),
        "bibtex": bibtex(case),
        "bibtex_url": reverse("case_bibtex", args=[case.slug]) if case.live else "",
    }


@register.simple_tag
def report_address(case: CasePage) -> str:
    """Where a reader says that something in this case is wrong; a draft without an address has none of its own."""
    over = case.get_absolute_url() if case.slug else "/"
    return f"{reverse('report')}?over={over}"


@register.filter
def meta_of(case: CasePage) -> list[str]:
    """Who and when, in one line."""
    return case_meta(case)


@register.filter
def pattern_reason(pattern: PatternAdvice) -> str:
    """Why this pattern is named here, and whether that is our reading."""
    link = pattern.line.link
    return f"{link.evidence} (onze lezing)" if link.basis == Basis.INFERRED else link.evidence


@register.simple_tag
def our_reading(case: CasePage, detail: CaseDetail) -> bool:
    """Whether the page of this case says *onze lezing* anywhere, so that it is explained once."""
    lines = [line for group in detail.groups for line in group.lines] + [pattern.line for pattern in detail.patterns]
    if any(line.link.basis == Basis.INFERRED for line in lines):
        return True
    return any("(onze lezing)" in (getattr(case, name) or "") for name in PARTS)
