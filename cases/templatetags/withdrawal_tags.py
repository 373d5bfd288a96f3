"""The questions about a case that goes offline, in Wagtail's own page for that."""

from typing import Any

from django import template

from ..editing.withdrawing import WithdrawalForm, withdrawal_form
from ..models import CasePage

register = template.Library()


@register.simple_tag(takes_context=True)
def withdrawal_form_of(context: dict[str, Any], page: Any) -> WithdrawalForm | None:
    """The form for a case, with what was sent before; nothing for another page."""
    if not isinstance(page, CasePage):
        return None
    return getattr(context["request"], "withdrawal_form", None) or withdrawal_form(page)
