"""A chart of every kind, with the names and numbers that give trouble: long, vague, withheld, unreadable."""

from survey.charts.model import (
    AnyChart,
    Bars,
    Box,
    BoxRow,
    Development,
    Distribution,
    Diverging,
    DivergingRow,
    Reference,
    Row,
    Value,
)
from survey.models import Qualifier, Withheld

FEW = Value(withheld=Withheld.FEW)
UNREADABLE = Value(qualifier=Qualifier.UNKNOWN)


def share(value: float, margin: float = 8.0, n: int = 40) -> Value:
    """A computed percentage with its interval."""
    return Value(value=value, low=value - margin, high=value + margin, n=n, decimals=0)


def row(label: str, *values: Value, highlighted: bool = False) -> Row:
    """One row."""
    return Row(label=label, values=values, highlighted=highlighted)


def bars(*rows: Row, title: str = "Waterschappen werken het vaakst samen", is_example: bool = False) -> Bars:
    """Bars of one series."""
    return Bars(
        title=title,
        question="Met wie werkte je samen?",
        base="366 organisaties, editie 2021",
        source="Bron: Innovatie Barometer Overheid 2021",
        row_head="Sector",
        rows=rows,
        is_example=is_example,
    )


SECTORS = bars(
    row("Gemeenten", share(31.2, n=120)),
    row("Provincies", FEW),
    row("Waterschappen", share(72.4, 14, 21), highlighted=True),
    row("Privaatrechtelijke publieke organisaties", share(38.0)),
    row("Rechtspraak", Value(withheld=Withheld.PROTECTS)),
    row("Hoge Colleges van Staat", UNREADABLE),
)

VAGUE = bars(
    row("Eigen medewerkers", Value(value=60, qualifier=Qualifier.ALMOST)),
    row("Wet- en regelgeving", Value(value=75, qualifier=Qualifier.MORE_THAN)),
    row("Overgenomen", Value(value=25, qualifier=Qualifier.ABOUT)),
    row("Innoveert", Value(value=77, value_to=81, qualifier=Qualifier.BETWEEN)),
    row("Burgers", Value(value=15, qualifier=Qualifier.AT_MOST)),
    row("Reorganisaties", Value(value=30, qualifier=Qualifier.LESS_THAN)),
)

COUNTRIES = Bars(
    title="Nederlandse innovaties komen vaker van medewerkers dan Deense",
    series=("Nederland", "Denemarken"),
    reference=Reference("Alle landen: 40%", 40.0),
    rows=(
        row("Eigen medewerkers", Value(value=60, qualifier=Qualifier.ALMOST), Value(value=50)),
        row("Burgers", Value(value=15), Value(value=11, qualifier=Qualifier.ABOUT)),
        row("Reorganisaties", Value(value=8), UNREADABLE),
    ),
)

FACTORS = Diverging(
    title="Collega's helpen, tijd en geld hinderen",
    row_head="Factor",
    rows=(
        DivergingRow(
            label="Steun van collega's",
            hindered=share(12),
            neutral=share(20),
            helped=share(68),
            average_hindered=18,
            average_helped=55,
        ),
        DivergingRow(label="Tijd en geld", hindered=share(61), neutral=share(25), helped=share(14), highlighted=True),
        DivergingRow(label="Regels", hindered=FEW, neutral=FEW, helped=FEW),
        DivergingRow(label="Omgang met fouten", hindered=FEW, neutral=FEW, helped=share(44)),
    ),
)

CLIMATE = Box(
    title="Zbo's hebben het sterkste innovatieklimaat",
    row_head="Sector",
    rows=(
        BoxRow(label="Gemeenten", q1=3.2, median=3.6, q3=4.0, p10=2.7, p90=4.4, mean=3.62, n=120),
        BoxRow(label="Zbo's", q1=3.6, median=4.0, q3=4.4, p10=3.0, p90=4.8, mean=3.94, n=60, highlighted=True),
        BoxRow(label="Gemeenschappelijke regelingen", mean=3.41, n=14),
        BoxRow(label="Provincies", withheld=Withheld.FEW),
    ),
)

TYPES = Distribution(
    title="De meeste innovaties zijn er twee tegelijk",
    classes=("1 type", "2 typen", "3 typen"),
    rows=(
        row("Alle organisaties", Value(value=24), Value(value=40), Value(value=36, qualifier=Qualifier.ABOUT)),
        row("Gemeenten", Value(value=50), FEW, FEW),
        row("Waterschappen", Value(value=61), Value(value=22), FEW),
    ),
)

YEARS = Development(
    title="Samenwerken nam toe",
    editions=("2021", "2023", "2025"),
    rows=(
        row("Alle organisaties", Value(value=44, qualifier=Qualifier.ABOUT), share(49.0), share(55.0)),
        row("Waterschappen", FEW, share(51.0), UNREADABLE),
    ),
)

EVERY_KIND: dict[str, AnyChart] = {
    "bars": SECTORS,
    "vague": VAGUE,
    "countries": COUNTRIES,
    "factors": FACTORS,
    "climate": CLIMATE,
    "types": TYPES,
    "years": YEARS,
}
