"""Public codes of a case. They stand in addresses, exports and the search index; labels may change, codes may not."""

from django.db import models


class Outcome(models.TextChoices):
    """How the innovation ended, or that it is still running."""

    SUCCEEDED = "geslaagd", "Geslaagd"
    RUNNING = "lopend", "Lopend"
    STOPPED = "gestopt", "Gestopt"
    BRILLIANT_FAILURE = "briljante-mislukking", "Briljante mislukking"


class Certainty(models.TextChoices):
    """How sure we are of the story: told by the organisation (or an award) itself, or by others."""

    OWNER = "A", "Bevestigd: verteld door de organisatie zelf of door een prijs"
    SECONDARY = "B", "Nog niet door de organisatie bevestigd"


class Basis(models.TextChoices):
    """Whether a source says it, or we read it in the source."""

    STATED = "vermeld", "De bron noemt dit"
    INFERRED = "afgeleid", "Onze lezing"


class Effect(models.TextChoices):
    """What a factor did in this case."""

    HELPED = "hielp", "Hielp"
    HINDERED = "hinderde", "Hinderde"


#: Fields of a case that are all true of a brilliant failure.
CONDITIONS = ("meant_well", "prepared_well", "ended_otherwise", "shared_lessons")
