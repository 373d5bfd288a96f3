"""What people search without finding anything, counted without knowing who asked.

A question is kept as a keyed digest; its words become readable when it was asked READABLE_FROM times. Counting costs a
reader nothing: counts are kept in memory and written by a thread of their own, a few seconds later.
"""

import logging
import re
import secrets
import threading
from collections import Counter
from datetime import timedelta
from hashlib import blake2b

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import SearchMiss
from .models.search_misses import READABLE_FROM

logger = logging.getLogger(__name__)

#: Seconds between a question and its place in the database.
PAUSE = 5.0
#: So many different questions wait in memory, and stand in the table, at most: nobody can fill either with nonsense.
MOST_WAITING = 500
MOST_ROWS = 20_000
#: A question that few people asked is forgotten.
KEPT = timedelta(days=180)
LONGEST = 100
#: An address or a number of somebody may be in it: counted, never readable.
_PERSONAL = re.compile(r"@|\d[\d .-]{6,}\d")

#: So many askers are told apart, in this process only and by a digest that dies with it: who reloads a page ten times must not
#: make their own question readable.
MOST_ASKED = 5_000

_waiting: Counter[str] = Counter()
_asked: set[bytes] = set()
_secret = secrets.token_bytes(32)
_lock = threading.Lock()
_timer: threading.Timer | None = None


def note_miss(text: str, asker: str) -> None:
    """Count one question without an answer, once for each asker. Returns at once and never fails.

    `asker` tells visitors apart, such as their address; it is forgotten at once.
    """
    global _timer
    words = " ".join(text.lower().split())[:LONGEST]
    if not words:
        return
    mark = blake2b(f"{asker}\n{words}".encode(), key=_secret, digest_size=16).digest()
    with _lock:
        if mark in _asked:
            return
        if len(_asked) >= MOST_ASKED:
            _asked.clear()
        _asked.add(mark)
        if words in _waiting or len(_waiting) < MOST_WAITING:
            _waiting[words] += 1
        if _timer is None:
            _timer = threading.Timer(PAUSE, _write_and_close)
            _timer.daemon = True
            _timer.start()


def write_misses() -> None:
    """Move what was counted from memory to the database. What can't be written now is counted on."""
    global _timer
    with _lock:
        counted = Counter(_waiting)
        _waiting.clear()
        _timer = None
    if not counted:
        return
    try:
        with transaction.atomic():
            _write(counted)
    except DatabaseError as error:
        logger.warning("Search statistics wait: %s", type(error).__name__)
        with _lock:
            _waiting.update(counted)


def _write_and_close() -> None:
    try:
        write_misses()
    finally:
        connection.close()


def _write(counted: Counter[str]) -> None:
    SearchMiss.objects.filter(count__lt=READABLE_FROM, last_on__lt=timezone.localdate() - KEPT).delete()
    room = MOST_ROWS - SearchMiss.objects.count()
    for words, times in counted.items():
        digest = salted_hmac("cases.search_statistics", words, algorithm="sha256").hexdigest()
        row = SearchMiss.objects.select_for_update().filter(digest=digest).first()
        if row is None:
            if room <= 0:
                continue
            room -= 1
            row = SearchMiss(digest=digest)
        row.count += times
        if row.count >= READABLE_FROM and not row.words and not _PERSONAL.search(words):
            row.words = words
        row.save()
