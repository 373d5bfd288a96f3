"""How numbers are said."""

from dataclasses import dataclass, field

import pytest

from survey.models import Indicator, Provenance, Qualifier, Statistic, Withheld
from survey.wording import COUNT, PERCENT, POINTS, SCORE, in_ten, interval_text, number_text, result_text


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "value_to", "source_says", "expected"),
    [
        (49.0, PERCENT, Qualifier.EXACT, None, "", "49%"),
        (60.0, PERCENT, Qualifier.ALMOST, None, "bijna 60 procent", "bijna 60%"),
        (75.0, PERCENT, Qualifier.MORE_THAN, None, "meer dan driekwart", "meer dan 75%"),
        (70.0, PERCENT, Qualifier.MORE_THAN, None, "ruim 70 procent", "ruim 70%"),
        (10.0, PERCENT, Qualifier.MORE_THAN, None, "iets meer dan 10 procent", "iets meer dan 10%"),
        (25.0, PERCENT, Qualifier.ABOUT, None, "een kwart", "ongeveer 25%"),
        (30.0, PERCENT, Qualifier.LESS_THAN, None, "minder dan 30 procent", "minder dan 30%"),
        (15.0, PERCENT, Qualifier.AT_MOST, None, "niet meer dan circa 15 procent", "niet meer dan ongeveer 15%"),
        (77.0, PERCENT, Qualifier.BETWEEN, 81.0, "", "77 tot 81%"),
        (66.7, PERCENT, Qualifier.ALMOST, None, "bijna tweederde", "bijna twee derde"),
        (66.7, PERCENT, Qualifier.EXACT, None, "66,7%", "66,7%"),
        (26.6, PERCENT, Qualifier.EXACT, None, "26,6%", "26,6%"),
        (25.0, PERCENT, Qualifier.EXACT, None, "25,0%", "25,0%"),
        (26.6, PERCENT, Qualifier.EXACT, None, "", "27%"),
        (12.5, PERCENT, Qualifier.EXACT, None, "", "13%"),
        (0.3, PERCENT, Qualifier.EXACT, None, "", "minder dan 1%"),
        (99.7, PERCENT, Qualifier.EXACT, None, "", "meer dan 99%"),
        (0.0, PERCENT, Qualifier.EXACT, None, "", "0%"),
        (3.7, SCORE, Qualifier.EXACT, None, "", "3,7"),
        (3.0, SCORE, Qualifier.EXACT, None, "", "3,0"),
        (2.25, SCORE, Qualifier.EXACT, None, "", "2,25"),
        (3.71234, SCORE, Qualifier.EXACT, None, "", "3,7"),
        (5.0, SCORE, Qualifier.ALMOST, None, "bijna de maximale 5", "bijna 5"),
        (1374.0, COUNT, Qualifier.EXACT, None, "1.374", "1.374"),
        (1400.0, COUNT, Qualifier.ALMOST, None, "", "bijna 1.400"),
        (20.0, POINTS, Qualifier.EXACT, None, "", "20 procentpunten"),
        (1.0, POINTS, Qualifier.EXACT, None, "", "1 procentpunt"),
        (-3.0, POINTS, Qualifier.EXACT, None, "", "−3 procentpunten"),
        (None, PERCENT, Qualifier.EXACT, None, "", "niet leesbaar in de bron"),
        (40.0, PERCENT, Qualifier.UNKNOWN, None, "", "niet leesbaar in de bron"),
    ],
)
def test_a_number_is_said_as_exactly_as_its_source(
    value: float | None, unit: str, qualifier: str, value_to: float | None, source_says: str, expected: str
) -> None:
    assert number_text(value, unit, qualifier, value_to, source_says) == expected


def test_every_qualifier_can_be_said() -> None:
    said = {number_text(40, PERCENT, qualifier) for qualifier in Qualifier}
    assert len(said) == len(Qualifier) - 1, "Only 'ongeveer' and a range without an end sound the same."


@dataclass
class SomeIndicator:
    """What a unit is read from."""

    unit: str = Indicator.Unit.PERCENT


