""" "Klopt dit niet?": what a reader reports about a page, and how long we keep where the answer went."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.widgets import Input

from ..models import Report
from .forms import STYLES, TOO_LONG, no_control_characters
from .spam import LINK, MOST_LINKS
from .subjects import Subject

#: How long after our answer the e-mail address of who reported is kept.
KEEP_EMAIL = timedelta(days=30)
MOST_MESSAGE = 2000


class ReportForm(forms.ModelForm):
    """What is wrong, and where to send an answer."""

    use_required_attribute = False  # we say what is missing ourselves

    class Meta:
        model = Report
        fields = ("message", "email")
        widgets = {
            "message": forms.Textarea(attrs={"rows": 6, "class": STYLES[forms.Textarea]}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "class": STYLES[Input]}),
        }
        labels = {"message": "Wat klopt er niet?", "email": "Je e-mailadres"}
        help_texts = {
            "message": "Weet je hoe het wel zit, en waar dat staat? Schrijf dat erbij.",
            "email": f"Dit hoeft niet. Je krijgt één antwoord. {KEEP_EMAIL.days} dagen daarna wissen we je adres.",
        }
        error_messages = {
            "message": {"required": "Schrijf kort wat er niet klopt."},
            "email": {"invalid": "Dit is geen e-mailadres. Schrijf het zoals naam@voorbeeld.nl, of laat het leeg."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["message"]
        field.validators = [no_control_characters, MaxLengthValidator(MOST_MESSAGE, TOO_LONG)]
        field.widget.attrs.pop("maxlength", None)  # a browser would cut off what is pasted


def keep_report(form: ReportForm, subject: Subject, suspicion: str) -> Report:
    """Put it in the queue of the editors; what is probably spam too, with the reason."""
    report: Report = form.save(commit=False)
    report.address, report.page_title, report.case_id = subject.address, subject.title, subject.case_pk
    if not suspicion and len(LINK.findall(report.message)) > MOST_LINKS:
        suspicion = "er staan veel links in de tekst"
    report.suspicion = suspicion
    report.save()
    return report


def remove_old_contact_data(now: datetime) -> int:
    """Forget the e-mail addresses of reports that were handled long enough ago; returns how many."""
    handled = Report.objects.exclude(email="").filter(handled_at__lte=now - KEEP_EMAIL)
    return handled.update(email="", email_removed_at=now)
