"""Private addresses stay out of the log: who reads it could otherwise open what somebody is still writing."""

import logging
import re

#: What follows these is a secret.
PRIVATE = re.compile(r"(/(?:inzenden|hoe-is-het-nu|voorbeeld)/)[^/\s]{20,}")


class HidePrivateAddresses(logging.Filter):
    """For a handler: replaces the secret part of such an address in every message."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, changed where needed."""
        message = record.getMessage()
        hidden = PRIVATE.sub(r"\1…", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True
