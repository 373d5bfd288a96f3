"""Where short-lived things are kept: pages in this process, attempts to sign in where every process sees them."""

from typing import Any

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache

#: How the keys start of what counts attempts, and of codes and tokens that were used once.
SHARED = ("allauth", "jwt:")


class SiteCache(LocMemCache):
    """Memory of this process, except for attempts: a second process would give an attacker twice as many."""

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        """Keep it when there is nothing yet; tells whether it did."""
        if _is_shared(key):
            return caches["attempts"].add(key, value, *args, **kwargs)
        return super().add(key, value, *args, **kwargs)

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        """What is kept, or the default."""
        return caches["attempts"].get(key, *args, **kwargs) if _is_shared(key) else super().get(key, *args, **kwargs)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        """Keep it."""
        if _is_shared(key):
            caches["attempts"].set(key, value, *args, **kwargs)
        else:
            super().set(key, value, *args, **kwargs)

    def delete(self, key: str, *args: Any, **kwargs: Any) -> bool:
        """Forget it; tells whether there was anything."""
        if _is_shared(key):
            return caches["attempts"].delete(key, *args, **kwargs)
        return super().delete(key, *args, **kwargs)


def _is_shared(key: str) -> bool:
    return key.startswith(SHARED)
