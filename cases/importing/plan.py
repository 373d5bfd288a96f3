"""What one row of a file does to the catalogue: a new case, a changed one, nothing, or a mistake."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from survey.importing.mistakes import Mistake

from ..models import CaseLink, CasePage, CaseRelation, CaseSource


class Kind(StrEnum):
    """Codes stand in the addresses of the preview."""

    NEW = "nieuw"
    CHANGED = "gewijzigd"
    SAME = "ongewijzigd"
    WRONG = "fout"
    CONFLICT = "conflict"


#: What will be written.
GOOD = (Kind.NEW, Kind.CHANGED)
#: What must be looked at by somebody.
BAD = (Kind.WRONG, Kind.CONFLICT)


@dataclass(frozen=True, slots=True)
class Change:
    """One field, as somebody reads it."""

    column: str
    before: str
    after: str


@dataclass(slots=True)
class RowPlan:
    """What a row does. `existing` is the case that it is about, as it stands in the database now."""

    number: int
    kind: Kind
    slug: str = ""
    title: str = ""
    existing: CasePage | None = None
    #: Field of the case -> its new value.
    values: dict[str, Any] = field(default_factory=dict)
    #: None: stays as it is.
    links: list[CaseLink] | None = None
    sources: list[CaseSource] | None = None
    relations: list[tuple[str, CaseRelation]] | None = None
    changes: list[Change] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def revision(self) -> int | None:
        """The version that was looked at."""
        return self.existing.latest_revision_id if self.existing else None

    def refuse(self, column: str, value: str, message: str, kind: Kind = Kind.WRONG) -> None:
        """This row can't be taken over."""
        self.kind = kind
        self.mistakes.append(Mistake(self.number, column, value, message))

    def told(self) -> "Told":
        """What is kept of it between the preview and the confirmation."""
        return Told(
            self.number,
            self.kind,
            self.slug,
            self.title,
            self.existing.pk if self.existing else None,
            self.revision,
            self.changes,
            self.mistakes,
            self.warnings,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the preview."""

    number: int
    kind: Kind
    slug: str
    title: str
    pk: int | None
    revision: int | None
    changes: list[Change]
    mistakes: list[Mistake]
    warnings: list[str]

    def as_json(self) -> dict[str, Any]:
        """As it is written to a file."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Told":
        """As it was read from a file."""
        data["kind"] = Kind(data["kind"])
        data["changes"] = [Change(**one) for one in data["changes"]]
        data["mistakes"] = [Mistake(**one) for one in data["mistakes"]]
        return cls(**data)
