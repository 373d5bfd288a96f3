"""Does this file fit this codebook: its columns, before any answer is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from .codebook_types import Codebook, Kind, Role, Variable
from .mistakes import Mistake, SurveyFileError, TableError, refused

__all__ = ["Columns", "Mistake", "SurveyFileError", "TableError", "check_columns", "expected_names"]

#: How survey tools name what is no question, for a codebook that does not name it.
USUAL_NAMES: dict[Role, tuple[str, ...]] = {
    Role.RESPONDENT: ("respons_id", "respondent_id", "id"),
    Role.STARTED: ("startdatum", "start"),
    Role.FINISHED: ("einddatum", "eind"),
    Role.STATUS: ("status",),
}
#: What a status says of a finished response, for a codebook that does not tell.
FINISHED_WORDS = frozenset(
    {"voltooid", "compleet", "afgerond", "ingevuld", "klaar", "complete", "completed", "finished", "submitted"}
)
#: So many columns that the codebook does not know are told one by one.
MOST_UNKNOWN = 1000
#: A renamed column has so much in common with its old name.
LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class Columns:
    """Where everything stands: places in the header, from 0."""

    names: list[str]
    questions: dict[str, int]
    respondent: int
    started: int | None
    finished: int | None
    status: int | None
    finished_words: frozenset[str]


def expected_names(codebook: Codebook) -> list[str]:
    """All names that a header may hold."""
    usual = [name for role, names in USUAL_NAMES.items() if not codebook.with_role(role) for name in names]
    return [*codebook.variables, *usual]


def check_columns(header: list[str], codebook: Codebook) -> Columns:
    """Where each column stands. Raises SurveyFileError with every column that is missing, unknown or doubled."""
    questions = [variable.name for variable in codebook.questions()]
    if len(header) > MOST_UNKNOWN + len(codebook.variables):
        raise refused(
            f"Dit bestand heeft {len(header)} kolommen of meer, en het codeboek kent er {len(codebook.variables)}. Kies het goede "
            "bestand, of haal weg wat niet in het codeboek staat."
        )
    missing = [name for name in questions if name not in header]
    if len(missing) * 2 > len(questions):
        raise refused(
            f"Dit lijkt het bestand van een andere vragenlijst: van de {len(questions)} kolommen met vragen ontbreken "
            f"er {len(missing)}. Kies het goede bestand of het goede codeboek."
        )
    admin = {role: _admin_column(header, codebook, role) for role in USUAL_NAMES}
    used = {*questions, *(name for name in admin.values() if name)}
    mistakes = list(_column_mistakes(header, missing, used, codebook, has_respondent=bool(admin[Role.RESPONDENT])))
    if mistakes:
        raise SurveyFileError(mistakes)
    place = {name: header.index(name) for name in used}
    return Columns(
        header,
        {name: place[name] for name in questions},
        place[admin[Role.RESPONDENT]],
        place.get(admin[Role.STARTED]),
        place.get(admin[Role.FINISHED]),
        place.get(admin[Role.STATUS]),
        _finished_words(codebook.with_role(Role.STATUS)),
    )


def _admin_column(header: list[str], codebook: Codebook, role: Role) -> str:
    """The name of the column in this file; nothing when it is absent."""
    own = [variable.name for variable in codebook.with_role(role)]
    usual = () if own else USUAL_NAMES[role]
    return next((name for name in (*own, *usual) if name in header and name not in _asked(codebook)), "")


def _asked(codebook: Codebook) -> set[str]:
    return {variable.name for variable in codebook.questions()}


def _column_mistakes(
    header: list[str], missing: list[str], used: Iterable[str], codebook: Codebook, *, has_respondent: bool
) -> Iterable[Mistake]:
    unknown = [name for name in dict.fromkeys(header) if name and name not in used]
    for role in USUAL_NAMES:
        own = [variable.name for variable in codebook.with_role(role)]
        # Without the status nobody knows who finished; what a codebook names has to be there.
        missing = [*missing, *(name for name in own if name not in header)]
        if role is Role.RESPONDENT and not own and not has_respondent:
            missing = [*missing, USUAL_NAMES[role][0]]
    for name in missing:
        near = get_close_matches(name, unknown, 1, LIKENESS)
        hint = (
            f"Heet hij nu ‘{near[0]}’? Noem hem weer ‘{name}’." if near else "Maak de export opnieuw, met deze kolom."
        )
        yield Mistake(None, name, "", f"Deze kolom ontbreekt in het bestand. {hint}")
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            yield Mistake(
                None, name, "", f"Deze kolom staat {header.count(name)} keer in het bestand. Haal er een weg."
            )
    absent = [name for name in expected_names(codebook) if name not in header]
    for name in unknown:
        near = get_close_matches(name, absent, 1, LIKENESS)
        hint = f"Bedoelt u ‘{near[0]}’? Noem hem dan zo." if near else "Haal hem weg, of zet hem in het codeboek."
        yield Mistake(None, name, "", f"Deze kolom staat niet in het codeboek. {hint}")


def _finished_words(status: list[Variable]) -> frozenset[str]:
    words = {
        word.strip().casefold()
        for variable in status
        if variable.kind is Kind.ADMIN
        for option in variable.options
        for word in (option.code, option.label)
        if word.strip()
    }
    return frozenset(words) or FINISHED_WORDS
