"""How often somebody without an account may do something: counted in the database, so that all processes count together.

The address of a sender is kept as a keyed hash only, and a day at most.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from axes.helpers import get_client_ip_address
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..models import SenderAction

KEPT = timedelta(days=1)
SALT = "cases.submissions.limits"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many in `within`. A whole organisation may stand behind one address: leave room for colleagues."""

    per_sender: int
    in_total: int
    within: timedelta = timedelta(hours=1)


LIMITS = {
    "begin": Limit(20, 300),
    "send": Limit(20, 200),
    "mail": Limit(6, 100),
    "add": Limit(20, 200),
    "report": Limit(20, 200),
}


def client_address(request: HttpRequest) -> str:
    """The address that counts: the same one as for signing in, so that one setting says which proxies are believed."""
    return str(get_client_ip_address(request) or "")


def sender_hash(request: HttpRequest) -> str:
    """Tells senders apart without telling who they are. Who has IPv6 has a whole network to send from: that counts."""
    text = client_address(request)
    try:
        address = ip_address(text)
    except ValueError:
        address = None
    if isinstance(address, IPv6Address):
        text = str(address.ipv4_mapped or ip_network((address, 64), strict=False).network_address)
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()


def too_often(request: HttpRequest, kind: str) -> bool:
    """Whether this one must wait; when not, it is counted."""
    limit, now, sender = LIMITS[kind], timezone.now(), sender_hash(request)
    forget_actions()
    lately = SenderAction.objects.filter(kind=kind, at__gt=now - limit.within)
    if lately.filter(sender=sender).count() >= limit.per_sender or lately.count() >= limit.in_total:
        return True
    SenderAction.objects.create(kind=kind, sender=sender)
    return False


def forget_actions() -> int:
    """Remove what is older than a day; tells how many."""
    return SenderAction.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
