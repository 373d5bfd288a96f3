"""From a file and a codebook to the answers in memory, or to everything that is wrong with the file."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from .answers import Answers
from .blocks import BlockReader, Part
from .checks import check_columns, expected_names
from .codebook_types import Codebook, Kind
from .columns import TextReader
from .files import LARGEST_FILE, open_table
from .mistakes import MOST_TOLD, Mistake, MistakeList, shortened
from .multiple import fill_not_chosen
from .records import Records

#: Gets how far the reading is, from 0 to 1.
Progress = Callable[[float], object]


def read_answers(
    path: Path,
    codebook: Codebook,
    progress: Progress = lambda share: None,
    *,
    today: date | None = None,
    largest: int = LARGEST_FILE,
) -> Answers:
    """The finished responses.

    `today`: no answer is from later. Raises SurveyFileError with the mistakes, told as far as MOST_TOLD goes and
    counted beyond it; nothing is returned then.
    """
    table = open_table(path, expected_names(codebook), largest)
    columns = check_columns(table.header, codebook)
    mistakes = MistakeList()
    records = Records(table, mistakes)
    reader = BlockReader(codebook, columns, mistakes, today or date.today())
    parts: list[Part] = []
    for block in records.blocks():
        if len(block.rows):
            parts.append(reader.read(block, records.width))
        progress(block.share)
    mistakes.add(_cut_off(records, columns.names[-1], reader.texts))
    _check_whole(parts, columns.names[columns.respondent], reader.statuses, mistakes)
    if mistakes.total:
        raise mistakes.stop()
    answers = _joined(parts, codebook, reader.texts)
    progress(1.0)
    return answers


def _joined(parts: list[Part], codebook: Codebook, texts: dict[str, TextReader]) -> Answers:
    """All parts together; each part is let go as soon as it is used."""
    codes = {name: np.concatenate([part.codes.pop(name) for part in parts]) for name in list(parts[0].codes)}
    fill_not_chosen(codes, codebook)
    order = [variable.name for variable in codebook.questions() if variable.kind is not Kind.OPEN]
    days = [day for part in parts for day in (part.first_day, part.last_day) if day is not None]
    return Answers(
        codebook,
        {name: codes[name] for name in order},
        {
            name: reader.series(np.concatenate([part.texts.pop(name) for part in parts]))
            for name, reader in texts.items()
        },
        sum(part.finished for part in parts),
        sum(part.unfinished for part in parts),
        min(days, default=None),
        max(days, default=None),
    )


def _cut_off(records: Records, name: str, texts: dict[str, TextReader]) -> Iterator[Mistake]:
    """A file may do without a last newline; but not where its last answer is the beginning of another answer."""
    row, text = records.loose_end or (0, "")
    if text and name in texts and any(other != text and other.startswith(text) for other in texts[name].known):
        message = (
            "Het bestand lijkt midden in dit antwoord op te houden. Is het half opgeslagen? Maak de export opnieuw."
        )
        yield Mistake(row, name, shortened(text, 1), message)


def _check_whole(parts: list[Part], respondent: str, statuses: set[str], mistakes: MistakeList) -> None:
    """What can only be seen when everything is read."""
    _check_doubled(parts, respondent, mistakes)
    if mistakes.total:
        return
    if not any(part.finished or part.unfinished for part in parts):
        mistakes.add(
            [Mistake(None, "", "", "Dit bestand heeft een kop, maar geen antwoorden. Maak de export opnieuw.")]
        )
    elif not any(part.finished for part in parts):
        seen = ", ".join(sorted(shortened(status) for status in statuses)[:5])
        hint = f" Gevonden in de kolom met de status: {seen}." if seen else ""
        message = f"Geen enkele respons in dit bestand is voltooid.{hint} Is dit de goede export?"
        mistakes.add([Mistake(None, "", "", message)])


def _check_doubled(parts: list[Part], respondent: str, mistakes: MistakeList) -> None:
    if not parts:
        return
    everybody = pd.concat([part.respondents for part in parts], ignore_index=True)
    doubled = np.flatnonzero(everybody.duplicated(keep=False).to_numpy() & everybody.notna().to_numpy())
    if not len(doubled):
        return
    rows = np.concatenate([part.rows for part in parts])
    first: dict[str, list[int]] = {}
    for place in doubled[: 20 * MOST_TOLD]:
        first.setdefault(everybody[place], []).append(int(rows[place]))
    found = [
        Mistake(
            row,
            respondent,
            shortened(number),
            f"Deze respondent staat ook op rij {next(other for other in same if other != row)}. Laat één van beide staan."
            if len(same) > 1
            else "Deze respondent staat vaker in het bestand. Laat één rij staan.",
        )
        for number, same in first.items()
        for row in same
    ]
    mistakes.add(found, len(doubled) - len(found))
