"""All addresses. They are a public contract: stable, Dutch, readable."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from . import views
from .accounts import urls as account_urls
from .site_search import views as search_views
from .sitemaps import sitemap_page, sitemap_part

urlpatterns = [
    path("gezond/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("zoeken/", search_views.site_search, name="site_search"),
    path("zoeken/suggesties/", search_views.site_suggestions, name="site_suggestions"),
    path("sitemap.xml", sitemap_page, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_part, name="sitemap_part"),
    path("", include(account_urls)),  # before Wagtail's own login
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    # Documents go through the address that asks who may read them.
    re_path(r"^media/(?P<path>(?:images|original_images)/.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("", include("cases.urls")),
    path("", include("survey.urls")),
    path("", include(wagtail_urls)),
]

handler400 = views.bad_request
handler404 = views.not_found
handler500 = views.server_error