@dataclass
class SomeResult:
    """What is said, without a database."""

    value: float | None = None
    value_to: float | None = None
    qualifier: str = Qualifier.EXACT
    wording: str = ""
    statistic: str = Statistic.SHARE
    provenance: str = Provenance.COMPUTED
    withheld: str = ""
    indicator: SomeIndicator = field(default_factory=SomeIndicator)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (SomeResult(37.6), "38%"),
        (SomeResult(37.6, provenance=Provenance.PUBLISHED, wording="37,6%"), "37,6%"),
        (SomeResult(withheld=Withheld.FEW), "te weinig antwoorden"),
        (SomeResult(withheld=Withheld.PROTECTS), "zou een kleine groep verraden"),
        (SomeResult(withheld=Withheld.NOT_ASKED), "niet gevraagd"),
        (SomeResult(provenance=Provenance.PUBLISHED, qualifier=Qualifier.UNKNOWN), "niet leesbaar in de bron"),
        (SomeResult(3.75, statistic=Statistic.MEAN, indicator=SomeIndicator(Indicator.Unit.SCORE)), "3,8"),
        (SomeResult(0.874, statistic=Statistic.RELIABILITY, indicator=SomeIndicator(Indicator.Unit.SCORE)), "0,87"),
        (SomeResult(22.0, statistic=Statistic.GAP), "22 procentpunten"),
        (SomeResult(31.4, statistic=Statistic.HINDERED, indicator=SomeIndicator(Indicator.Unit.SCORE)), "31%"),
        (SomeResult(366.0, statistic=Statistic.COUNT), "366"),
    ],
)
def test_a_result_is_said_with_its_unit_or_its_reason(result: SomeResult, expected: str) -> None:
    assert result_text(result) == expected


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (58.0, Qualifier.EXACT, "bijna 6 op de 10"),
        (60.0, Qualifier.ALMOST, "bijna 6 op de 10"),
        (52.0, Qualifier.EXACT, "ruim de helft"),
        (50.0, Qualifier.EXACT, "de helft"),
        (25.0, Qualifier.ABOUT, "ongeveer een kwart"),
        (66.7, Qualifier.ALMOST, "bijna twee derde"),
        (33.0, Qualifier.EXACT, "een derde"),
        (17.0, Qualifier.EXACT, "ongeveer 1 op de 6"),
        (94.0, Qualifier.EXACT, "ruim 9 op de 10"),
        (98.5, Qualifier.EXACT, "bijna iedereen"),
        (1.0, Qualifier.EXACT, "bijna niemand"),
        (100.0, Qualifier.EXACT, "iedereen"),
        (15.0, Qualifier.AT_MOST, "niet meer dan ongeveer 15%"),
        (27.0, Qualifier.ALMOST, "bijna 27%"),
    ],
)
def test_a_share_in_words_that_people_use(value: float, qualifier: str, expected: str) -> None:
    assert in_ten(value, qualifier) == expected


def test_words_never_overstate_by_more_than_a_few_percent() -> None:
    """Whoever reads "bijna" or "ruim" is never more than half a tenth off."""
    parts = {"de helft": 50, "een kwart": 25, "een derde": 33, "twee derde": 67, "driekwart": 75}
    for value in range(20, 95):
        words = in_ten(value)
        part = next((number for name, number in parts.items() if words.endswith(name)), None)
        if part is None:
            said = words.split(" op de ")
            part = 100 * int(said[0].split()[-1]) // int(said[1])
        assert abs(part - value) <= 5, words
        assert not (words.startswith("bijna") and value > part), words
        assert not (words.startswith("ruim") and value < part), words


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        (34.6, 44.8, PERCENT, "tussen 35 en 45%"),
        (3.52, 3.91, SCORE, "tussen 3,5 en 3,9"),
        (34.6, 35.2, PERCENT, "ongeveer 35%"),
        (1200, 1400, COUNT, "tussen 1.200 en 1.400"),
    ],
)
def test_an_interval_is_said_with_both_ends(low: float, high: float, unit: str, expected: str) -> None:
    assert interval_text(low, high, unit) == expected
