"""Drawings of charts."""

from django.db import models


class Chart(models.Model):
    """A drawn chart, kept by the hash of what it shows; it can be thrown away and drawn again."""

    key = models.CharField(max_length=64, unique=True)
    svg = models.TextField()
    svg_file = models.TextField()
    png = models.BinaryField()
    drawn_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "grafiek"
        verbose_name_plural = "grafieken"

    def __str__(self) -> str:
        return self.key
