"""Which objects came from the files in `content/`, and whether an editor changed them since."""

from django.db import models


class LoadedContent(models.Model):
    """One file of `content/`, as it was when it was last loaded.

    The object belongs to the editors as soon as its latest revision is no longer the one the loader made; from then
    on the file is not loaded over it. When an editor deleted the object, this row stays and the file is passed over.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    object_pk = models.CharField(max_length=40)
    revision_pk = models.BigIntegerField(null=True)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_row_per_content_file")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
