"""What the index holds of a case, and which cases are read again when something else changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from factories import edit, make_case, make_concept, make_organisation

from cases.care import merge_organisations
from cases.models import CaseLink, CasePage
from cases.search_source import DatabaseCases, plain
from survey.care.concepts import merge, rename, retire, split
from survey.models import ConceptScheme, ContentChange
from survey.versions import read_versions

pytestmark = pytest.mark.django_db
SOURCE = DatabaseCases()


@contextmanager
def reads_again(*cases: CasePage) -> Iterator[None]:
    """Exactly these cases are told to whoever follows."""
    before = read_versions().content
    yield
    log = ContentChange.objects.filter(version__gt=before, kind=ContentChange.Kind.CASE)
    assert sorted(log.values_list("object_pk", flat=True)) == sorted(case.pk for case in cases)


def test_another_name_of_a_concept_costs_nothing() -> None:
    make_case("Een", links=["factor/tijd"])
    concept = make_concept("factor/tijd")
    with reads_again(), transaction.atomic():
        rename(concept, "Geduld", "tijd", keep_old_name=True)
        retire(concept)


def test_another_code_of_a_concept_costs_its_cases_however_they_are_tied_to_it() -> None:
    sector, phase = make_concept("sector/zorg"), make_concept("fase/idee")
    of_organisation = make_case("Een", organisation=make_organisation(sector=sector))
    own = make_case("Twee", own_sector=sector)
    in_phase = make_case("Drie", phase=phase)
    linked = make_case("Vier", links=["sector/zorg"])
    with reads_again(of_organisation, own, linked):
        sector.slug = "gezondheid"
        sector.save()
    with reads_again(in_phase):
        phase.slug = "plan"
        phase.save()


def test_a_merge_costs_the_cases_that_move() -> None:
    moving, both = make_case("Een", links=["factor/durf"]), make_case("Twee", links=["factor/durf", "factor/lef"])
    make_case("Drie", links=["factor/lef"])
    with reads_again(moving, both), transaction.atomic():
        merge({make_concept("factor/durf"): make_concept("factor/lef")})
    facets = {document.title: document.facets["factor"] for document in SOURCE.documents(None)}
    assert facets == {"Een": ("lef",), "Twee": ("lef",), "Drie": ("lef",)}


def test_a_merge_of_sectors_costs_the_cases_of_the_organisations_that_move() -> None:
    case = make_case("Een", organisation=make_organisation(sector=make_concept("sector/zorg")))
    make_case("Twee", organisation=make_organisation(sector=make_concept("sector/water")))
    with reads_again(case), transaction.atomic():
        merge({make_concept("sector/zorg"): make_concept("sector/water")})


def test_a_split_costs_the_cases_that_move() -> None:
    case = make_case("Een", links=["factor/tijd"])
    make_case("Twee", links=["factor/tijd"])
    link = CaseLink.objects.get(case=case)
    with reads_again(case), transaction.atomic():
        split(
            make_concept("factor/tijd"),
            [make_concept("factor/duur")],
            {("cases.caselink.concept", link.pk): [1]},
            retire_it=False,
        )


def test_organisations_that_become_one_cost_the_cases_of_both() -> None:
    old, new = make_organisation("Oud"), make_organisation("Nieuw")
    cases = make_case("Een", organisation=old), make_case("Twee", organisation=new)
    before = read_versions().content
    with transaction.atomic():
        merge_organisations(old, new, {})
    told = ContentChange.objects.filter(version__gt=before, kind=ContentChange.Kind.CASE)
    assert set(told.values_list("object_pk", flat=True)) == {case.pk for case in cases}


def test_what_the_index_does_not_hold_of_an_organisation_costs_nothing() -> None:
    organisation = make_organisation("Een")
    make_case("Een", organisation=organisation)
    with reads_again():
        organisation.website = "https://voorbeeld.nl"
        organisation.save()


def test_another_code_of_a_list_may_concern_every_case() -> None:
    make_case("Een", links=["factor/tijd"])
    before = read_versions().content
    scheme = ConceptScheme.objects.get(slug="factor")
    scheme.slug = "klimaatfactor"
    scheme.save()
    assert SOURCE.changes(before, 10) is None


def test_changes_come_in_their_order_and_in_pieces() -> None:
    one, two = make_case("Een"), make_case("Twee")
    before = read_versions().content
    edit(one, title="Eén")
    edit(two, title="Twee!")
    first = SOURCE.changes(before, 1)
    assert first is not None
    assert (first.pks, first.left > 0) == ({one.pk}, True)
    rest = SOURCE.changes(first.upto, 100)
    assert rest is not None
    assert (rest.pks, rest.left, rest.upto) == ({one.pk, two.pk}, 0, read_versions().content)
    assert SOURCE.changes(first.upto, 100, until=SOURCE.before_last(1)) is not None


def test_a_version_that_is_not_in_the_log_is_of_another_database() -> None:
    make_case("Een")
    assert SOURCE.changes(5, 100) is None


def test_everything_there_is_to_read_of_a_case_is_in_its_document(django_assert_num_queries: Any) -> None:
    blocks = [
        {"type": "text", "value": "<p>Vrije tekst.</p>"},
        {"type": "quotation", "value": {"text": "Wat iemand zei", "speaker": "Jansen", "source": "https://a.nl/b"}},
    ]
    organisation = make_organisation("Waterschap", abbreviation="WS", sector=make_concept("sector/waterschappen"))
    make_case(
        "Een",
        organisation=organisation,
        links=["factor/tijd"],
        phase=make_concept("fase/idee"),
        in_brief="In het kort.",
        intention="<p>Een <b>groot</b> plan.</p><p>En R&amp;D.</p>",
        start_year=2019,
        end_year=2021,
        body=blocks,
    )
    make_case("Twee", own_country=make_concept("land/nederland"))
    list(SOURCE.documents(None))
    with django_assert_num_queries(6):  # with however many cases
        one, two = SOURCE.documents(None)
    assert one.organisations == ("Waterschap", "WS")
    assert one.years == (2019, 2021)
    assert dict(one.facets) == {
        "uitkomst": ("geslaagd",),
        "factor": ("tijd",),
        "sector": ("waterschappen",),
        "fase": ("idee",),
        "jaar": ("2019",),
    }
    words = " ".join(one.body.split())
    for told in ("In het kort.", "Een groot plan. En R&D.", "Hieraan zie je factor/tijd.", "Vrije tekst."):
        assert told in words
    assert words.endswith(" Wat iemand zei – Jansen")
    assert two.facets["land"] == ("nederland",)
    assert [document.title for document in SOURCE.documents([two.pk, 10**6])] == ["Twee"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("geen tags", "geen tags"),
        ("<p>een</p><p>twee</p>", " een twee"),
        ('<a href="https://x.nl/?a=1&amp;b=2" linktype="page">hier</a>', " hier "),
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
        ("1 < 2", "1  < 2"),
        ("<" * 200, "< " * 200),
    ],
)
def test_text_without_tags(html: str, text: str) -> None:
    assert " ".join(plain(html).split()) == " ".join(text.split())


def test_nonsense_in_one_case_keeps_no_other_case_from_search() -> None:
    assert "<a" in plain("<a" * 30_000)
