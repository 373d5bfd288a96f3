"""How all parts measure: processor time, the middle of some runs, the things compared in turn."""

import statistics
import time
from collections.abc import Callable, Sequence


def milliseconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """What doing it once costs."""
    start = clock()
    work()
    return 1000 * (clock() - start)


def in_turn(
    works: Sequence[Callable[[], object]], runs: int, clock: Callable[[], float] = time.process_time
) -> list[float]:
    """The middle of some runs of each, after one to warm up. In turn, so that a busy machine slows all of them."""
    for work in works:
        work()
    taken = [[milliseconds(work, clock) for work in works] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
