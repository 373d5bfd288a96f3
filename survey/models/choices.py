"""What a number of the barometer can be: its kind, how exact, whose, and why it is not shown."""

from django.db import models


class Statistic(models.TextChoices):
    """What kind of number a result is. Codes are stored; names stand in downloads."""

    SHARE = "aandeel", "aandeel"
    COUNT = "aantal", "aantal"
    MEAN = "gemiddelde", "gemiddelde"
    LOWER_QUARTILE = "q1", "eerste kwartiel"
    MEDIAN = "mediaan", "mediaan"
    UPPER_QUARTILE = "q3", "derde kwartiel"
    LOWER_TENTH = "p10", "grens van de laagste 10 procent"
    UPPER_TENTH = "p90", "grens van de hoogste 10 procent"
    LOWEST = "laagste", "laagste waarde"
    HIGHEST = "hoogste", "hoogste waarde"
    HELPED = "hielp", "aandeel dat zegt: hielp"
    NEUTRAL = "neutraal", "aandeel dat zegt: maakte niet uit"
    HINDERED = "hinderde", "aandeel dat zegt: hinderde"
    GAP = "verschil-met-beperkt", "verschil met een beperkt klimaat"
    RELIABILITY = "alfa", "Cronbachs alfa"

    @property
    def is_share(self) -> bool:
        """A part of the organisations, in percent."""
        return self in SHARES


SHARES = frozenset({Statistic.SHARE, Statistic.HELPED, Statistic.NEUTRAL, Statistic.HINDERED})


class Qualifier(models.TextChoices):
    """How exactly the source gives the value. Codes are stored; names stand before the number."""

    EXACT = "precies", ""
    ABOUT = "ongeveer", "ongeveer"
    ALMOST = "bijna", "bijna"
    MORE_THAN = "meer-dan", "meer dan"
    LESS_THAN = "minder-dan", "minder dan"
    AT_MOST = "hoogstens", "niet meer dan ongeveer"
    BETWEEN = "tussen", "tussen"
    UNKNOWN = "onbekend", "niet in de bron"


class Provenance(models.TextChoices):
    """Whose number it is. Codes are stored."""

    PUBLISHED = "gepubliceerd", "overgenomen uit een publicatie"
    COMPUTED = "berekend", "berekend uit de antwoorden"
    EXAMPLE = "voorbeeld", "berekend uit verzonnen antwoorden"


class Withheld(models.TextChoices):
    """Why a number is not shown. Codes are stored; names are what the reader sees."""

    FEW = "te-weinig", "te weinig antwoorden"
    PROTECTS = "beschermt-anderen", "zou een kleine groep verraden"
    NOT_ASKED = "niet-gevraagd", "niet gevraagd"


class Verdict(models.TextChoices):
    """Whether a group differs from all others together by more than chance, after correction for how many we look at."""

    MORE = "hoger", "hoger dan bij de rest"
    LESS = "lager", "lager dan bij de rest"
    SAME = "geen-verschil", "geen verschil dat meer is dan toeval"
    UNKNOWN = "onbekend", "te weinig antwoorden om dat te zeggen"
