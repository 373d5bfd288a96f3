"""What cases add to the editing environment; the modules imported here register their own pages and menu items."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .care_views import OrganisationEditView
from .editing import (  # noqa: F401  imported for their hooks
    case_list,
    new_case,
    notices,
    review_hooks,
    search_miss_report,
    shared_drafts,
    start_page,
    withdrawing,
)
from .importing import hooks as importing_hooks  # noqa: F401  imported for its hooks
from .models import Organisation, SearchSynonym
from .submissions import hooks  # noqa: F401  imported for its hooks


class OrganisationViewSet(SnippetViewSet):
    """Found by name, abbreviation or another name."""

    model = Organisation
    edit_view_class = OrganisationEditView
    icon = "group"
    menu_label = "Organisaties"
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["name", "abbreviation", "sector", "country"]
    list_filter = ["sector", "country"]
    search_fields = ["name", "abbreviation", "synonyms"]
    search_backend_name = None


register_snippet(OrganisationViewSet)


class SynonymViewSet(SnippetViewSet):
    """Found by any of the words of a group."""

    model = SearchSynonym
    icon = "resubmit"
    menu_label = "Synoniemen"
    menu_order = 230
    add_to_admin_menu = True
    list_display = ["__str__"]
    search_fields = ["expressions"]
    search_backend_name = None


register_snippet(SynonymViewSet)
