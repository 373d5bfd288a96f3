"""What was measured, in lines, each with its budget."""

import statistics
from collections.abc import Iterator
from typing import Any

from scale.beside_datasette import LEAST_TIMES
from scale.engine import MOST_TIMES
from scale.indexing import LEAST_PER_SECOND
from scale.pages import MOST_EACH, MOST_GROWTH
from scale.served import MOST_MB, MOST_MS

Found = dict[int, Any]


#: The budgets are for so many cases; at fewer, what is the same for any number weighs more.
BUDGETED = 100_000


def verdict(good: bool, size: int = BUDGETED) -> str:
    """Whether the budget is met, where there is one."""
    return "" if size < BUDGETED else "ok" if good else "OVER BUDGET"


def engine(found: Found) -> Iterator[str]:
    """Ours beside bare tantivy."""
    for size, rows in found.items():
        yield f"Engine call at {size} cases, milliseconds of processor time; bare tantivy for the words as typed, and for the same cases"
        for row in rows:
            yield (
                f"  {row['kind']:<12} {row['text'][:24]:<24} {row['hits']:>7} found {row['ours']:8.2f} ours "
                f"{row['typed']:8.2f} typed {row['ours'] / row['typed']:6.2f} times {row['same']:8.2f} same cases {row['ours'] / row['same']:6.2f} times"
            )
        for name in ("typed", "same"):
            ours, bare = (statistics.median(row[which] for row in rows) for which in ("ours", name))
            times = statistics.median(row["ours"] / row[name] for row in rows)
            total = sum(row["ours"] for row in rows) / sum(row[name] for row in rows)
            yield (
                f"  {name}: middle {ours:.2f} ours, {bare:.2f} bare: {ours / bare:.2f} times; middle of the ratios {times:.2f}; all "
                f"together {total:.2f} (budget {MOST_TIMES}) {verdict(times <= MOST_TIMES, size)}"
            )


def page(found: Found) -> Iterator[str]:
    """Whole pages, and how they grow."""
    middles = {}
    for size, pages in found.items():
        yield f"Whole page in one process at {size} cases, not kept, milliseconds of processor time"
        for kind, one in (*pages["search"].items(), *pages["others"].items()):
            slow = "" if one["ms"] <= MOST_EACH else "  TOO SLOW"
            yield (
                f"  {kind:<45} {one['ms']:8.1f} (first {one['first']:.0f}) {one['kB']:7.0f} kB {one['queries']:>4} queries "
                f"{'' if one['status'] == 200 else one['status']}{slow}"
            )
        middles[size] = statistics.median(one["ms"] for one in pages["search"].values())
        yield f"  middle of the search pages {middles[size]:.1f}"
    if {10_000, 100_000} <= middles.keys():
        growth = middles[100_000] / middles[10_000]
        yield f"Growth of the search page from 10,000 to 100,000: {growth:.2f} times (budget {MOST_GROWTH}) {verdict(growth <= MOST_GROWTH)}"


def rebuild(found: Found) -> Iterator[str]:
    """The index anew."""
    for size, one in found.items():
        rate = one["cases"] / one["wall"]
        yield (
            f"Rebuild at {size} cases: {rate:.0f} a second by the clock (budget {LEAST_PER_SECOND}) {verdict(rate >= LEAST_PER_SECOND, size)}, "
            f"{one['cases'] / one['processor']:.0f} of processor time; index {one['index MB']:.0f} MB beside a database of "
            f"{one['database MB']:.0f} MB; process grew from {one['before MB']:.0f} to {one['most MB']:.0f} MB"
        )


def datasette(found: Found) -> Iterator[str]:
    """Whole pages over HTTP."""
    for size, rows in found.items():
        if "left out" in rows:
            yield f"Datasette: not measured: {rows['left out']}"
            continue
        for text, row in rows.items():
            times = row["datasette"] / row["ours"]
            budget = f" (budget {LEAST_TIMES:.0f}) {verdict(times >= LEAST_TIMES)}" if size >= 100_000 else ""
            yield (
                f"Datasette at {size} cases, {text}: {row['datasette']:.0f} ms, ours {row['ours']:.0f} ms: {times:.0f} times{budget}"
            )


def postgresql(found: Found) -> Iterator[str]:
    """Hand-written SQL."""
    for size, rows in found.items():
        if isinstance(rows, dict):
            yield f"PostgreSQL: not measured: {rows['left out']}"
            continue
        yield f"Hand-written SQL on PostgreSQL at {size} cases, milliseconds by the clock"
        for row in rows:
            times = row["theirs"] / row["ours"]
            yield f"  {row['kind']:<12} {row['text'][:28]:<28} {row['theirs']:8.1f} PostgreSQL {row['ours']:8.1f} ours {times:7.1f} times"
        theirs, ours = (statistics.median(row[name] for row in rows) for name in ("theirs", "ours"))
        yield f"  middle {theirs:.1f} PostgreSQL, {ours:.1f} ours: {theirs / ours:.1f} times"


def served(found: Found) -> Iterator[str]:
    """Over HTTP."""
    for size, one in found.items():
        yield f"Served by gunicorn at {size} cases, every request another question"
        for visitors in ("1 quiet", "1 publishing", "8 publishing"):
            row = one[visitors]
            budget = f" (budget {MOST_MS:.0f}) {verdict(row['middle'] <= MOST_MS)}" if visitors == "1 quiet" else ""
            yield (
                f"  {visitors:<13} {row['requests']} requests, middle {row['middle']:.0f} ms{budget}, 95% within {row['p95']:.0f} ms, "
                f"longest {row['most']:.0f} ms; {row['processor']:.0f} ms of processor time each; {row['published']} times published; "
                f"{row['errors']} errors {verdict(not row['errors'])} {' '.join(row['first errors'])}"
            )
        for memory in one["MB"]:
            yield (
                f"  a process: {memory['own']:.0f} MB of its own, {memory['all']:.0f} MB resident with the shared pages of the index "
                f"(budget for its own {MOST_MB:.0f}) {verdict(memory['own'] <= MOST_MB)}"
            )
        for memory in one["other MB"]:
            yield f"  a process beside it: {memory['own']:.0f} MB of its own, {memory['all']:.0f} MB resident"
