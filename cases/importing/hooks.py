"""What importing cases adds to the editing environment."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from . import admin_views

hooks.register("register_admin_urls", admin_views.urls)
hooks.register("register_admin_menu_item", admin_views.menu_item)


@hooks.register("register_permissions")
def import_permission() -> "QuerySet[Permission]":
    """So that a group can be given the right to import."""
    return Permission.objects.filter(content_type__app_label="cases", codename="add_caseimport")
