"""What every template may use about the site itself."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """Name, public address, operator and contact of this installation."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "site_operator": settings.SITE_OPERATOR,
        "contact_email": settings.CONTACT_EMAIL,
        "canonical_url": settings.SITE_URL + request.path,
    }
