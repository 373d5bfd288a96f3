"""What an editor types never runs in a reader's browser, nor in a colleague's."""

import json
from typing import Any

import pytest
from django.test import Client
from factories import make_draft, make_editor
from filled_form import filled_form

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
TEXT = f'Tekst {SCRIPT}<img src="x" onerror="alert(1)">'
#: What the text must have become where it is shown.
SHOWN = "&lt;script&gt;alert(1)"
RUNS = (
    "<script>alert",
    "<img src=",
    "<b onclick",
    'href="javascript',
    "data:text/html",
    "<iframe",
    "elders.example",
    "<h2 onload",
)


def rich_text() -> str:
    """What the rich text editor sends, as an attacker would change it."""
    links = ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "https://example.nl/goed"]
    text = TEXT + " klik klik klik klik"
    entities: dict[str, Any] = {
        str(n): {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}} for n, url in enumerate(links)
    }
    entities["4"] = {
        "type": "EMBED",
        "mutability": "IMMUTABLE",
        "data": {"url": "https://elders.example/x", "embedType": "video"},
    }
    start = len(TEXT) + 1
    block = {
        "key": "a",
        "type": "unstyled",
        "text": text,
        "depth": 0,
        "inlineStyleRanges": [
            {"offset": 0, "length": 4, "style": "BOLD"},
            {"offset": 0, "length": 5, "style": "b onclick=alert(1)"},
        ],
        "entityRanges": [{"offset": start + 5 * n, "length": 4, "key": n} for n in range(4)],
    }
    odd = block | {"key": "b", "type": "h2 onload=alert(1)", "entityRanges": [], "inlineStyleRanges": []}
    framed = block | {
        "key": "c",
        "type": "atomic",
        "text": " ",
        "entityRanges": [{"offset": 0, "length": 1, "key": 4}],
        "inlineStyleRanges": [],
    }
    return json.dumps({"blocks": [block, odd, framed], "entityMap": entities})


def type_everywhere(client: Client, case: Any, **more: str) -> Any:
    """Open the case, put something bad in every text, press the button."""
    address = f"/beheer/pages/{case.pk}/edit/"
    form = filled_form(client.get(address))
    bad = {
        "title": f"Casus {SCRIPT}",
        "introduction": TEXT,
        "in_brief": TEXT,
        "contact": TEXT,
        "intention": rich_text(),
        "approach": rich_text(),
    }
    assert bad.keys() <= form.keys(), "these fields are on the form"
    return client.post(address, form | bad | {"body-count": "0"} | more)


def story(page: Any) -> str:
    """The part of the page that is about the case."""
    text: str = page.content.decode()
    return text.split("<main")[1].split("</main>")[0]


@pytest.fixture
def editor(client: Client) -> Client:
    """Somebody who may do everything, signed in."""
    client.force_login(make_editor())
    return client


def test_what_is_typed_in_a_case_runs_nothing_for_readers(editor: Client) -> None:
    case = make_draft("Casus", slug="casus")
    response = type_everywhere(editor, case, **{"action-publish": "action-publish"})
    assert response.status_code == 302, response.context["form"].errors
    reader = Client()
    page = story(reader.get("/casussen/casus/"))
    assert page.count(SHOWN) >= 4, "it is shown as text"
    assert 'href="https://example.nl/goed"' in page, "an honest link stays"
    for shown in (page, story(reader.get("/casussen/")), reader.get("/casussen/feed/").content.decode()):
        assert not [wrong for wrong in RUNS if wrong in shown]


def test_nor_in_the_preview_and_the_lists_of_colleagues(editor: Client) -> None:
    case = make_draft("Casus", slug="casus")
    assert type_everywhere(editor, case).status_code == 302
    preview = story(editor.get(f"/beheer/pages/{case.pk}/view_draft/"))
    assert SHOWN in preview
    shown = [preview] + [
        editor.get(address).content.decode()
        for address in (
            f"/beheer/pages/{case.get_parent().pk}/",
            f"/beheer/pages/{case.pk}/history/",
            "/beheer/reports/site-history/",
        )
    ]
    for text in shown:
        assert SCRIPT not in text
        assert '<img src="x"' not in text
        assert 'href="javascript' not in text


def test_a_title_is_text_where_colleagues_edit(editor: Client) -> None:
    case = make_draft(f"Casus {SCRIPT}", slug="casus")
    assert SCRIPT not in editor.get(f"/beheer/pages/{case.pk}/edit/").content.decode()
