"""Two versions side by side: only what a reader would see differ counts as a change."""

import re

from wagtail.admin import compare
from wagtail.admin.panels import FieldPanel

#: What the editor puts into rich text for itself.
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def as_read(text: str | None) -> str:
    """Without the keys of the editor, and with blanks as a browser shows them."""
    words = " ".join(BLOCK_KEY.sub("", text or "").split())
    return re.sub(r"> <", "><", words)


class ProseComparison(compare.TextFieldComparison):
    """Plain text of several lines."""

    def has_changed(self) -> bool:
        """Line ends of another system are no change."""
        return as_read(self.val_a) != as_read(self.val_b)


class RichProseComparison(compare.RichTextFieldComparison):
    """Rich text."""

    def has_changed(self) -> bool:
        """A version from a file and the same text saved by the editor differ in keys and blanks only."""
        return as_read(self.val_a) != as_read(self.val_b)


class ProsePanel(FieldPanel):
    """A field with running text."""

    def get_comparison_class(self) -> type[compare.FieldComparison]:
        """By what is read."""
        is_rich = super().get_comparison_class() is compare.RichTextFieldComparison
        return RichProseComparison if is_rich else ProseComparison
