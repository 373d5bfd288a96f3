"""What the site holds beside cases, for pages that show cases."""

from django import template

from ..site_search.finding import Find, beside_cases

register = template.Library()


@register.simple_tag
def also_on_this_site(text: str) -> list[Find]:
    """The few best finds for `components/also_found.html`; none without words."""
    return beside_cases(text) if text.strip() else []
