"""Rules of this house that `manage.py check` holds."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from wagtail.models import get_page_models

OUR_APPS = {"barometer_site", "cases", "survey"}


@register()
def page_types_say_where_they_live(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A page type without rules for its parent and children can be put anywhere by an editor."""
    return [
        Error(
            f"{model.__name__} does not say where it lives.",
            hint="Set parent_page_types and subpage_types.",
            obj=model,
            id="kennisbank.E001",
        )
        for model in get_page_models()
        if model._meta.app_label in OUR_APPS and not {"parent_page_types", "subpage_types"} <= set(vars(model))
    ]
