"""Take away somebody's second factor, for when there is no administrator who can do it in the browser."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from barometer_site.accounts.second_factor import reset_second_factor


class Command(BaseCommand):
    help = "Haalt de tweede stap van een account weg: de app, de herstelcodes en de koppeling met de organisatie."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAAM", help="gebruikersnaam")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = get_user_model()._default_manager.filter(username=name).first()
        if user is None:
            raise CommandError(f"Er is geen account met de naam {name}.")
        if reset_second_factor(user):
            self.stdout.write(f"De tweede stap van {name} is weg. Bij het inloggen komt er een nieuwe.")
        else:
            self.stdout.write(f"{name} had geen tweede stap. Er is niets veranderd.")
