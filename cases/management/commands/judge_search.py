"""Measure how good search is on the judged questions."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from cases.models import CasePage
from cases.search_compared import our_search, wagtail_over_all_texts
from cases.search_judging import KINDS, NO_ANSWER, Answer, JudgementError, Score, ask, read_judgements, scores

#: Below this, `--failures` shows a question.
POOR = 0.5
HEADINGS = ("soort vraag", "vragen", "nDCG@10", "tune", "hold", "top 3", "niets", "fout")
WIDTHS = (16, 7, 9, 7, 7, 7, 7, 6)


class Command(BaseCommand):
    """Reads the published cases of this database; changes nothing."""

    help = "Meet hoe goed het zoeken is, met zoekvragen waarvan bekend is welke casussen erbij horen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file",
            type=Path,
            default=settings.BASE_DIR / "tests" / "judged" / "queries.yaml",
            help="bestand met zoekvragen (standaard tests/judged/queries.yaml)",
        )
        parser.add_argument(
            "--failures", action="store_true", help=f"toon ook de vragen met een nDCG onder {POOR} en wat bovenaan kwam"
        )
        parser.add_argument(
            "--compare", action="store_true", help="meet ook het zoeken van Wagtail zelf, op deze database"
        )

    def handle(self, *args: Any, file: Path, failures: bool, compare: bool, **options: Any) -> None:
        try:
            judgements = read_judgements(file)
        except JudgementError as error:
            raise CommandError(str(error)) from error
        known = set(CasePage.objects.published().values_list("slug", flat=True))
        if not known:
            raise CommandError("Er zijn nog geen casussen. Laad eerst de inhoud: script/manage load_content.")
        missing = sorted(frozenset().union(*(judgement.slugs for judgement in judgements)) - known)
        if missing:
            self.stderr.write(f"Deze casussen uit {file.name} staan niet op deze site: {', '.join(missing)}.")
        engines = {"Zoeken van de kennisbank": ask(judgements, our_search())}
        if compare:
            with wagtail_over_all_texts() as search:
                engines[f"Zoeken van Wagtail op {connection.vendor}"] = ask(judgements, search)
        for name, answers in engines.items():
            self._table(name, answers)
        if failures:
            for name, answers in engines.items():
                self._failures(name, answers)

    def _table(self, name: str, answers: list[Answer]) -> None:
        found = scores(answers)
        self._row(name)
        self._row(*HEADINGS)
        for kind, of_kind in found.items():
            if kind:
                self._row(KINDS[kind], *_cells(of_kind))
        self._row("alle met antwoord", *_cells(found[""]))
        self._row("")

    def _row(self, *cells: str) -> None:
        first, *rest = cells
        line = first.ljust(WIDTHS[0] + 2) + "".join(
            cell.rjust(width) for cell, width in zip(rest, WIDTHS[1:], strict=False)
        )
        self.stdout.write(line.rstrip())

    def _failures(self, name: str, answers: list[Answer]) -> None:
        self._row(f"{name}: wat niet goed ging")
        for given in answers:
            judgement = given.judgement
            wrong = not given.empty if judgement.kind == NO_ANSWER else given.ndcg < POOR
            if wrong:
                came = "fout" if given.failed else ", ".join(given.found[:3]) or "niets"
                best = [slug for slug, grade in judgement.grades.items() if grade == max(judgement.grades.values())]
                wanted = ", ".join(best[:3]) or "niets"
                self.stdout.write(
                    f"  {judgement.kind:<13} {given.ndcg:.2f}  {judgement.query}\n"
                    f"{'':21} kwam: {came}\n{'':21} goed: {wanted}"
                )
        self._row("")


def _cells(found: Score) -> list[str]:
    shares = (found.ndcg, *found.ndcg_of_half.values(), found.success, found.empty)
    return [str(found.queries), *("" if share is None else f"{share:.3f}" for share in shares), str(found.failed or "")]
