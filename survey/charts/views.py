"""Charts as files. An address stands for one drawing for ever, so whoever has it need not ask again."""

import re
from html import unescape

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from ..models import Chart

_TITLE = re.compile(r"<title[^>]*>(.*?)</title>")
_FOR_EVER = "public, max-age=31536000, immutable"
_LONGEST_NAME = 60


@require_safe
def chart_svg(request: HttpRequest, key: str) -> HttpResponse:
    """The drawing with title, question and source in it."""
    chart = _chart(key, "svg_file")
    return _file(chart, chart.svg_file.encode(), "svg", "image/svg+xml; charset=utf-8")


@require_safe
def chart_png(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a picture of dots, for where an SVG is not taken."""
    chart = _chart(key, "svg_file", "png")
    return _file(chart, bytes(chart.png), "png", "image/png")


def _chart(key: str, *fields: str) -> Chart:
    found = Chart.objects.filter(key=key).only(*fields).first()
    if found is None:
        raise Http404("Deze grafiek bestaat niet meer. Misschien zijn de cijfers vernieuwd.")
    return found


def _file(chart: Chart, content: bytes, ending: str, content_type: str) -> HttpResponse:
    title = _TITLE.search(chart.svg_file)
    name = slugify(unescape(title[1]) if title else "")[:_LONGEST_NAME].strip("-") or "grafiek"
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="innovatiebarometer-{name}.{ending}"'
    response["Cache-Control"] = _FOR_EVER
    return response
