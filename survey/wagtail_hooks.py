"""The vocabulary and the publications in the editing environment."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Concept, ConceptScheme, Publication


class ConceptViewSet(SnippetViewSet):
    """Found by name or another word, narrowed by list."""

    model = Concept
    icon = "tag"
    list_display = ["name", "scheme", "confirmed"]
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


class VocabularyGroup(SnippetViewSetGroup):
    """One entry in the menu."""

    menu_label = "Begrippen"
    menu_icon = "tag"
    menu_order = 210
    items = (ConceptViewSet, ConceptSchemeViewSet, PublicationViewSet)


register_snippet(VocabularyGroup)
