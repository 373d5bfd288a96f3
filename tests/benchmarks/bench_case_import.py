"""How many cases a second are imported, and how much longer that takes than only writing their rows in the database.

    python tests/benchmarks/bench_case_import.py [--rows 1000 20000 100000]

Times are those of the processor, so that other work on the machine does not count. Each size gets a database of its own with a small vocabulary, in a process of its own. *import* is everything: reading,
checking, writing, the search index. *rows alone* writes one page and one case a row with `bulk_create`, nothing else.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

#: The budgets: at least so many cases a second, and at most so many MB.
LEAST_PER_SECOND, MOST_MEGABYTES = 150, 700
CONCEPTS = {
    "sector": ["gemeenten", "provincies", "waterschappen", "rijk"],
    "land": ["nederland", "belgie"],
    "fase": ["idee", "proef", "gebruik", "opschaling"],
    "factor": ["tijd", "geld", "leiding", "kennis", "ruimte", "steun", "cultuur", "regels"],
    "patroon": ["brug", "olifant", "diepvries", "lege-plek"],
}
TEXT = """de gemeente provincie dienst proef burger formulier afspraak collega gegevens systeem kaart wijk water dijk weg zorg
school vergunning balie telefoon brief rekening toeslag jeugd energie warmte park haven inkoop leverancier jaar maand
begint stopt leert vraagt bouwt deelt betaalt kiest meet helpt werkt groeit mislukt slaagt duurt kost met zonder voor
door over naar niet ook nog snel langzaam samen alleen nieuw oud groot klein open gesloten veel weinig"""
WORDS = TEXT.split()


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def sentence(chance: random.Random, words: int) -> str:
    """Words in a row, written as a sentence."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def generated(rows: int) -> Iterator[dict[str, Any]]:
    """Cases that look like ours: about three thousand characters, six ties, two sources."""
    chance = random.Random(20210215)
    for number in range(rows):
        paragraphs = [f"<p>{sentence(chance, 30)} {sentence(chance, 30)}</p>" for _ in range(5)]
        yield {
            "slug": f"gemaakt-{number}",
            "titel": f"{sentence(chance, 5)[:-1]} {number}",
            "uitkomst": chance.choice(["geslaagd", "lopend", "gestopt", "briljante-mislukking"]),
            "sector": chance.choice(CONCEPTS["sector"]),
            "land": "nederland",
            "fase": chance.choice(CONCEPTS["fase"]),
            "jaar": chance.randint(1995, 2024),
            "samenvatting": sentence(chance, 25)[:300],
            "in_het_kort": "\n".join(sentence(chance, 12) for _ in range(3)),
            **dict(zip(("bedoeling", "aanpak", "resultaat", "lessen", "kan_dit_bij_ons"), paragraphs, strict=True)),
            "koppelingen": [
                {
                    "schema": scheme,
                    "begrip": slug,
                    "toelichting": sentence(chance, 10),
                    "grond": "vermeld",
                    "werking": "",
                }
                for scheme, count in (("factor", 4), ("patroon", 2))
                for slug in chance.sample(CONCEPTS[scheme], count)
            ],
            "bronnen": [
                {"titel": sentence(chance, 4), "adres": f"https://example.org/{number}/{source}"} for source in range(2)
            ],
            "verwant": [{"casus": f"gemaakt-{number - 1}", "reden": sentence(chance, 6)}] if number else [],
        }


def run(rows: int, folder: Path) -> dict[str, float]:
    """One import in this process, in an empty database."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from factories import make_concept

    from barometer_site.content import ensure_tree
    from cases.importing.checking import check
    from cases.importing.writing import Choices, take_over

    ensure_tree()
    for scheme, slugs in CONCEPTS.items():
        for slug in slugs:
            make_concept(f"{scheme}/{slug}")
    path = folder / "casussen.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for case in generated(rows):
            file.write(json.dumps(case, ensure_ascii=False) + "\n")
    seconds: dict[str, float] = {}
    start = time.process_time()
    check(path, folder)
    seconds["check"] = time.process_time() - start
    noted: list[float] = []
    take_over(
        folder,
        Choices(only_good_rows=False, publish=True),
        lambda share, text: None,
        lambda _: noted.append(time.process_time()),
    )
    seconds["write"] = noted[0] - start - seconds["check"]
    seconds["index"] = time.process_time() - noted[0]
    seconds["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds["alone"] = rows_alone(rows)
    return seconds


def rows_alone(rows: int) -> float:
    """Only the page and the case of each, written the quickest way that there is."""
    from django.db import transaction
    from wagtail.models import Page

    from cases.importing.tree import NewPages
    from cases.models import CasePage

    with transaction.atomic():
        Page.objects.filter(slug__startswith="gemaakt-").update(slug="vorige")
        cases = [
            CasePage(
                slug=case["slug"],
                title=case["titel"],
                outcome=case["uitkomst"],
                introduction=case["samenvatting"],
                intention=case["bedoeling"],
                approach=case["aanpak"],
                result=case["resultaat"],
                lessons=case["lessen"],
                transfer=case["kan_dit_bij_ons"],
            )
            for case in generated(rows)
        ]
        start = time.process_time()
        NewPages().add(cases)
        took = time.process_time() - start
        transaction.set_rollback(True)
    return took


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--run", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        sys.stdout.write(json.dumps(run(asked.run, Path(os.environ["DATA_DIR"]))) + "\n")
        return
    say(f"Budgets: {LEAST_PER_SECOND} cases a second, {MOST_MEGABYTES} MB.")
    for rows in asked.rows:
        with tempfile.TemporaryDirectory() as folder:
            # A database in a file, as a site has; the settings of the tests keep it in memory.
            environment = os.environ | {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "barometer_site.settings.local"}
            command = [sys.executable, __file__, "--run", str(rows)]
            out = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        found = json.loads(out.stdout.splitlines()[-1])
        total = found["check"] + found["write"] + found["index"]
        say(
            f"{rows:>7} rows: {rows / total:5.0f} a second; check {found['check']:.1f} s, write {found['write']:.1f} s, index "
            f"{found['index']:.1f} s, {found['megabytes']:.0f} MB; {total / found['alone']:.1f} times rows alone"
        )


if __name__ == "__main__":
    main()
