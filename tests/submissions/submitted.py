"""What people without an account sent, as it stands in the database; and who handles it."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from factories import make_case
from senders import sent_by

from barometer_site.accounts.roles import ensure_roles
from cases.models import CaseKeeper, CasePage, Report, Submission

NUMBERS = count(1)


def make_submission(**fields: Any) -> Submission:
    """A case that was sent in."""
    return sent_by(**({"title": f"Ingezonden casus {next(NUMBERS)}", "sent_at": timezone.now()} | fields))[1]


def make_report(case: CasePage | None = None, **fields: Any) -> Report:
    """A reader says that something is wrong."""
    about = {"address": case.get_absolute_url(), "page_title": case.title, "case": case} if case else {}
    defaults = {"address": "/", "page_title": "De hele kennisbank", "message": "Dit jaartal klopt niet."}
    return Report.objects.create(**(defaults | about | fields))


def signed_in_as(role: str, name: str = "collega") -> Client:
    """The browser of somebody with this role."""
    ensure_roles()
    user = get_user_model()._default_manager.create_user(name, f"{name}@example.nl", "een lang wachtwoord")
    user.groups.set(Group.objects.filter(name=role))
    client = Client()
    client.force_login(user)
    return client


def make_old(title: str = "Fietsen tellen", days: int = 400, **keeper: str) -> CasePage:
    """A case that was published so many days ago; with keyword arguments it has a keeper."""
    case = make_case(title)
    CasePage.objects.filter(pk=case.pk).update(first_published_at=timezone.now() - timedelta(days=days))
    if keeper:
        CaseKeeper.objects.create(case=case, **keeper)
    case.refresh_from_db()
    return case
