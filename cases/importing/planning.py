"""From rows to what they do: found by slug, or by title and organisation; compared with the catalogue as it is now."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from survey.importing.mistakes import shortened

from ..choices import CONDITIONS, Outcome
from ..exports import row_of, with_export_data
from ..history import comparable
from ..models import CasePage
from ..models.cases import RESERVED_SLUGS
from .cells import REQUIRED, TEXT_COLUMNS, foreign_markup, short_text
from .comparing import change_of_list, change_of_text, is_same
from .lists import LINK_KEYS, RELATION_KEYS, SOURCE_KEYS, items_of, read_links, read_relations, read_sources
from .organisations import plan_organisation
from .plan import Change, Kind, RowPlan
from .rows import Row
from .spool import NEW_SLUG, slug_of
from .words import CellError, Words

LONGEST_SLUG = 200
NEEDED = "Een nieuwe casus heeft dit nodig. Vul het in."


class Planner:
    """Plans the rows of one file, in their order.

    `slugs`: every slug that the file gives. `looks_for_doubles`: whether new cases are compared by title with those there
    are; only needed once.
    """

    def __init__(self, form: str, slugs: frozenset[str], words: Words, *, looks_for_doubles: bool = True) -> None:
        self.form = form
        self.slugs = slugs
        self.words = words
        self.looks_for_doubles = looks_for_doubles
        self._made: set[str] = set()
        self._titles: dict[tuple[str, int | None], int] = {}

    def plan(self, rows: list[Row]) -> list[RowPlan]:
        """One plan a row. Costs the same number of queries whatever the rows hold, but for rows without slug and drafts."""
        found = self._by_slug([slug_of(row) for row in rows])
        plans = [self._planned(row, found.get(slug_of(row))) for row in rows]
        if any(plan.kind == Kind.NEW for plan in plans):
            self._find_doubles(plans, {row.number: row for row in rows})
        self._check_relations(plans)
        return plans

    def _by_slug(self, slugs: list[str]) -> dict[str, CasePage]:
        cases = CasePage.objects.filter(slug__in=[slug for slug in slugs if slug])
        return {case.slug: case for case in with_export_data(cases)}

    def _planned(self, row: Row, existing: CasePage | None, slug: str = "") -> RowPlan:
        if row.mistake:
            return RowPlan(row.number, Kind.WRONG, mistakes=[row.mistake])
        plan = RowPlan(row.number, Kind.NEW, slug_of(row), existing=existing)
        case = draft_of(existing) if existing and not existing.live else existing
        exported = row_of(case, self.words.vocabulary) if case else {}
        reader = _RowReader(row, plan, case, exported, self.form, self.words)
        reader.read()
        plan.title = plan.values.get("title") or (case.title if case else shortened(str(row.cells.get("titel") or "")))
        if plan.mistakes:
            return plan
        if existing is None:
            self._check_slug(plan)
        else:
            plan.kind = Kind.CHANGED if plan.changes else Kind.SAME
            if plan.kind == Kind.CHANGED:
                _refuse_conflict(plan, existing)
        return plan

    def _check_slug(self, plan: RowPlan) -> None:
        if not plan.slug:
            return
        if plan.slug in RESERVED_SLUGS or len(plan.slug) > LONGEST_SLUG or not NEW_SLUG.fullmatch(plan.slug):
            hint = slugify(plan.slug)[:LONGEST_SLUG].strip("-_")
            message = "Een slug bestaat uit kleine letters, cijfers en streepjes, en is nog vrij."
            message += f" Bijvoorbeeld ‘{hint}’." if NEW_SLUG.fullmatch(hint) and hint not in RESERVED_SLUGS else ""
            plan.refuse("slug", shortened(plan.slug), message)

    # --- cases that are there already ------------------------------------------------------------
    def _find_doubles(self, plans: list[RowPlan], rows: dict[int, Row]) -> None:
        """A row without slug is the case with its title and organisation; one with another slug gets a warning."""
        new = [plan for plan in plans if plan.kind == Kind.NEW]
        asked = [plan.title for plan in new if self.looks_for_doubles or not plan.slug]
        there = (
            {
                (title.casefold(), organisation): slug
                for title, organisation, slug in CasePage.objects.filter(title__in=asked).values_list(
                    "title", "organisation_id", "slug"
                )
            }
            if asked
            else {}
        )
        for plan in new:
            key = (plan.title.casefold(), getattr(plan.values.get("organisation"), "pk", None))
            double = there.get(key)
            if not plan.slug:
                self._without_slug(plans, plan, key, double, rows[plan.number])
            elif double:
                plan.warnings.append(
                    f"Er is al een casus met deze titel van deze organisatie: ‘{double}’. Is het dezelfde? Geef de rij dan "
                    "die slug."
                )
            self._titles.setdefault(key, plan.number)

    def _without_slug(
        self, plans: list[RowPlan], plan: RowPlan, key: tuple[str, int | None], double: str | None, row: Row
    ) -> None:
        if before := self._titles.get(key):
            plan.refuse("titel", shortened(plan.title), f"Deze titel van deze organisatie staat ook op rij {before}.")
        elif double and double in self.slugs:
            plan.refuse(
                "slug", "", f"Deze casus staat ook met slug ‘{double}’ in het bestand. Laat één van beide staan."
            )
        elif double:
            matched = self._planned(Row(row.number, row.cells), self._by_slug([double])[double])
            matched.slug = double
            matched.warnings.append(f"Zonder slug herkend aan titel en organisatie: dit is de casus ‘{double}’.")
            plans[plans.index(plan)] = matched
        else:
            plan.slug = self._free_slug(plan.title)

    def _free_slug(self, title: str) -> str:
        base = slugify(title)[: LONGEST_SLUG - 8].strip("-_") or "casus"
        number, slug = 1, base
        while slug in self._made | RESERVED_SLUGS or slug in self.slugs or CasePage.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        self._made.add(slug)
        return slug

    def _check_relations(self, plans: list[RowPlan]) -> None:
        asked = {slug for plan in plans for slug, _ in plan.relations or []}
        unknown = asked - self.slugs
        if unknown:
            unknown -= set(CasePage.objects.filter(slug__in=unknown).values_list("slug", flat=True))
        for plan in plans:
            for slug in unknown & {slug for slug, _ in plan.relations or []}:
                plan.refuse("verwant", shortened(slug), "Deze casus bestaat niet en staat niet in dit bestand.")


class _RowReader:
    """Reads the cells of one row into its plan, and notes what differs from the case."""

    def __init__(
        self, row: Row, plan: RowPlan, case: CasePage | None, exported: dict[str, Any], form: str, words: Words
    ) -> None:
        self.cells, self.plan, self.case, self.exported, self.form, self.words = (
            row.cells,
            plan,
            case,
            exported,
            form,
            words,
        )

    def read(self) -> None:
        for column, target in TEXT_COLUMNS.items():
            self._read(column, self._text, column, target.field, target.read)
        if self.case is None:
            for column in REQUIRED:
                if column not in self.cells:
                    self.plan.refuse(column, "", NEEDED)
        self._read("fase", self._phase)
        plan_organisation(self.cells, self.plan, self.case, self.words)
        self._read("koppelingen", self._links)
        self._read("bronnen", self._sources)
        self._read("verwant", self._relations)
        self._check_years()
        self._check_brilliant()

    def _read(self, column: str, work: Callable[..., None], *arguments: Any) -> None:
        if column not in self.cells:
            return
        if self.case is not None and is_same(self.cells[column], self.exported[column], self.form):
            return
        try:
            work(*arguments)
        except CellError as error:
            self.plan.refuse(column, error.value, str(error))

    def _text(self, column: str, name: str, read: Callable[[Any], Any]) -> None:
        value = read(self.cells[column])
        before = getattr(self.case, name) if self.case else None
        if self.case is not None:
            if value == before or comparable(value) == comparable(before):
                return
            self.plan.changes.append(change_of_text(column, before, value))
        self.plan.values[name] = value
        if tags := foreign_markup(self.cells[column]):
            self.plan.warnings.append(f"{column}: opmaak die hier niet kan, is weggelaten ({', '.join(tags[:5])}).")

    def _phase(self) -> None:
        word = short_text(120)(self.cells["fase"])
        pk = self.words.concept("fase", word) if word else None
        if self.case is not None:
            if pk == self.case.phase_id:
                return
            self.plan.changes.append(Change("fase", self.exported["fase"], word))
        self.plan.values["phase_id"] = pk

    def _links(self) -> None:
        links = read_links(self.cells["koppelingen"], self.words)
        before = self.case.card_links if self.case else []
        self.plan.links = self._list(
            "koppelingen", LINK_KEYS, links, before, ("concept_id", "evidence", "basis", "effect")
        )

    def _sources(self) -> None:
        sources = read_sources(self.cells["bronnen"], self.words)
        fields = ("publication_id", "locator", "title", "publisher", "url", "date_text", "remark")
        before = self.case.sources_to_export if self.case else []
        self.plan.sources = self._list("bronnen", SOURCE_KEYS, sources, before, fields)

    def _list(self, column: str, keys: tuple[str, ...], new: list[Any], old: list[Any], fields: tuple[str, ...]) -> Any:
        """The new rows, or None when they say the same."""
        if [[getattr(row, name) for name in fields] for row in new] == [
            [getattr(row, name) for name in fields] for row in old
        ]:
            return None
        self._note_list(column, keys)
        return new

    def _relations(self) -> None:
        relations = read_relations(self.cells["verwant"], self.plan.slug)
        before = [(item["casus"], item["reden"]) for item in self.exported.get("verwant", [])]
        if [(slug, relation.reason) for slug, relation in relations] == before:
            return
        self.plan.relations = relations
        self._note_list("verwant", RELATION_KEYS)

    def _note_list(self, column: str, keys: tuple[str, ...]) -> None:
        if self.case is not None:
            change = change_of_list(column, self.exported[column], items_of(self.cells[column], keys))
            self.plan.changes.append(change)

    def _check_brilliant(self) -> None:
        """The form asks all four conditions; a file may come from somebody who could not know them."""
        values = self.plan.values
        outcome = values.get("outcome", getattr(self.case, "outcome", ""))
        if outcome != Outcome.BRILLIANT_FAILURE or not values.keys() & {"outcome", *CONDITIONS}:
            return
        if not all(values.get(name, getattr(self.case, name, False)) for name in CONDITIONS):
            self.plan.warnings.append("Niet alle vier de voorwaarden van een briljante mislukking staan op ja.")

    def _check_years(self) -> None:
        first, last = (
            self.plan.values.get(name, getattr(self.case, name, None)) for name in ("start_year", "end_year")
        )
        if first and last and last < first:
            self.plan.refuse("jaar_einde", str(last), f"Dit ligt voor het beginjaar {first}. Controleer beide jaren.")


def draft_of(case: CasePage) -> CasePage:
    """A case that nobody but editors sees, as its last version has it."""
    draft = case.get_latest_revision_as_object()
    draft.card_links = list(draft.links.all())
    draft.sources_to_export = list(draft.sources.all())
    relations = list(draft.relations.all())
    public = CasePage.objects.published().filter(pk__in=[one.other_id for one in relations])
    seen = set(public.values_list("pk", flat=True))
    draft.relations_to_export = [one for one in relations if one.other_id in seen]
    return draft


def _refuse_conflict(plan: RowPlan, case: CasePage) -> None:
    """What somebody is working on is never overwritten."""
    if case.live and not case.has_unpublished_changes and not case.locked:
        return
    if case.locked:
        message = "Deze casus zit op slot. Haal hem eerst van het slot."
    elif case.live:
        message = f"Er wacht een concept{told_by(case)}. Publiceer dat eerst of gooi het weg."
    else:
        message = (
            f"Deze casus is niet gepubliceerd en heeft een concept{told_by(case)}. Publiceer of verwijder hem eerst."
        )
    plan.refuse("", plan.slug, message, Kind.CONFLICT)


def told_by(case: CasePage) -> str:
    """Who made the last version, and when."""
    revision = case.latest_revision
    if revision is None:
        return ""
    moment = date_format(timezone.localtime(revision.created_at), "j F Y H:i")
    return f" van {revision.user.get_username() if revision.user else 'een import of opdracht'}, {moment}"
