"""The list of all cases in the editing environment."""

from gettext import GNUTranslations
from typing import Any

import pytest
from django.conf import settings
from factories import make_case, make_concept, make_draft, make_organisation
from people import signed_in, somebody
from test_review import sent_in

from barometer_site.accounts.roles import EDITOR

pytestmark = pytest.mark.django_db

LIST = "/beheer/casussen/"
NARROWED = {
    "": {"Robot", "Balie", "Bus"},
    "?outcome=gestopt": {"Robot"},
    "?stand=gepubliceerd": {"Robot"},
    "?stand=concept": {"Balie", "Bus"},
    "?stand=beoordeling": {"Bus"},
    "?stand=wijzigingen": set(),
    "?wacht=onzin": {"Robot", "Balie", "Bus"},
}


@pytest.fixture
def editor() -> Any:
    """Somebody who works on cases; there are three."""
    user = somebody(EDITOR)
    care = make_concept("sector/zorg")
    make_case("Robot", outcome="gestopt", organisation=make_organisation("Ziekenhuis", sector=care))
    make_draft("Balie", own_sector=care)
    sent_in(user, "Bus")
    return user


def test_the_list_is_narrowed(editor: Any) -> None:
    client = signed_in(editor)
    found = {
        question: {case.title for case in client.get(LIST + question).context["object_list"]} for question in NARROWED
    }
    assert found == NARROWED


def test_the_sector_is_that_of_the_organisation_or_of_the_case(editor: Any) -> None:
    care = make_concept("sector/zorg")
    page = signed_in(editor).get(f"{LIST}?sector={care.pk}")
    assert {case.title for case in page.context["object_list"]} == {"Robot", "Balie"}
    assert page.content.decode().count("Zorg") >= 3  # two lines and the choice


def test_the_list_speaks_dutch(editor: Any) -> None:
    page = signed_in(editor).get(LIST).content.decode()
    for word in ("1–3 van 3 casussen", "Uitkomst", "Stand", "Nagekeken", "Nieuwe casus", "in beoordeling"):
        assert word in page
    for word in (">Live<", "Status", "Updated"):
        assert word not in page


def test_every_word_that_we_say_otherwise_reaches_the_pages() -> None:
    folder = settings.BASE_DIR / "locale" / "nl" / "LC_MESSAGES"
    source = (folder / "django.po").read_text()
    with (folder / "django.mo").open("rb") as file:
        known = {key for key in GNUTranslations(file)._catalog if key}  # type: ignore[attr-defined]
    assert len(known) == source.count("\nmsgid ") - 1 + source.count("\nmsgid_plural ")
