"""Where cases are missing: pairs of a factor and a strategy that no published case shows."""

from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse

from survey.versions import versions
from survey.vocabulary import vocabulary

from ..matrix import matrix
from ..search.index import IndexUnavailableError

ROW, COLUMN = "factor", "strategie"
MOST = 5


@dataclass(frozen=True, slots=True)
class Gaps:
    """`count` of `cells` pairs are empty; `pairs` names those whose factor and strategy are shown most elsewhere."""

    count: int
    cells: int
    pairs: list[str]

    @property
    def url(self) -> str:
        """The whole matrix."""
        return f"{reverse('matrix')}?rij={ROW}&kolom={COLUMN}"


def gaps() -> Gaps | None:
    """Found once for each version of the content. None without both lists, or as long as there is no search index."""
    if not {ROW, COLUMN} <= vocabulary().schemes.keys():
        return None
    key = f"gaps:{versions().content}"
    found: Gaps | None = cache.get(key)
    if found is None:
        try:
            found = _find()
        except IndexUnavailableError:
            return None
        cache.set(key, found)
    return found


def _find() -> Gaps:
    table = matrix(ROW, COLUMN)
    in_column = [sum(row.cells[place].count for row in table.rows) for place in range(len(table.column_heads))]
    empty = [
        (-min(sum(cell.count for cell in row.cells), in_column[place]), f"{row.label} + {head}")
        for row in table.rows
        for place, ((head, _), cell) in enumerate(zip(table.column_heads, row.cells, strict=True))
        if not cell.count
    ]
    cells = len(table.rows) * len(in_column)
    return Gaps(len(empty), cells, [name for _, name in sorted(empty)[:MOST]])
