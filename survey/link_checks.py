"""Checking all links, a number at a time: those that waited longest first, each host in peace."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.utils import timezone

from .care.links import Use, all_links
from .care.visiting import Visit, visit
from .models import CheckedLink

State = CheckedLink.State
MOST = 200
#: Seconds between two visits to the same host.
PAUSE = 2.0
#: Bad answers on this many different days mean that a link is dead.
DEAD_AFTER = 3
#: When so many hosts are asked and nobody answers, we are away, not they.
LEAST_HOSTS = 5
MOST_USES = 20
BATCH = 200


@dataclass(slots=True)
class Report:
    """What a round found."""

    visited: int = 0
    dead: int = 0
    failing: int = 0
    moved: int = 0
    refused: int = 0
    waiting: int = 0
    is_offline: bool = False


def check_links(
    most: int = MOST,
    *,
    visitor: Callable[[str], Visit] = visit,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = timezone.now,
    progress: Callable[[int], None] = lambda total: None,
) -> Report:
    """Visit at most this many addresses that were not visited today. Each is written down at once: stop it any moment.

    Only silence waits until somebody answers: without a way to the internet nothing is written down.
    """
    links = _up_to_date(all_links())
    today = timezone.localdate(now())
    waiting = [link for link in links if link.checked_at is None or timezone.localdate(link.checked_at) < today]
    waiting.sort(key=lambda link: (link.checked_at is not None, link.checked_at or link.pk))
    report = Report(waiting=max(0, len(waiting) - most))
    last_visit: dict[str, float] = {}
    silent: list[tuple[CheckedLink, Visit, datetime]] = []
    has_answer = False
    chosen = list(taking_turns(waiting[:most]))
    for link in chosen:
        host = _host(link.url)
        if host in last_visit and (pause := last_visit[host] + PAUSE - time.monotonic()) > 0:
            sleep(pause)
        silent.append((link, found := visitor(link.url), now()))
        last_visit[host] = time.monotonic()
        if has_answer := has_answer or found.status is not None:
            _note_all(silent, report)
        progress(len(chosen))
    report.is_offline = not has_answer and len({_host(link.url) for link, *_ in silent}) >= LEAST_HOSTS
    if not report.is_offline:
        _note_all(silent, report)
    return report


def _note_all(visits: list[tuple[CheckedLink, Visit, datetime]], report: Report) -> None:
    for link, found, moment in visits:
        note_visit(link, found, moment)
        _count(report, link)
    visits.clear()


def _up_to_date(found: dict[str, list[Use]]) -> list[CheckedLink]:
    """A row for each link there is, and none for those that are gone."""
    known = dict(CheckedLink.objects.values_list("url", "pk"))
    gone = [pk for url, pk in known.items() if url not in found]
    for start in range(0, len(gone), BATCH):
        CheckedLink.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    CheckedLink.objects.bulk_create((CheckedLink(url=url) for url in found if url not in known), batch_size=BATCH)
    links = list(CheckedLink.objects.order_by("pk"))
    for link in links:
        link.used_in = found[link.url][:MOST_USES]
    CheckedLink.objects.bulk_update(links, ["used_in"], batch_size=BATCH)
    return links


def taking_turns(links: list[CheckedLink]) -> Iterator[CheckedLink]:
    """One of each host, then the next of each: nobody is visited twice in a row when that can be helped."""
    hosts: dict[str, deque[CheckedLink]] = {}
    for link in links:
        hosts.setdefault(_host(link.url), deque()).append(link)
    while hosts:
        for host in list(hosts):
            yield hosts[host].popleft()
            if not hosts[host]:
                del hosts[host]


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:  # no address at all: the visit will say so
        return ""


def note_visit(link: CheckedLink, found: Visit, moment: datetime) -> None:
    """Write down how it answered. A failure counts once a day."""
    counted_today = (
        link.failures and link.checked_at and timezone.localdate(link.checked_at) == timezone.localdate(moment)
    )
    link.status, link.problem, link.moved_to = found.status, found.problem[:255], found.moved_to[:500]
    if found.is_failure:
        link.failures += 0 if counted_today else 1
        link.failing_since = link.failing_since or moment
        link.state = State.DEAD if link.failures >= DEAD_AFTER else State.FAILING
    else:
        link.failures, link.failing_since = 0, None
        link.state = State.REFUSED if found.is_refused else State.MOVED if found.moved_to else State.GOOD
    link.checked_at = moment
    link.save()


def _count(report: Report, link: CheckedLink) -> None:
    report.visited += 1
    report.dead += link.state == State.DEAD
    report.failing += link.state == State.FAILING
    report.moved += link.state == State.MOVED
    report.refused += link.state == State.REFUSED
