"""Load the files of `content/`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from barometer_site.accounts.roles import ensure_roles
from barometer_site.content import ensure_tree, load_pages, page_files
from cases.collection_content import collection_files, load_collections
from cases.content import case_files, load_cases, organisation_files
from cases.synonym_content import load_synonyms, synonym_files
from survey.barometer_content import edition_files, indicator_files, load_barometer, table_files
from survey.content import concept_files, load_vocabulary, publication_files, scheme_files
from survey.content_files import ContentError, LoadReport


class Command(BaseCommand):
    """Make what is new, renew what changed in the files, leave alone what editors changed."""

    help = "Laadt de bestanden uit content/. Kan altijd opnieuw; wat redacteuren wijzigden blijft zoals het is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Another folder, for tests and for content that is under review."""
        parser.add_argument("--folder", type=Path, default=settings.CONTENT_DIR, help="map met de bestanden")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Load, with a bar that shows how far we are."""
        if not folder.is_dir():
            raise CommandError(f"De map {folder} bestaat niet.")
        report = LoadReport()
        try:
            cases = len(list(case_files(folder)))
            barometer = folder / "barometer"
            others = (publication_files(folder), scheme_files(folder / "concepts"), concept_files(folder / "concepts"))
            numbers = (edition_files(barometer), indicator_files(barometer), table_files(barometer))
            total = 2 * cases + sum(
                len(list(files))
                for files in (
                    *others,
                    *numbers,
                    organisation_files(folder),
                    page_files(folder),
                    collection_files(folder),
                    synonym_files(folder),
                )
            )
            with tqdm(total=total, desc="Inhoud laden", unit=" bestanden", disable=not options["verbosity"]) as bar:
                load_vocabulary(folder, report, bar.update)
                load_barometer(folder, report, bar.update)
                index = ensure_tree()
                load_pages(folder, report, bar.update)
                load_cases(folder, index, report, bar.update)
                load_collections(folder, index.get_parent(), report, bar.update)
                load_synonyms(folder, report, bar.update)
        except ContentError as error:
            raise CommandError(str(error)) from error
        finally:
            ensure_roles()  # a mistake in a file doesn't keep editors from their work
        self.stdout.write(f"Inhoud geladen: {report}.")
