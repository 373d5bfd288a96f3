"""Somebody without an account, who sends in a case."""

import re
from typing import Any

from django.test import Client

from cases.models import Submission
from cases.models.submissions import new_token, token_digest

#: Enough to be sent.
COMPLETE = {
    "title": "Gemeente belt inwoners op",
    "organisation_name": "Gemeente Nergensveen",
    "outcome": "gestopt",
    "introduction": "De gemeente belde inwoners in plaats van te schrijven.",
    "intention": "Inwoners begrepen de brieven niet.",
    "approach": "We belden honderd mensen.",
    "result": "Veel mensen namen niet op.",
    "lessons": "Vraag eerst wanneer het uitkomt.",
}


def draft_of(**fields: Any) -> tuple[str, Submission]:
    """The private token and what is stored of a case that was begun and not yet sent."""
    token = new_token()
    return token, Submission.objects.create(token_digest=token_digest(token), **fields)


def sent_by(**fields: Any) -> tuple[str, Submission]:
    """The same for a case that was sent."""
    return draft_of(**(COMPLETE | {"state": Submission.State.SENT} | fields))


def shown(response: Any) -> str:
    """The main part of a page."""
    html: str = response.content.decode()
    return html.split("<main", 1)[1].split("</main>")[0]


def hidden(response: Any) -> dict[str, str]:
    """What the form of a page sends along by itself."""
    inputs = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', response.content.decode())
    return {name: value.replace("&quot;", '"') for name, value in inputs}


def begin(client: Client, **answers: Any) -> Any:
    """Open the first question and answer it."""
    page = client.get("/inzenden/nieuw/")
    return client.post("/inzenden/nieuw/", hidden(page) | {"title": "Een begin"} | answers)


def token_in(response: Any) -> str:
    """The token in the address that a page leads to."""
    found = re.search(r"/inzenden/([\w-]{32})/", response["Location"])
    assert found, response["Location"]
    return found[1]
