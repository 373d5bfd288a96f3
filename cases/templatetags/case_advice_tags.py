"""Advice in the form of a case."""

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from ..editing.advice import advice_for_form, render_part
from ..editing.forms import CaseForm

register = template.Library()


@register.simple_tag
def case_advice(part: str, form: CaseForm, request: HttpRequest) -> SafeString:
    """One part of the advice on what stands in this form."""
    return render_part(part, advice_for_form(form), request)
