"""Addresses of cases, and of what lists them."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("casussen/", views.case_list, name="case_list"),
    re_path(r"^casussen/export\.(?P<extension>csv|xlsx|json)$", views.case_export, name="case_export"),
    path("casussen/feed/", views.case_feed, name="case_feed"),
    path("casussen/<slug:slug>/", views.case_page, name="case"),
    path("casussen/<slug:slug>/bibtex/", views.case_bibtex, name="case_bibtex"),
    path("matrix/", views.matrix_page, name="matrix"),
    path("organisaties/", views.organisation_list, name="organisation_list"),
    path("organisaties/<slug:slug>/", views.organisation, name="organisation"),
]
