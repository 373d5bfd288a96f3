"""Two groupings of cases against each other."""

from dataclasses import dataclass

from survey.vocabulary import vocabulary

from .catalogue import catalogue_address
from .choices import Outcome
from .filters import OUTCOME
from .listing import crossed

#: What may stand in the rows and in the columns: parameters of the catalogue.
AXES = ["factor", "strategie", "patroon", "aanpak", "thema"]
COLUMN_AXES = [OUTCOME, "sector", "strategie", "fase"]
SHADES = 5


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many cases, and where they are. `shade` runs from 0 (none) to 5 (the most of this matrix)."""

    name: str
    count: int
    url: str
    shade: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One value of the row axis."""

    label: str
    url: str
    cells: list[MatrixCell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """What `templates/cases/matrix.html` may rely on."""

    row: str
    column: str
    row_label: str
    column_label: str
    column_heads: list[tuple[str, str]]
    rows: list[MatrixRow]
    rows_to_choose: list[tuple[str, str]]
    columns_to_choose: list[tuple[str, str]]

    @property
    def caption(self) -> str:
        """What the table counts."""
        return f"Aantal casussen per {self.row_label.lower()} en {self.column_label.lower()}"


def matrix(row: str, column: str) -> Matrix:
    """Counts of cases for each pair, from one look at the index."""
    words = vocabulary()
    scheme = words.schemes[row]
    values = _values(column)
    found = crossed(row, column)
    counted = {slug: found.get(slug, {}) for slug in scheme.concepts}
    most = max((count for counts in counted.values() for count in counts.values()), default=0)
    rows = [
        MatrixRow(
            entry.name,
            entry.url,
            [
                MatrixCell(
                    f"{entry.name} en {label}",
                    counted[slug].get(value, 0),
                    _address(row, slug, column, value),
                    _shade(counted[slug].get(value, 0), most),
                )
                for value, label in values
            ],
        )
        for slug, entry in scheme.concepts.items()
    ]
    return Matrix(
        row=row,
        column=column,
        row_label=scheme.name,
        column_label=_label(column),
        column_heads=[(label, "") for _, label in values],
        rows=rows,
        rows_to_choose=[(axis, _label(axis)) for axis in AXES],
        columns_to_choose=[(axis, _label(axis)) for axis in COLUMN_AXES],
    )


def _label(axis: str) -> str:
    scheme = vocabulary().schemes.get(axis)
    return scheme.name if scheme else "Uitkomst"


def _values(axis: str) -> list[tuple[str, str]]:
    if axis == OUTCOME:
        return list(Outcome.choices)
    scheme = vocabulary().schemes.get(axis)
    return [(entry.slug, entry.name) for entry in scheme.concepts.values()] if scheme else []


def _shade(count: int, most: int) -> int:
    return -(-SHADES * count // most) if most else 0


def _address(row: str, row_slug: str, column: str, column_slug: str) -> str:
    return catalogue_address(row, row_slug, **{column: column_slug})
