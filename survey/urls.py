"""Addresses of the vocabulary and the publications."""

from django.urls import path, register_converter

from . import views
from .vocabulary import SchemeEntry, vocabulary


class SchemePathConverter:
    """The address of a scheme (`patronen`, `barometer/sectoren`): data, so asked from the vocabulary."""

    regex = "[a-z0-9-]+(?:/[a-z0-9-]+)?"

    def to_python(self, value: str) -> SchemeEntry:
        """Not a scheme: the address belongs to something else."""
        if found := vocabulary().by_path.get(value):
            return found
        raise ValueError(value)

    def to_url(self, value: SchemeEntry | str) -> str:
        """A scheme, or its path."""
        return value if isinstance(value, str) else value.path


register_converter(SchemePathConverter, "scheme")

urlpatterns = [
    path("begrippenlijsten/", views.scheme_list, name="scheme_list"),
    path("publicaties/", views.publication_list, name="publication_list"),
    path("publicaties/<slug:slug>/", views.publication, name="publication"),
    path("<scheme:scheme>/", views.scheme, name="scheme"),
    path("<scheme:scheme>/<slug:slug>/", views.concept, name="concept"),
]
