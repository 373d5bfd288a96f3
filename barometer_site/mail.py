"""Sending mail to editors and senders: a mail server that fails never breaks what somebody was doing."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.db import transaction

logger = logging.getLogger(__name__)

#: Sends one message after another; a process that stops first sends what waits here.
_postman = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


class AfterSavingBackend(BaseEmailBackend):
    """SMTP, beside the request, and only after the transaction that asked for the mail is saved.

    So no mail tells of something that was rolled back, nobody waits for a mail server (with the database locked), and
    who saves something never sees an error of the mail server: the log does. Who must know whether a message left names
    a `timeout` in seconds, waits, and gets the error: `get_connection(timeout=10)`.
    """

    def __init__(self, fail_silently: bool = False, timeout: float | None = None, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently, **kwargs)
        self.timeout = timeout

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The number of messages that were sent, or will be tried."""
        messages = list(email_messages)
        if self.timeout is not None:
            return SmtpBackend(fail_silently=self.fail_silently, timeout=self.timeout).send_messages(messages) or 0
        transaction.on_commit(lambda: _postman.submit(deliver, messages))
        return len(messages)


def deliver(messages: list[EmailMessage]) -> None:
    """Send now. The log names the subject of what could not be sent, never who would get it or what it says."""
    for message in messages:
        try:
            SmtpBackend().send_messages([message])
        except (OSError, ValueError) as error:  # the server (SMTPException is an OSError), or an impossible header
            logger.error("Mail was not sent: “%s” (%s)", message.subject, type(error).__name__)
