"""From climate scores to boxplots: one row a group, never a value of one organisation."""

from ..charts.block import FigureBlock
from ..charts.model import Box, BoxRow
from ..models import Statistic, Verdict
from ..numbers import CLIMATE_SCORE, NumberTable
from ..telling import sources_text
from ..vocabulary import ConceptEntry
from ..wording import result_text
from .figures import ALL_ORGANISATIONS, base_line, block, caution_of, group_csv, group_page_url


def climate_figure(table: NumberTable, groups: list[ConceptEntry], entry: ConceptEntry) -> FigureBlock | None:
    """The spread of the climate score in each group, with one group in colour."""
    rows = [row for group in groups if (row := box_row(table, group, group == entry))]
    everybody = box_row(table, None, False)
    if not any(row.is_shown for row in rows):
        return None
    means = {group.pk: number for group in groups if (number := table.get(CLIMATE_SCORE, group, Statistic.MEAN))}
    known = [number for number in means.values() if number.is_known]
    own = means.get(entry.pk)
    highest = max(known, key=lambda number: number.value or 0)
    if own and own.is_known:
        title = f"{entry.name}: gemiddeld {result_text(own)} voor het innovatieklimaat"
        title += {
            Verdict.MORE: ", hoger dan de rest",
            Verdict.LESS: ", lager dan de rest",
            Verdict.SAME: ", niet duidelijk anders dan de rest",
        }.get(Verdict(own.verdict) if own.verdict else Verdict.UNKNOWN, "")
    else:
        name = highest.group.name if highest.group else ALL_ORGANISATIONS
        title = f"De hoogste gemiddelde score voor het innovatieklimaat: {name}, {result_text(highest)}"
    chart = Box(
        title=title,
        question=known[0].indicator.question or known[0].indicator.name,
        base=base_line(known),
        source=sources_text(known),
        note=caution_of(known),
        row_head="Groep",
        is_example=table.edition.is_example,
        rows=tuple(rows + ([everybody] if everybody else [])),
    )
    return block(chart, group_page_url(table, entry), group_csv(table, entry))


def box_row(table: NumberTable, group: ConceptEntry | None, highlighted: bool) -> BoxRow | None:
    """The scores of one group; nothing when it was not measured."""
    label = group.name if group else ALL_ORGANISATIONS
    url = group.url if group else ""
    mean = table.get(CLIMATE_SCORE, group, Statistic.MEAN)
    if mean is None:
        return None
    if mean.withheld:
        return BoxRow(label=label, withheld=mean.withheld, highlighted=highlighted, url=url)

    def part(statistic: Statistic) -> float | None:
        number = table.get(CLIMATE_SCORE, group, statistic)
        return number.value if number else None

    return BoxRow(
        label=label,
        q1=part(Statistic.LOWER_QUARTILE),
        median=part(Statistic.MEDIAN),
        q3=part(Statistic.UPPER_QUARTILE),
        p10=part(Statistic.LOWER_TENTH),
        p90=part(Statistic.UPPER_TENTH),
        mean=mean.value,
        n=mean.n,
        highlighted=highlighted,
        url=url,
    )
