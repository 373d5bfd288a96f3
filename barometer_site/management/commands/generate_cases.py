"""Fill a data folder of its own with invented cases, to see how the site behaves with very many."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from barometer_site.accounts.roles import ensure_roles
from barometer_site.content import ensure_tree, load_pages
from cases.generating.writing import RealContentError, generate, refuse_beside_real_content
from cases.synonym_content import load_synonyms
from survey.barometer_content import load_barometer
from survey.content import load_vocabulary
from survey.content_files import LoadReport


class Command(BaseCommand):
    """Our own vocabulary and pages, and cases that nobody can take for real ones."""

    help = "Vult een lege gegevensmap met verzonnen casussen. Weigert naast echte casussen, en op een site voor het internet."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and which."""
        parser.add_argument("number", type=int, metavar="N", help="hoeveel casussen er in totaal moeten zijn")
        parser.add_argument("--seed", type=int, default=1, help="een andere reeks casussen (anders 1)")

    def handle(self, *args: Any, number: int, seed: int, **options: Any) -> None:
        """Load what the cases refer to, then make those that are missing."""
        quiet = not options["verbosity"]
        if number < 1 or seed < 0:
            raise CommandError("Geef een aantal van 1 of meer, en een seed van 0 of meer.")
        try:
            refuse_beside_real_content(seed)
            with tqdm(desc="Begrippen en pagina's", unit=" bestanden", disable=quiet) as bar:
                load_vocabulary(settings.CONTENT_DIR, LoadReport(), bar.update)
                load_barometer(settings.CONTENT_DIR, LoadReport(), bar.update)
                ensure_tree()
                load_pages(settings.CONTENT_DIR, LoadReport(), bar.update)
                load_synonyms(settings.CONTENT_DIR, LoadReport(), bar.update)
                ensure_roles()
            with tqdm(total=number, desc="Verzonnen casussen", unit=" casussen", disable=quiet) as bar:
                made = generate(number, seed, bar.update)
        except RealContentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{made} verzonnen casussen gemaakt; {number - made} waren er al. Nu nog: script/manage rebuild_index"
        )
