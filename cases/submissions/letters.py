"""Short letters by e-mail. A letter that can't be sent never stops the work it tells of."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
TIMEOUT = 10  # seconds


def send_letter(to: str, name: str, context: dict[str, Any]) -> bool:
    """Send `letters/<name>.txt`, whose first line is the subject; False when the mail server did not take it."""
    about_us = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "operator": settings.SITE_OPERATOR}
    text = render_to_string(f"cases/submissions/letters/{name}.txt", about_us | context).strip()
    subject, _, body = text.partition("\n")
    try:
        EmailMessage(
            " ".join(subject.split()), f"{body.strip()}\n", to=[to], connection=get_connection(timeout=TIMEOUT)
        ).send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; a ValueError: this is no address for mail
        # Only the kind of error: its text holds the address of somebody outside.
        logger.error("The letter %s could not be sent: %s.", name, type(error).__name__)
        return False
    return True
