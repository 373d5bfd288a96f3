"""Build the search index anew."""

from collections.abc import Callable
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from cases.index import case_index
from cases.search_source import DatabaseCases


def bar_follower(bar: "tqdm[NoReturn]") -> Callable[[int], None]:
    """The bar as the index reports: how many are done in all."""

    def follow(done: int) -> None:
        bar.update(done - bar.n)

    return follow


class Command(BaseCommand):
    """The index is derived from the database; readers keep the old one until the new one is ready."""

    help = "Bouwt de zoekindex opnieuw op uit de database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only when needed, for the start of the site."""
        parser.add_argument("--if-needed", action="store_true", help="alleen als de index ontbreekt of achterloopt")

    def handle(self, *args: Any, if_needed: bool, **options: Any) -> None:
        """Build, with a bar that shows how far we are."""
        index = case_index()
        total = DatabaseCases().count()
        if if_needed:
            index.searcher()
        else:
            with tqdm(total=total, desc="Zoekindex", unit=" casussen", disable=not options["verbosity"]) as bar:
                index.rebuild(bar_follower(bar))
        self.stdout.write(f"De zoekindex is bij: {total} casussen.")
