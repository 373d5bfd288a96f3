"""Addresses of the vocabulary and the publications."""

from django.urls import path, re_path, register_converter

from . import barometer_views, indicator_views, views
from .care import public_log
from .charts import views as chart_views
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
    path("begrippenlijsten/wijzigingen/", public_log.change_list, name="vocabulary_changes"),
    path("begrippenlijsten/wijzigingen/feed/", public_log.change_feed, name="vocabulary_change_feed"),
    path("publicaties/", views.publication_list, name="publication_list"),
    path("publicaties/<slug:slug>/", views.publication, name="publication"),
    path("barometer/", barometer_views.overview, name="barometer"),
    path("barometer/edities/<slug:slug>/", barometer_views.edition, name="edition"),
    path("barometer/indicatoren/", indicator_views.indicator_list, name="indicator_list"),
    path("barometer/indicatoren/<slug:slug>/", indicator_views.indicator, name="indicator"),
    re_path(
        r"^barometer/indicatoren/(?P<slug>[-\w]+)/export\.(?P<extension>csv|json)$",
        indicator_views.indicator_export,
        name="indicator_export",
    ),
    path("barometer/verkenner/", indicator_views.explorer, name="explorer"),
    re_path(
        r"^barometer/verkenner/export\.(?P<extension>csv|xlsx|json)$",
        indicator_views.explorer_export,
        name="explorer_export",
    ),
    path("barometer/verkenner/insluiten/", indicator_views.explorer_embed, name="explorer_embed"),
    re_path(r"^barometer/grafieken/(?P<key>[0-9a-f]{64})\.svg$", chart_views.chart_svg, name="chart_svg"),
    re_path(r"^barometer/grafieken/(?P<key>[0-9a-f]{64})\.png$", chart_views.chart_png, name="chart_png"),
    path("data/resultaten.csv", indicator_views.results_csv, name="results_csv"),
    re_path(
        r"^barometer/edities/(?P<slug>[-\w]+)/export\.(?P<extension>csv|xlsx|json)$",
        barometer_views.edition_export,
        name="edition_export",
    ),
    path("<scheme:scheme>/<slug:slug>/export.csv", barometer_views.concept_export, name="concept_export"),
    path("<scheme:scheme>/", views.scheme, name="scheme"),
    path("<scheme:scheme>/<slug:slug>/", views.concept, name="concept"),
]
