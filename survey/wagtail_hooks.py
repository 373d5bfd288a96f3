"""The vocabulary, the publications and the barometer in the editing environment."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .care import admin_views as care_views
from .care import link_report
from .care.names import warn_about_clashes
from .care.snippets import ConceptChooserViewSet, ConceptEditView, listing_buttons
from .care.trail import register_log_actions
from .importing import admin_views
from .models import Concept, ConceptScheme, Edition, Indicator, Publication


class ConceptViewSet(SnippetViewSet):
    """Found by name or another word, narrowed by list. One that is retired is not offered for new links."""

    model = Concept
    edit_view_class = ConceptEditView
    chooser_viewset_class = ConceptChooserViewSet
    icon = "tag"
    list_display = ["name", "scheme", "confirmed", "retired_on"]
    list_filter = ["scheme"]
    search_fields = ["name", "synonyms", "definition"]
    search_backend_name = None


class ConceptSchemeViewSet(SnippetViewSet):
    """The lists."""

    model = ConceptScheme
    icon = "list-ul"
    list_display = ["plural", "slug", "origin", "position"]
    search_fields = ["plural", "name"]
    search_backend_name = None


class PublicationViewSet(SnippetViewSet):
    """Found by title."""

    model = Publication
    icon = "doc-full"
    list_display = ["title", "kind", "date_text"]
    search_fields = ["title", "publisher"]
    search_backend_name = None


class EditionViewSet(SnippetViewSet):
    """Rounds of a survey. Numbers come from the content files or from an import, never from a form."""

    model = Edition
    icon = "calendar"
    list_display = ["name", "year", "is_example"]
    search_fields = ["name", "slug"]
    search_backend_name = None


class IndicatorViewSet(SnippetViewSet):
    """What is measured, and how it is said."""

    model = Indicator
    icon = "decimal"
    list_display = ["name", "theme", "unit"]
    list_filter = ["theme"]
    search_fields = ["name", "slug", "question"]
    search_backend_name = None


class BarometerGroup(SnippetViewSetGroup):
    """One entry in the menu."""

    menu_label = "Barometer"
    menu_icon = "decimal"
    menu_order = 220
    items = (EditionViewSet, IndicatorViewSet)
    submenu_hook = "register_barometer_menu_item"


class VocabularyGroup(SnippetViewSetGroup):
    """One entry in the menu."""

    menu_label = "Begrippen"
    menu_icon = "tag"
    menu_order = 210
    items = (ConceptViewSet, ConceptSchemeViewSet, PublicationViewSet)
    submenu_hook = "register_vocabulary_menu_item"


register_snippet(VocabularyGroup)
register_snippet(BarometerGroup)
hooks.register("register_admin_urls", admin_views.urls)
hooks.register("register_barometer_menu_item", admin_views.menu_item)
hooks.register("register_admin_urls", care_views.urls)
hooks.register("register_admin_urls", link_report.urls)
hooks.register("register_reports_menu_item", link_report.menu_item)
hooks.register("register_vocabulary_menu_item", care_views.menu_item)
hooks.register("register_snippet_listing_buttons", listing_buttons)
hooks.register("register_log_actions", register_log_actions)
hooks.register("after_create_snippet", warn_about_clashes)
hooks.register("after_edit_snippet", warn_about_clashes)


@hooks.register("register_permissions")
def import_permission() -> QuerySet[Permission]:
    """So that a group can be given the right to import."""
    return Permission.objects.filter(content_type__app_label="survey", codename="add_surveyimport")
