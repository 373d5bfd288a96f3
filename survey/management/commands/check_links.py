"""Look whether the addresses that we point to still answer."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from survey.link_checks import MOST, check_links


def a_number(text: str) -> int:
    """From 1 on."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError("geef een getal van 1 of hoger")
    return int(text)


class Command(BaseCommand):
    """Meant for every night. What was visited today is passed over, so it can be stopped and started again."""

    help = (
        "Bezoekt de links in casussen, begrippen, publicaties en organisaties, en noteert welke dood of verhuisd zijn."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=a_number, default=MOST, help=f"bezoek er hoogstens zoveel (nu {MOST})")

    def handle(self, *args: Any, most: int, **options: Any) -> None:
        with tqdm(desc="Links bekijken", unit=" links", disable=not options["verbosity"], mininterval=1) as bar:

            def show(total: int) -> None:
                bar.total = total
                bar.update()

            report = check_links(most, progress=show)
        if report.is_offline:
            self.stdout.write("Niet één link antwoordde. Deze server kan niet bij het internet; er is niets genoteerd.")
            return
        self.stdout.write(
            f"Links: {report.visited} bekeken, {report.dead} dood, {report.failing} antwoordden niet, "
            f"{report.moved} verhuisd, {report.refused} niet bezocht. Nog {report.waiting} te gaan vandaag."
        )
