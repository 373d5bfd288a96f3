"""From how many answers on something may be told: all thresholds of disclosure control, in this one place."""

from dataclasses import dataclass

from django.conf import settings

#: No setting and no code can go below this.
FLOOR = 10
FLOOR_OF_SMALL_COUNT = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds in numbers of respondents; ValueError when one is lower than the project promises its readers.

    `least_answers`: the smallest base of a group that is shown. `small_count`: a count below it, or as close to the
    whole base, is not given exactly. `quartiles_from`, `tenths_from`: base from which a score shows them.
    """

    least_answers: int = FLOOR
    small_count: int = FLOOR_OF_SMALL_COUNT
    quartiles_from: int = 20
    tenths_from: int = 50

    def __post_init__(self) -> None:
        if self.least_answers < FLOOR:
            raise ValueError(f"least_answers is {self.least_answers}; it can be {FLOOR} or more, never less")
        if not FLOOR_OF_SMALL_COUNT <= self.small_count <= self.least_answers // 2 - 1:
            # Above the half the ranges for "nearly nobody" and "nearly everybody" would meet.
            raise ValueError(f"small_count is {self.small_count}; it goes from 3 to less than half of least_answers")
        if self.quartiles_from < 2 * FLOOR or self.tenths_from < 5 * FLOOR:
            raise ValueError(f"quartiles ask for {2 * FLOOR} answers and tenths for {5 * FLOOR}, or more")

    @classmethod
    def from_settings(cls) -> "Rules":
        """The rules of this installation: `DISCLOSURE_THRESHOLD` raises them all in proportion; it can't lower them."""
        least = max(FLOOR, int(getattr(settings, "DISCLOSURE_THRESHOLD", FLOOR)))
        return cls(least_answers=least, quartiles_from=2 * least, tenths_from=5 * least)
