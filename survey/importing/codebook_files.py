"""Reading a codebook: one row for each answer code, the rows of one column of the survey together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from .codebook_types import MOST_OPTIONS, NOT_CHOSEN, Codebook, Kind, Option, Role, Variable, canonical_code
from .files import fields_of, open_table
from .mistakes import CodebookError, Mistake, MistakeList, SurveyFileError
from .records import Records

REQUIRED = ("variabele", "vraag", "soort", "code", "label")
OPTIONAL = ("indicator", "rol", "begrip", "populatie", "alleen_als")
#: Bytes; a codebook of a thousand questions is a tenth of it.
LARGEST_CODEBOOK = 8 * 1024**2
#: Rows under this name hold for every column.
EVERY_VARIABLE = "*"
MISSING = "ontbrekend"
ADMIN_ROLES = frozenset({Role.RESPONDENT, Role.STARTED, Role.FINISHED, Role.STATUS})
#: On these the whole column is measured with one indicator.
SCALE_ROLES = frozenset({Role.CLIMATE_ITEM, Role.STATEMENT, Role.FACTOR})
_CONDITION = re.compile(r"(?P<name>[^=]+)=(?P<code>[^=]+)")
_CONCEPT = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row; what stands in a column that the file does not have is empty."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class CodebookRows:
    """What stands in a codebook file."""

    columns: tuple[str, ...]
    rows: list[Row]


def rows_of(path: Path) -> CodebookRows:
    """Raises CodebookError when this is no table with the columns of a codebook."""
    found = MistakeList()
    try:
        table = open_table(path, REQUIRED, LARGEST_CODEBOOK)
        found.add(_wrong_columns(table.header))
        records = Records(table, found)
        rows: list[Row] = []
        for block in records.blocks() if not found.total else ():
            start = 0
            for number, end in zip(block.rows, block.ends, strict=True):
                fields = fields_of(block.data[start:end].decode().rstrip("\n"), block.delimiter)
                start = int(end)
                cells = dict(zip(table.header, (cell.strip() for cell in fields), strict=False))
                if any(cells.values()):
                    rows.append(Row(int(number), cells))
    except SurveyFileError as error:
        raise CodebookError([replace(mistake, message=_of_codebook(mistake)) for mistake in error.mistakes]) from error
    if found.total:
        raise as_codebook_error(found)
    return CodebookRows(tuple(table.header), rows)


def as_codebook_error(found: MistakeList) -> CodebookError:
    """The refusal with all that was found."""
    stop = found.stop()
    return CodebookError(stop.mistakes, stop.more)


def _of_codebook(mistake: Mistake) -> str:
    if mistake.message.startswith("Geen van de kolommen"):
        return f"Dit is geen codeboek. Een codeboek heeft de kolommen {', '.join(REQUIRED)}."
    return f"Het codeboek is niet te lezen. {mistake.message}"


def _wrong_columns(header: list[str]) -> Iterator[Mistake]:
    unknown = [name for name in header if name and name not in (*REQUIRED, *OPTIONAL)]
    for name in REQUIRED:
        if name not in header:
            near = get_close_matches(name, unknown, 1, 0.7)
            hint = f" Heet die nu ‘{near[0]}’? Noem hem ‘{name}’." if near else " Voeg hem toe."
            yield Mistake(None, name, "", f"Deze kolom ontbreekt in het codeboek.{hint}")
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            yield Mistake(None, name, "", "Deze kolom staat er twee keer. Haal er een weg.")
    for name in unknown:
        if near := get_close_matches(name, OPTIONAL, 1, 0.75):
            yield Mistake(None, name, "", f"Deze kolom is onbekend. Bedoelt u ‘{near[0]}’?")


@dataclass(slots=True)
class Builder:
    """Turns rows into variables and remembers what is wrong."""

    mistakes: MistakeList = field(default_factory=MistakeList)

    def codebook(self, rows: list[Row]) -> Codebook:
        """Raises CodebookError with everything that is wrong."""
        variables: dict[str, Variable] = {}
        first: dict[str, Row] = {}
        missing: set[str] = set()
        for name, group in groupby(rows, key=lambda row: row["variabele"]):
            some = list(group)
            if name == EVERY_VARIABLE:
                missing |= self._missing_everywhere(some)
            elif not name:
                self._wrong(some[0], "variabele", "Hier ontbreekt de naam van de kolom. Vul hem in.")
            elif name in variables:
                self._wrong(
                    some[0], "variabele", "De rijen van deze variabele staan niet bij elkaar. Zet ze bij elkaar."
                )
            elif variable := self._variable(name, some):
                variables[name], first[name] = variable, some[0]
        found = {name: _with_missing(variable, missing) for name, variable in variables.items()}
        self._check_conditions(found, first)
        self._check_whole(found, first)
        if self.mistakes.total:
            raise as_codebook_error(self.mistakes)
        return Codebook(found)

    def _wrong(self, row: Row, column: str, message: str) -> None:
        self.mistakes.add([Mistake(row.number, column, row[column], message)])

    def _missing_everywhere(self, rows: list[Row]) -> set[str]:
        for row in rows:
            if row["soort"] != MISSING:
                self._wrong(row, "soort", f"Bij ‘{EVERY_VARIABLE}’ kan alleen ‘{MISSING}’ staan.")
            elif not row["code"]:
                self._wrong(row, "code", "Vul de code in die ‘weet niet’ betekent.")
        return {canonical_code(row["code"]) for row in rows if row["code"]}

    def _variable(self, name: str, rows: list[Row]) -> Variable | None:
        kind = self._kind(rows)
        role = self._role(rows, kind)
        if kind is None or role is None:
            return None
        answers = [row for row in rows if row["soort"] != MISSING]
        missing = frozenset(canonical_code(row["code"]) for row in rows if row["soort"] == MISSING)
        options = tuple(self._option(row) for row in answers if row["code"])
        self._check_codes(kind, rows)
        indicator = next((row["indicator"] for row in answers if row["indicator"]), "")
        if role in SCALE_ROLES:
            options = tuple(replace(option, indicator="") for option in options)
        return Variable(
            name,
            next((row["vraag"] for row in answers if row["vraag"]), ""),
            kind,
            options,
            missing,
            role,
            indicator if role in SCALE_ROLES else "",
            self._condition(rows),
        )

    def _kind(self, rows: list[Row]) -> Kind | None:
        found: Kind | None = None
        for row in rows:
            word = row["soort"].lower()
            if word in ("", MISSING):
                continue
            if word not in list(Kind):
                near = get_close_matches(word, [*Kind, MISSING], 1)
                hint = f" Bedoelt u ‘{near[0]}’?" if near else ""
                known = ", ".join([*Kind, MISSING])
                self._wrong(row, "soort", f"Deze soort is onbekend.{hint} Bekend zijn: {known}.")
                return None
            if found and word != found:
                self._wrong(row, "soort", f"Een variabele heeft één soort, en hierboven staat ‘{found}’. Kies er een.")
                return None
            found = Kind(word)
        if found is None:
            self._wrong(rows[0], "soort", f"Vul de soort in: {', '.join(Kind)}.")
        return found

    def _role(self, rows: list[Row], kind: Kind | None) -> Role | None:
        words = list(dict.fromkeys(row["rol"].lower() for row in rows if row["rol"]))
        row = next((row for row in rows if row["rol"]), rows[0])
        if not words:
            if kind is Kind.ADMIN:
                self._wrong(row, "rol", f"Vul de rol in: {', '.join(sorted(ADMIN_ROLES))}.")
                return None
            return Role.QUESTION
        row = next((row for row in rows if row["rol"] and row["rol"].lower() not in list(Role)), row)
        if (word := row["rol"].lower()) not in list(Role):
            near = get_close_matches(word, list(Role), 1)
            hint = f" Bedoelt u ‘{near[0]}’?" if near else ""
            known = ", ".join(role for role in Role if role)
            self._wrong(row, "rol", f"Deze rol is onbekend.{hint} Bekend zijn: {known}.")
            return None
        if len(words) > 1:
            self._wrong(row, "rol", f"Een variabele heeft één rol, en hier staan er meer: {', '.join(words)}.")
            return None
        role = Role(words[0])
        if kind is not None and (kind is Kind.ADMIN) != (role in ADMIN_ROLES):
            self._wrong(row, "rol", f"Deze rol past niet bij de soort ‘{kind}’.")
            return None
        if role in SCALE_ROLES and kind is not Kind.SCALE:
            self._wrong(row, "rol", f"Deze rol past alleen bij de soort ‘{Kind.SCALE}’.")
            return None
        return role

    def _option(self, row: Row) -> Option:
        if row["begrip"] and not _CONCEPT.fullmatch(row["begrip"]):
            self._wrong(row, "begrip", "Schrijf een begrip als lijst/naam, zoals sector/gemeenten.")
        population: int | None = None
        if row["populatie"]:
            digits = canonical_code(row["populatie"])
            if digits.isascii() and digits.isdigit() and len(digits) < 10:
                population = int(digits)
            else:
                self._wrong(row, "populatie", "Vul een heel getal in, zonder punten of spaties.")
        return Option(canonical_code(row["code"]), row["label"], row["indicator"], row["begrip"], population)

    def _check_codes(self, kind: Kind, rows: list[Row]) -> None:
        seen: set[str] = set()
        answers = 0
        for row in rows:
            code = canonical_code(row["code"])
            answers += bool(code) and row["soort"] != MISSING
            if code and code in seen:
                self._wrong(row, "code", "Deze code staat hierboven al bij dezelfde variabele. Kies een andere code.")
            if not code and (kind not in (Kind.OPEN, Kind.ADMIN) or row["soort"] == MISSING):
                self._wrong(row, "code", "Vul de code van dit antwoord in.")
            if code and kind is Kind.OPEN and row["soort"] != MISSING:
                self._wrong(row, "code", "Een open vraag heeft geen codes. Maak deze cel leeg.")
            seen.add(code)
        if kind is Kind.MULTIPLE and (answers > 1 or NOT_CHOSEN in seen):
            self._wrong(
                rows[-1], "code", "Bij ‘meervoudig’ heeft elke antwoordmogelijkheid een eigen kolom met één code (1)."
            )
        if kind in (Kind.SINGLE, Kind.SCALE) and not answers:
            self._wrong(rows[0], "code", "Deze vraag heeft geen enkel antwoord. Vul de codes in.")
        if answers > MOST_OPTIONS:
            self._wrong(rows[MOST_OPTIONS], "code", f"Een vraag kan hoogstens {MOST_OPTIONS} antwoorden hebben.")

    def _condition(self, rows: list[Row]) -> tuple[str, str] | None:
        row = next((row for row in rows if row["alleen_als"]), None)
        if row is None:
            return None
        match = _CONDITION.fullmatch(row["alleen_als"])
        if match is None:
            self._wrong(row, "alleen_als", "Schrijf dit als variabele=code, zoals v6_innovatie=1.")
            return None
        return match["name"].strip(), canonical_code(match["code"])

    def _check_conditions(self, variables: dict[str, Variable], first: dict[str, Row]) -> None:
        for variable in variables.values():
            if variable.only_if is None:
                continue
            name, code = variable.only_if
            row = first[variable.name]
            asked_of = variables.get(name)
            if asked_of is None:
                near = get_close_matches(name, list(variables), 1)
                hint = f" Bedoelt u ‘{near[0]}’?" if near else ""
                self._wrong(row, "alleen_als", f"De variabele ‘{name}’ staat niet in het codeboek.{hint}")
            elif name == variable.name or code not in [option.code for option in asked_of.options]:
                self._wrong(row, "alleen_als", f"De variabele ‘{name}’ heeft geen antwoord met code {code}.")

    def _check_whole(self, variables: dict[str, Variable], first: dict[str, Row]) -> None:
        if not self.mistakes.total and not any(one.kind is not Kind.ADMIN for one in variables.values()):
            self.mistakes.add([Mistake(None, "", "", "Dit codeboek heeft geen enkele vraag. Voeg de vragen toe.")])
        for role in ADMIN_ROLES:
            names = [variable.name for variable in variables.values() if variable.role is role]
            if len(names) > 1:
                self._wrong(first[names[1]], "rol", f"Deze rol heeft ‘{names[0]}’ al. Eén kolom kan die rol hebben.")


def _with_missing(variable: Variable, everywhere: set[str]) -> Variable:
    """A code that holds for every column does not hold where an answer has that code."""
    if variable.kind is Kind.ADMIN:
        return variable
    own = {option.code for option in variable.options}
    return replace(variable, missing=variable.missing | (everywhere - own))
