"""Which address asks: the visitor's, seen through the proxies that are ours and no others."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """What throttling counts by; the setting TRUSTED_PROXIES says how much of X-Forwarded-For is believed."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return None
