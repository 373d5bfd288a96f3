"""How to cite a case: in words and as BibTeX."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

if TYPE_CHECKING:
    from .models import CasePage

_SPECIAL = str.maketrans(
    {
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)


def citation(case: "CasePage") -> str:
    """One line, with the date of the last change as the version that was read."""
    changed = _changed(case)
    return (
        f"{settings.SITE_NAME} ({changed.year}). {case.title}. "
        f"Versie van {date_format(changed, 'j F Y')}. {settings.SITE_URL}{case.get_absolute_url()}"
    )


def bibtex(case: "CasePage") -> str:
    """An entry of type `misc`; characters that mean something to TeX are escaped."""
    changed = _changed(case)
    fields = {
        "title": "{" + case.title.translate(_SPECIAL) + "}",
        "author": "{" + settings.SITE_NAME.translate(_SPECIAL) + "}",
        "year": str(changed.year),
        "note": f"Versie van {date_format(changed, 'j F Y')}",
        "howpublished": "\\url{" + settings.SITE_URL + case.get_absolute_url() + "}",
        "language": "dutch",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{case.slug},\n{lines}\n}}\n"


def _changed(case: "CasePage") -> datetime:
    """When the text that is cited was published, in Dutch time."""
    return timezone.localtime(case.last_published_at or timezone.now())
