"""What is stored to slow down guessing. Accounts themselves are Django's, second factors and links to a provider allauth's."""

from django.db import models


class Attempt(models.Model):
    """The table behind the cache `attempts`: the columns are Django's DatabaseCache's, which alone reads and writes it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
