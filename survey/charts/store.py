"""Drawings that are kept, by the key of what they show. This module draws nothing: see `missing.py`."""

from collections.abc import Iterable
from itertools import islice

from ..models import Chart
from .model import AnyChart

_BATCH = 500


def drawn(charts: Iterable[AnyChart]) -> dict[str, str]:
    """The drawings for in a page that are there, by key; one query."""
    keys = {chart.key for chart in charts}
    return dict(Chart.objects.filter(key__in=keys).values_list("key", "svg")) if keys else {}


def clear_unused(keys: Iterable[str]) -> int:
    """Throw away every drawing that is not one of these; returns how many. They can always be drawn again."""
    unused = iter(set(Chart.objects.values_list("key", flat=True)) - set(keys))
    count = 0
    while batch := list(islice(unused, _BATCH)):
        count += Chart.objects.filter(key__in=batch).delete()[0]
    return count
