"""Draws what is not drawn yet. Only a command imports this module: the engine must not be used in a web process."""

import logging
from collections.abc import Callable, Iterable

from ..models import Chart
from ..signals import barometer_changed
from .drawing import draw
from .model import AnyChart

logger = logging.getLogger(__name__)


def draw_missing(charts: Iterable[AnyChart], progress: Callable[[int, int], object] = lambda done, total: None) -> int:
    """Draw each chart that is not kept yet, and keep it at once; returns how many this process drew.

    `progress(done, total)` is told after each one. What another process draws meanwhile is left to it; when both draw
    the same, the first one counts. Call it outside a transaction: stopped halfway, everything drawn so far stays.
    A chart that can't be drawn is logged and keeps its table; it does not hold up the others.
    """
    wanted = {chart.key: chart for chart in charts}
    kept = set(Chart.objects.filter(key__in=wanted).values_list("key", flat=True))
    todo = [key for key in wanted if key not in kept]
    count = 0
    for done, key in enumerate(todo, start=1):
        if not Chart.objects.filter(key=key).exists():
            try:
                drawing = draw(wanted[key])
            except Exception:
                logger.exception("This chart can't be drawn: %s", wanted[key].title)
            else:
                row = Chart(key=key, svg=drawing.svg, svg_file=drawing.svg_file, png=drawing.png)
                Chart.objects.bulk_create([row], ignore_conflicts=True)
                count += 1
        progress(done, len(todo))
    if count:
        barometer_changed()
    return count
