"""Whether an edition can take the numbers of a file, and whether it has them already. Light: the web pages ask this too."""

import re

from ..models import Edition, Provenance, Result, SurveyImport

#: The code of an edition as it stands in an address.
EDITION_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_EDITION_CODE = 80
EDITION_CODE_HELP = "Gebruik alleen kleine letters, cijfers en streepjes, bijvoorbeeld 2027 of proef-2027."


class EditionRefusedError(Exception):
    """The numbers can't go into this edition; the message says why and what to do. `field`: what must be chosen anew."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def edition_for(slug: str, is_example: bool) -> Edition | None:
    """The edition that would be replaced, or nothing when it will be new."""
    found = Edition.objects.filter(slug=slug).first()
    if found is None:
        return None
    if found.results.filter(provenance=Provenance.PUBLISHED).exists():
        raise EditionRefusedError(
            f"De editie ‘{slug}’ bevat cijfers uit een publicatie. Die gaan niet samen met cijfers uit een bestand. "
            f"Kies een eigen code, bijvoorbeeld ‘{slug}-antwoorden’.",
            field="edition",
        )
    if found.is_example != is_example:
        kind = "verzonnen" if found.is_example else "echte"
        raise EditionRefusedError(
            f"De editie ‘{slug}’ bevat {kind} antwoorden. Verzonnen en echte antwoorden gaan niet samen in één editie. "
            "Kies een andere code, of zeg dat deze antwoorden ook zo zijn.",
            field="is_example",
        )
    return found


def last_taken_over(slug: str) -> SurveyImport | None:
    """The import whose numbers the edition has."""
    taken_over = SurveyImport.objects.filter(edition_slug=slug, state=SurveyImport.State.DONE)
    return taken_over.order_by("-finished_at", "-pk").first()


def is_in_place(slug: str, digest: str) -> bool:
    """Whether the edition holds exactly what files with this fingerprint give."""
    last = last_taken_over(slug)
    return bool(last and digest and last.file_digest == digest and Result.objects.filter(edition__slug=slug).exists())
