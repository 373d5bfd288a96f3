"""The tables with published numbers, findings, associations and figures: each row says where it was read.

A table is replaced as a whole when its file changed; the history of the file says who changed what.
"""

import csv
import hashlib
import io
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from .codes import concept_keys
from .content_files import ContentError, ContentFile, LoadReport, mistakes_named
from .models import (
    Association,
    Edition,
    Figure,
    Finding,
    Indicator,
    LoadedContent,
    Provenance,
    Publication,
    Qualifier,
    Result,
    Statistic,
    Withheld,
)
from .signals import barometer_changed

Row = dict[str, str]
Choice = TypeVar("Choice", bound=models.TextChoices)


@dataclass(slots=True)
class Places:
    """Everything that rows of a table point to, read once a table."""

    path: Path
    editions: dict[str, int] = field(default_factory=lambda: dict(Edition.objects.values_list("slug", "pk")))
    indicators: dict[str, int] = field(default_factory=lambda: dict(Indicator.objects.values_list("slug", "pk")))
    publications: dict[str, int] = field(default_factory=lambda: dict(Publication.objects.values_list("slug", "pk")))
    concepts: dict[str, int] = field(default_factory=concept_keys)
    figures: dict[tuple[int, str], int] = field(
        default_factory=lambda: {
            (publication, code): pk for publication, code, pk in Figure.objects.values_list("publication", "code", "pk")
        }
    )

    def source(self, row: Row) -> dict[str, Any]:
        """Where the row was read."""
        publication = self.find(self.publications, row, "publicatie")
        figure = row.get("figuur") or ""
        if figure and (publication or 0, figure) not in self.figures:
            raise ContentError(f"{self.path}, {row['id']}: figuur ‘{figure}’ staat niet in figures.csv.")
        return {
            "key": row["id"],
            "publication_id": publication,
            "figure_id": self.figures[publication or 0, figure] if figure else None,
            "locator": row.get("plaats") or "",
            "text_line": self.number(row, "bronregel"),
        }

    def find(self, known: dict[str, int], row: Row, name: str, key: str | None = None) -> int | None:
        """The key of what a cell names; nothing for an empty cell."""
        wanted = row.get(name) or "" if key is None else key
        if not wanted:
            return None
        if wanted not in known:
            raise ContentError(f"{self.path}, {row['id']}: ‘{wanted}’ onder ‘{name}’ bestaat niet.")
        return known[wanted]

    def kept(self, rows: list[Row]) -> list[Row]:
        """Without the rows about an edition or indicator that came from a file and that an editor deleted."""
        known = {"edition": ("editie", self.editions), "indicator": ("indicator", self.indicators)}
        gone = {
            (name, key)
            for kind, (name, there) in known.items()
            for key in LoadedContent.objects.filter(kind=kind).values_list("key", flat=True)
            if key not in there
        }
        return [row for row in rows if not any((name, row.get(name)) in gone for name, _ in known.values())]

    def number(self, row: Row, name: str) -> Any:
        """A number as it stands in a cell, or nothing."""
        text = row.get(name) or ""
        if not text:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError as error:
            raise ContentError(f"{self.path}, {row['id']}: ‘{text}’ onder ‘{name}’ is geen getal.") from error
        if not math.isfinite(value):  # Python reads ‘nan’ and ‘1e999’ as numbers; no page can say them
            raise ContentError(f"{self.path}, {row['id']}: ‘{text}’ onder ‘{name}’ is geen getal.")
        return int(value) if value.is_integer() else value

    def choice(self, row: Row, name: str, choices: type[Choice], default: str = "") -> Choice:
        """One of a fixed list of words."""
        text = row.get(name) or default
        if text not in choices.values:
            known = ", ".join(choices.values)
            raise ContentError(f"{self.path}, {row['id']}: ‘{text}’ onder ‘{name}’ is onbekend. Bekend zijn: {known}.")
        return choices(text)

    def needed(self, known: dict[str, int], row: Row, name: str) -> int:
        """The key of what a cell names; the cell can't be empty."""
        found = self.find(known, row, name)
        if found is None:
            raise ContentError(f"{self.path}, {row['id']}: ‘{name}’ is leeg.")
        return found

    def all_of(self, known: dict[str, int], row: Row, name: str) -> list[int]:
        """The keys of everything that a cell names, separated by spaces."""
        found = (self.find(known, row, name, key) for key in (row.get(name) or "").split())
        return [pk for pk in found if pk]


