"""What tells a program from a person, without asking anything from a third party.

Nothing is thrown away on suspicion: the case arrives, set aside for the editors as probably spam.
"""

import re
import time

from django.core import signing
from django.http import HttpRequest

from ..models import Submission

#: A field that people do not see; the name is one that programs like to fill in.
TRAP = "website"
STAMP = "begonnen"
SALT = "cases.submissions.spam"
#: Seconds. Nobody reads a question and answers it in less.
LEAST_SECONDS = 3
MOST_SECONDS = 24 * 60 * 60
MOST_LINKS = 3
MOST_SOURCE_LINKS = 20
LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)
TEXTS = ("title", "organisation_name", "introduction", "intention", "approach", "result", "lessons")


def stamp(*, second_chance: bool = False) -> str:
    """When a form was shown, signed; `second_chance` when it came back because it was filled in too fast."""
    return signing.dumps([int(time.time()), second_chance], salt=SALT)


def is_too_fast(request: HttpRequest) -> tuple[bool, bool]:
    """Whether this form was filled in faster than people do, and whether that was said before."""
    try:
        shown, was_told = signing.loads(request.POST.get(STAMP, ""), salt=SALT, max_age=MOST_SECONDS)
        return time.time() - int(shown) < LEAST_SECONDS, bool(was_told)
    except (signing.BadSignature, ValueError, TypeError):
        return True, False


def fell_into_the_trap(request: HttpRequest) -> bool:
    """Whether the field that people do not see was filled in."""
    return bool(request.POST.get(TRAP, "").strip())


def suspicion(submission: Submission) -> str:
    """Why this text is probably spam; nothing when it is not."""
    texts = [str(getattr(submission, name)) for name in TEXTS]
    texts += [link.evidence for link in submission.links.all()]
    if LINK.search(submission.title) or sum(len(LINK.findall(text)) for text in texts) > MOST_LINKS:
        return "er staan veel links in de tekst"
    if len(LINK.findall(submission.sources)) > MOST_SOURCE_LINKS:
        return "er staan veel links bij de bronnen"
    return ""
