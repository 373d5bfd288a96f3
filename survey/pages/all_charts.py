"""Every chart that a page of the site can show, so that all are drawn before anybody asks for them."""

from collections.abc import Iterator

from ..barometer import barometer
from ..charts.block import FigureBlock
from ..charts.model import AnyChart
from ..numbers import BREAKDOWNS, numbers_of_group
from ..vocabulary import vocabulary
from .concept import concept_figures
from .edition import theme_figures
from .group import group_figures
from .indicator_charts import indicator_charts


def all_charts() -> Iterator[AnyChart]:
    """Sectors first: those pages are looked at most. The same chart may come more than once.

    A few queries for each group and each indicator.
    """
    for figure in _figures():
        yield figure.chart
    yield from indicator_charts()


def _figures() -> Iterator[FigureBlock]:
    found = barometer()
    words = vocabulary()
    for scheme in (words.schemes[slug] for slug in BREAKDOWNS if slug in words.schemes):
        for entry in scheme.concepts.values():
            for edition in found.editions.values():
                if entry.pk in found.groups_of[edition.pk]:
                    yield from group_figures(found, numbers_of_group(edition, entry, scheme), entry, scheme)
    for edition in found.editions.values():
        yield from theme_figures(found, edition)
    for pk in found.by_concept:
        yield from concept_figures(words.by_pk[pk])
