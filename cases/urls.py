"""Addresses of cases, and of what lists them."""

from django.urls import include, path, re_path

from . import collection_views, organisation_views, views
from .editing.shared_drafts import shared_draft

urlpatterns = [
    path("", include("cases.submissions.urls")),
    path("", include("cases.submissions.answer_urls")),
    path("casussen/", views.case_list, name="case_list"),
    re_path(r"^casussen/export\.(?P<extension>csv|xlsx|json)$", views.case_export, name="case_export"),
    path("casussen/feed/", views.case_feed, name="case_feed"),
    path("casussen/<slug:slug>/", views.case_page, name="case"),
    path("casussen/<slug:slug>/bibtex/", views.case_bibtex, name="case_bibtex"),
    path("verzamelingen/<slug:slug>/", collection_views.collection_page, name="collection"),
    path("verzamelingen/<slug:slug>/feed/", collection_views.collection_feed, name="collection_feed"),
    path("verzamelingen/<slug:slug>/afdrukken/", collection_views.collection_print, name="collection_print"),
    path("voorbeeld/<str:token>/", shared_draft, name="shared_draft"),
    path("matrix/", views.matrix_page, name="matrix"),
    path("organisaties/", organisation_views.organisation_list, name="organisation_list"),
    path("organisaties/<slug:slug>/", organisation_views.organisation, name="organisation"),
]