def load_table(path: Path, report: LoadReport) -> None:
    """All rows of a table in one step, when the file changed: readers see the old table or the new one."""
    text = path.read_text(encoding="utf-8-sig")
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = LoadedContent.objects.filter(kind="table", key=path.stem).first()
    if known and known.file_digest == digest:
        report.same += 1
        return
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    doubled = [key for key, times in Counter(row.get("id") for row in rows if row.get("id")).items() if times > 1]
    if doubled:
        raise ContentError(f"{path}: de regel {doubled[0]} staat er twee keer in.")
    with transaction.atomic(), mistakes_named(ContentFile("table", path.stem, {}, digest, path), None):
        places = Places(path)
        LOADERS[path.stem](places.kept(rows), places)
        LoadedContent.objects.update_or_create(kind="table", key=path.stem, defaults={"file_digest": digest})
        barometer_changed()
    if known:
        report.renewed += 1
    else:
        report.made += 1


def _load_figures(rows: list[Row], places: Places) -> None:
    made = []
    for position, found in enumerate(rows):
        row = found | {"id": found["code"]}
        publication = places.needed(places.publications, row, "publicatie")
        figure, _ = Figure.objects.update_or_create(
            publication_id=publication,
            code=row["code"],
            defaults={
                "caption": row["bijschrift"],
                "n": places.number(row, "n"),
                "source_line": row["bronvermelding"],
                "is_readable": row["leesbaar"] == "ja",
                "text_line": places.number(row, "bronregel"),
                "remark": row["opmerking"],
                "position": position,
            },
        )
        made.append(figure.pk)
    # What numbers still point to goes with the next load, when they point to something else.
    Figure.objects.filter(results=None, findings=None, associations=None).exclude(pk__in=made).delete()


def _load_results(rows: list[Row], places: Places) -> None:
    Result.objects.filter(provenance=Provenance.PUBLISHED).delete()
    made = []
    seen: dict[tuple[Any, ...], str] = {}
    computed = set(Result.objects.order_by().values_list("edition", flat=True).distinct())
    for row in rows:
        qualifier = places.choice(row, "nauwkeurigheid", Qualifier, Qualifier.EXACT)
        group = f"{row['uitsplitsing']}/{row['groep']}" if row["groep"] else ""
        result = Result(
            edition_id=places.needed(places.editions, row, "editie"),
            indicator_id=places.needed(places.indicators, row, "indicator"),
            group_id=places.find(places.concepts, row, "groep", group),
            statistic=places.choice(row, "maat", Statistic),
            value=places.number(row, "waarde"),
            value_to=places.number(row, "waarde_tot"),
            qualifier=qualifier,
            wording=row["verwoording"],
            n=places.number(row, "n"),
            provenance=Provenance.PUBLISHED,
            withheld=places.choice(row, "niet_getoond", Withheld) if row.get("niet_getoond") else "",
            remark=row["opmerking"],
            **places.source(row),
        )
        if (result.value is None) != (qualifier == Qualifier.UNKNOWN):
            raise ContentError(f"{places.path}, {row['id']}: alleen bij ‘onbekend’ ontbreekt de waarde.")
        if result.edition_id in computed:
            raise ContentError(
                f"{places.path}, {row['id']}: de editie ‘{row['editie']}’ bevat cijfers uit een bestand."
            )
        place = (result.edition_id, result.indicator_id, result.group_id, result.statistic)
        if place in seen:
            raise ContentError(f"{places.path}, {row['id']}: dit cijfer staat er al, bij {seen[place]}.")
        seen[place] = row["id"]
        made.append(result)
    Result.objects.bulk_create(made)


def _load_findings(rows: list[Row], places: Places) -> None:
    Finding.objects.all().delete()
    for row in rows:
        made = Finding.objects.create(
            edition_id=places.needed(places.editions, row, "editie"), text=row["tekst"], **places.source(row)
        )
        made.concepts.set(places.all_of(places.concepts, row, "begrippen"))
        made.indicators.set(places.all_of(places.indicators, row, "indicatoren"))


def _load_associations(rows: list[Row], places: Places) -> None:
    Association.objects.filter(provenance=Provenance.PUBLISHED).delete()
    Association.objects.bulk_create(
        Association(
            edition_id=places.needed(places.editions, row, "editie"),
            outcome_id=places.needed(places.concepts, row, "uitkomst"),
            feature=row["kenmerk"],
            concept_id=places.find(places.concepts, row, "begrip"),
            direction=places.choice(row, "richting", Association.Direction),
            provenance=Provenance.PUBLISHED,
            remark=row["opmerking"],
            **places.source(row),
        )
        for row in rows
    )


#: The tables, in the order in which they are loaded: later ones point to figures.
LOADERS: dict[str, Callable[[list[Row], Places], None]] = {
    "figures": _load_figures,
    "results": _load_results,
    "findings": _load_findings,
    "associations": _load_associations,
}
