"""Which cases are worth reading next, and why."""

import re

import pytest
from django.test import Client
from factories import make_case

from cases.likeness import relatives

pytestmark = pytest.mark.django_db


def test_related_cases_share_links_and_say_which(client: Client) -> None:
    both = ["factor/tijd", "patroon/brug"]
    make_case("Zelf", links=[*both, "factor/geld", "land/nederland"])
    make_case("Deelt twee", links=both)
    make_case("Deelt er een", links=["factor/tijd"])
    make_case("Deelt het land", links=["land/nederland", "factor/tijd"])
    make_case("Deelt drie", links=[*both, "factor/geld"])
    html = client.get("/casussen/zelf/").content.decode().split("Lees ook")[1]
    related = re.findall(r'class="ib-card__title"><a[^>]*>(.*?)</a>', html)
    assert related[:2] == ["Deelt drie", "Deelt twee"]
    assert "Zelf" not in related
    assert "Deelt ‘Tijd’ en ‘Brug’" in html
    assert "Deelt ‘Tijd’, ‘Brug’ en ‘Geld’" in html


def test_what_the_editor_chose_comes_first_and_not_twice(client: Client) -> None:
    shared = ["factor/tijd", "patroon/brug"]
    chosen = make_case("Gekozen", links=shared)
    make_case("Lijkt erop", links=shared)
    case = make_case("Zelf", links=shared, relations=[(chosen, "Hieruit voortgekomen.")])
    assert [(found.case.title, found.reason) for found in relatives(case, list(case.links.all()))] == [
        ("Gekozen", "Hieruit voortgekomen."),
        ("Lijkt erop", "Deelt ‘Tijd’ en ‘Brug’"),
    ]
