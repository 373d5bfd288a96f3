"""Addresses of "klopt dit niet?" and "hoe is het nu?"."""

from django.urls import path

from . import report_views, yearly_views

urlpatterns = [
    path("melden/", report_views.report, name="report"),
    path("melden/bedankt/", report_views.thanks, name="report_thanks"),
    path("hoe-is-het-nu/<str:token>/", yearly_views.yearly_check, name="yearly_check"),
]
