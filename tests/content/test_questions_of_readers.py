"""What civil servants type, and the cases that must be among the first three."""

import json
import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

#: What is typed -> a pattern that one of the first three addresses or titles must hold.
QUESTIONS = {
    "schulden van inwoners": r"huishoudboekje|schuld",
    "kaart voor blinden": r"tactiele",
    "toezicht met data": r"toezicht|inspectie|data",
    "drone": r"drone",
    "drones": r"drone",
    "deepfake": r"deepfake",
    "wat ging er mis met blockchain": r"blockchain",
    "voorbeelden uit Denemarken": r"denemarken|deense|deens",
    "SVB": r"svb",
    "sociale verzekeringsbank": r"svb",
}


@pytest.mark.parametrize("words", QUESTIONS)
def test_the_right_case_is_among_the_first_three(client: Client, words: str) -> None:
    found = answered(client, words)
    assert found, words
    first = [f"{case['slug']} {case['titel']} {case['land']} {case['organisatie']}".lower() for case in found[:3]]
    assert any(re.search(QUESTIONS[words], text) for text in first), first


def test_there_is_as_much_as_was_promised(client: Client) -> None:
    cases = answered(client, "")
    assert len(cases) >= 140
    assert len([case for case in cases if case["uitkomst"] in {"gestopt", "briljante-mislukking"}]) >= 35
    assert len({case["sector"] for case in cases if case["sector"]}) == 9
    assert len([case for case in cases if case["land"] not in {"", "nederland"}]) >= 25
    assert not [case["slug"] for case in cases if not case["koppelingen"] or not case["samenvatting"]]


def answered(client: Client, words: str) -> list[dict[str, str]]:
    """The cases of the answer, in order."""
    response = client.get("/casussen/export.json", {"q": words})
    assert response.status_code == 200
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    found = json.loads(body)
    assert found["aantal"] == len(found["casussen"])
    return list(found["casussen"])
