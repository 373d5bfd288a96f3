"""The content version and the log of what changed in it.

Two things follow this log: caches (a page is fresh as long as the version is the same) and each node's search index
(which applies the changes it has not seen yet).
"""

import time
from collections.abc import Iterable

from django.db import models, transaction


class ContentVersion(models.Model):
    """One row: the number of the last change to anything a reader can see."""

    number = models.PositiveBigIntegerField(default=0)
    vocabulary_number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "inhoudsversie"

    def __str__(self) -> str:
        return str(self.number)


class ContentChange(models.Model):
    """One change to one thing. `object_pk` is empty when everything of that kind may have changed."""

    class Kind(models.TextChoices):
        """What changed. Codes are stored."""

        CASE = "case", "casus"
        CONCEPT = "concept", "begrip"
        ORGANISATION = "organisation", "organisatie"
        OTHER = "other", "overig"

    version = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    object_pk = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "wijziging"
        ordering = ("version",)

    def __str__(self) -> str:
        return f"{self.version}: {self.kind} {self.object_pk or ''}"


def record_change(kind: ContentChange.Kind, object_pk: int | None) -> None:
    """Give the content a new version, in the transaction that changes it."""
    record_changes(kind, [object_pk])


def record_changes(kind: ContentChange.Kind, object_pks: Iterable[int | None]) -> None:
    """The same for many things at once: each gets a version of its own, so that who follows can stop halfway.

    The one row of ContentVersion is locked until that transaction ends, so versions become visible in their order:
    a follower that has seen a version has seen everything before it. They grow with the clock, so that a database
    put back from a copy, or a new one, never gives a number that stood for something else.
    """
    pks = list(object_pks)
    if not pks:
        return
    with transaction.atomic():
        row, _ = ContentVersion.objects.select_for_update().get_or_create(pk=1)
        first = max(row.number + 1, time.time_ns() // 1_000_000)
        row.number = first + len(pks) - 1
        if kind != ContentChange.Kind.CASE:
            row.vocabulary_number = row.number
        row.save()
        changes = [ContentChange(version=version, kind=kind, object_pk=pk) for version, pk in enumerate(pks, first)]
        ContentChange.objects.bulk_create(changes, batch_size=1000)
