"""Addresses of sending in a case. They stand before Wagtail's, so a page that was once made at `/inzenden/` is not shown."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import sent_views, views


class TokenConverter(StringConverter):
    """What `new_token` makes: 32 characters, so no word of ours can be one."""

    regex = "[A-Za-z0-9_-]{32}"


register_converter(TokenConverter, "submission_token")
BASE = "inzenden/<submission_token:token>/"

urlpatterns = [
    path("inzenden/", views.start, name="submission_start"),
    path("inzenden/nieuw/", views.begin, name="submission_begin"),
    path("inzenden/nieuw/alles/", views.begin, {"everything": True}, name="submission_begin_all"),
    path(BASE, sent_views.submission_page, name="submission"),
    path(f"{BASE}vraag/<slug:slug>/", views.write, name="submission_step"),
    path(f"{BASE}alles/", views.write, name="submission_all"),
    path(f"{BASE}link/", sent_views.link, name="submission_link"),
    path(f"{BASE}voorbeeld/", sent_views.preview, name="submission_preview"),
    path(f"{BASE}versturen/", sent_views.send, name="submission_send"),
    path(f"{BASE}intrekken/", sent_views.withdraw, name="submission_withdraw"),
    path(f"{BASE}gegevens-wissen/", sent_views.remove_my_contact, name="submission_remove_contact"),
    path(f"{BASE}aanvullen/", sent_views.add, name="submission_add"),
]
