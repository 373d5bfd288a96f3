"""A chart with everything that stands around it on a page; drawings are only read here, never made."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from .model import AnyChart
from .store import drawn
from .text import describe, table_of


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """What `templates/components/figure.html` may rely on. Without a drawing the table stands open in its place."""

    chart: AnyChart
    svg: str = ""
    permalink: str = ""
    csv_url: str = ""
    cases_url: str = ""
    cases_label: str = "Bekijk de casussen"

    @property
    def key(self) -> str:
        """The name of the drawing."""
        return self.chart.key

    @property
    def anchor(self) -> str:
        """The id of the figure in its page; it changes when its numbers do."""
        return f"figuur-{self.chart.key[:10]}"

    @property
    def picture(self) -> SafeString:
        """The drawing, for in the page."""
        return mark_safe(self.svg)  # our own drawing: `svg.py` lets only shapes and escaped letters through

    @property
    def table(self) -> dict[str, Any]:
        """The numbers, as `components/table.html` wants them."""
        columns, rows = table_of(self.chart)
        return {"caption": self.chart.title, "columns": columns, "rows": rows}

    @property
    def words(self) -> str:
        """What there is to see, in a few sentences."""
        return describe(self.chart)

    @property
    def about(self) -> list[str]:
        """Question, who answered with n and edition, what to mind, and source: each a sentence or less."""
        chart = self.chart
        question = f"Vraag: {chart.question}" if chart.question else ""
        return [text for text in (question, chart.base, chart.note, chart.source) if text]

    @property
    def downloads(self) -> list[tuple[str, str]]:
        """What a reader can take along: (label, address)."""
        links = [("Cijfers (CSV)", self.csv_url)]
        if self.svg:
            key = self.chart.key
            links += [
                ("Figuur (SVG)", reverse("chart_svg", args=[key])),
                ("Figuur (PNG)", reverse("chart_png", args=[key])),
            ]
        links.append(("Vaste link", self.permalink))
        return [(label, url) for label, url in links if url]


def with_drawings(figures: Iterable[FigureBlock]) -> list[FigureBlock]:
    """The same figures with their drawings, all read in one query."""
    listed = list(figures)
    found = drawn(figure.chart for figure in listed)
    return [replace(figure, svg=found.get(figure.chart.key, "")) for figure in listed]
