"""The three steps of every change with consequences: fill in, see what will happen, confirm."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .noting import because
from .telling import CareError, ChangedMeanwhileError, Operation, carry_out, digest, rehearse

#: Names of the buttons.
SHOWN, CHANGE = "getoond", "wijzigen"
NOT_SAVED = {"csrfmiddlewaretoken", SHOWN, CHANGE}
MEANWHILE = "Er is intussen iets veranderd. Hieronder staat wat er nu zou gebeuren. Er is nog niets gedaan."


class ReasonForm(forms.Form):
    """Why: readers see it in the log."""

    reason = forms.CharField(
        label="Waarom?",
        max_length=300,
        help_text="Lezers zien deze zin bij de wijziging. Bijvoorbeeld: deze twee patronen bleken in de praktijk hetzelfde.",
        error_messages={"required": "Schrijf in één zin waarom."},
    )


class StepsView(WagtailAdminTemplateMixin, View):
    """A form, its preview and its confirmation at one address. Nothing is kept between them but what is in the page."""

    permission = ""
    confirm_label = "Voer dit door"
    preview_template = "survey/care/preview.html"
    done_message = "Gedaan. Alles is veranderd zoals het voorbeeld liet zien. Lezers zien het meteen."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look who asks, then what it is about."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        self.find(*args, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def find(self, *args: Any, **kwargs: Any) -> None:
        """What this is about, from the address."""

    def get_form(self, data: Any = None) -> Any:
        """The form, empty or with what was typed."""
        raise NotImplementedError

    def operation(self, form: Any) -> Operation:
        """What a valid form asks for."""
        raise NotImplementedError

    def done_url(self) -> str:
        """Where somebody goes afterwards."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The empty form."""
        return self.show_form(self.get_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Preview, or do it, or back to the form with everything that was typed."""
        form = self.get_form(request.POST)
        if CHANGE in request.POST or not form.is_valid():
            return self.show_form(form)
        operation, meanwhile = self.operation(form), False
        try:
            with because(form.cleaned_data["reason"]):
                if shown := request.POST.get(SHOWN):
                    try:
                        carry_out(operation, shown)
                    except (ChangedMeanwhileError, IntegrityError, OperationalError):
                        meanwhile = True
                    else:
                        messages.success(request, self.done_message)
                        return redirect(self.done_url())
                told = rehearse(self.operation(form))
        except CareError as error:
            form.add_error(None, str(error))
            return self.show_form(form)
        return self.show_preview(form, told, meanwhile)

    def show_form(self, form: Any) -> HttpResponseBase:
        """With its errors, if any."""
        return self.render_to_response(self.get_context_data(form=form))

    def show_preview(self, form: Any, told: list[str], meanwhile: bool) -> HttpResponseBase:
        """What would happen, and what was typed along with it."""
        kept = [(name, value) for name, values in form.data.lists() if name not in NOT_SAVED for value in values]
        self.template_name = self.preview_template
        return self.render_to_response(
            self.get_context_data(
                form=form,
                told=told,
                kept=kept,
                meanwhile=MEANWHILE if meanwhile else "",
                digest=digest(told),
                reason=form.cleaned_data["reason"],
                confirm_label=self.confirm_label,
            )
        )
