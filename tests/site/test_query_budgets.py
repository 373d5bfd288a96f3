"""What a page costs the database: each query named, and the same at 3 and at 30 cases."""

import pytest
from barometer_factories import make_edition, make_finding, make_indicator, make_result
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import link, make_case, make_concept, make_failures_page, make_organisation, make_publication

from cases.models import Organisation
from survey.models import Edition, Publication

pytestmark = pytest.mark.django_db

#: Address -> the most queries it may cost when nothing is kept. Every page begins with the content version; pages of
#: Wagtail's tree then cost a site, one page a level, and two times the restrictions of who may see them. Whoever shows
#: cases asks once which pages are restricted.
BUDGETS = {
    # version · redirect, site and root · page by path · type · newest cases, their links · failures, one of them, its links
    "/": 12,
    # version · cases with organisation · their links
    "/casussen/": 5,
    "/casussen/?q=casus&uitkomst=geslaagd&factor=tijd": 5,
    # version · restrictions, cases with organisation, their links · restrictions, which of the found organisations have one
    "/zoeken/?q=casus+gemeente": 6,
    # version · restrictions, which of the found organisations have a case; or the titles of cases
    "/zoeken/suggesties/?q=gem": 3,
    "/zoeken/suggesties/?q=cas": 3,
    # version · case with organisation · links · patterns' advice · relations · refused likenesses · relatives, their links
    # · sources · changes
    "/casussen/casus-0/": 12,
    # version · concept · guidance · cases by evidence · relations · sources
    "/klimaat/tijd/": 12,
    "/patronen/brug/": 12,
    # version · concept · guidance · numbers · findings · drawings · cases of the weakest factor · newest cases, their
    # links · relations · sources
    "/barometer/sectoren/gemeenten/": 12,
    # version · findings
    "/barometer/": 2,
    # version · edition · words · figures · drawings · findings, their concepts · response · associations
    "/barometer/edities/ronde/": 9,
    # version; everything else is in memory
    "/barometer/indicatoren/": 1,
    # version · numbers · findings, their concepts · drawings
    "/barometer/indicatoren/factor-tijd/": 5,
    # version · numbers · drawings
    "/barometer/verkenner/?indicator=factor-tijd&uitsplitsing=sector&editie=ronde": 5,
    # version · scheme · its concepts
    "/klimaat/": 5,
    # version · schemes with their size
    "/begrippenlijsten/": 2,
    # version · organisation · how many cases, those of this page, their links
    "/organisaties/gemeente/": 6,
    # version · how many organisations, those of this page
    "/organisaties/": 4,
    # version · page · newest failures with organisation, their links
    "/briljante-mislukkingen/": 12,
    # version · publication · points · its cases, their links · its concepts
    "/publicaties/rapport/": 7,
    # version; the numbers come from the index
    "/matrix/?rij=factor&kolom=uitkomst": 2,
    # version · cases with organisation
    "/casussen/feed/": 4,
}


def add_cases(first: int, last: int) -> None:
    organisation = Organisation.objects.get()
    publication = Publication.objects.get()
    for number in range(first, last):
        make_case(
            f"Casus {number}",
            outcome="briljante-mislukking" if number % 2 else "geslaagd",
            organisation=organisation,
            phase=make_concept("fase/proef"),
            links=[link("factor/tijd", effect="hielp"), "factor/geld", "patroon/brug", "strategie/samen"],
            sources=[{"publication": publication}, {"title": "Krant"}],
        )


def add_numbers(first: int, last: int) -> None:
    """A round of the barometer: a factor that hinders municipalities, and more and more other numbers."""
    if first == 0:
        edition = make_edition("ronde", publication=Publication.objects.get())
        factor = make_indicator("factor-tijd", concepts=["factor/tijd"])
        for statistic, value in (("hinderde", 60), ("neutraal", 30), ("hielp", 10)):
            make_result(edition, factor, value, group="sector/gemeenten", statistic=statistic, n=40)
    edition = Edition.objects.get()
    for number in range(first, last):
        indicator = make_indicator(f"waarde-{number}", concepts=[f"waarde/w{number}"], question="Wat leverde het op?")
        make_result(edition, indicator, number, n=300)
        make_result(edition, indicator, number, group="sector/gemeenten", n=40)
        make_finding(edition, f"Bevinding {number}", indicator).concepts.add(make_concept("sector/gemeenten"))


def costs(client: Client, round_: str) -> dict[str, list[str]]:
    """The queries of each page, with everything warm but no page kept: each round comes from another host name."""
    found = {}
    for address in BUDGETS:
        assert client.get(address, headers={"host": f"warm-{round_}.example.nl"}).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, headers={"host": f"{round_}.example.nl"})
            assert response.status_code == 200
        found[address] = [query["sql"][:300] for query in queries]
    return found


def test_no_page_costs_more_than_its_budget_nor_more_with_more_cases(client: Client) -> None:
    make_organisation("Gemeente", sector=make_concept("sector/gemeenten"))
    make_publication("Rapport")
    make_failures_page()
    add_cases(0, 3)
    add_numbers(0, 3)
    few = costs(client, "few")
    add_cases(3, 30)
    add_numbers(3, 30)
    many = costs(client, "many")
    dear = {address: many[address] for address, budget in BUDGETS.items() if len(many[address]) > budget}
    assert not dear
    grown = {address: (few[address], many[address]) for address in BUDGETS if len(few[address]) != len(many[address])}
    assert not grown
    assert all("contentversion" in queries[0] for queries in many.values())
