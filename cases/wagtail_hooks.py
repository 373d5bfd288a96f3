"""Organisations in the editing environment."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Organisation


class OrganisationViewSet(SnippetViewSet):
    """Found by name, abbreviation or another name."""

    model = Organisation
    icon = "group"
    menu_label = "Organisaties"
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["name", "abbreviation", "sector", "country"]
    list_filter = ["sector", "country"]
    search_fields = ["name", "abbreviation", "synonyms"]
    search_backend_name = None


register_snippet(OrganisationViewSet)
