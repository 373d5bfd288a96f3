"""Remove what senders of cases were promised would go."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.submissions.retention import clean_submissions


class Command(BaseCommand):
    """Run it every hour or day; once more does no harm."""

    help = "Verwijdert concepten die niemand verstuurde en contactgegevens die lang genoeg bewaard zijn."

    def handle(self, *args: Any, **options: Any) -> None:
        """Clean, and say how much."""
        done = clean_submissions()
        if done.drafts or done.withdrawn or done.contacts or options["verbosity"]:
            self.stdout.write(
                f"Verwijderd: {done.drafts} concepten, {done.withdrawn} ingetrokken inzendingen, "
                f"contactgegevens bij {done.contacts} inzendingen."
            )
