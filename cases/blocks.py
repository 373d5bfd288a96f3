"""Free content of a case: what an editor may put between the four questions and the links."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT = ["bold", "italic", "link", "ol", "ul", "document-link"]


class QuotationBlock(blocks.StructBlock):
    """What somebody said, literally, at most a line."""

    text = blocks.CharBlock(label="citaat", max_length=400)
    translation = blocks.CharBlock(label="vertaling", required=False, max_length=400)
    speaker = blocks.CharBlock(label="spreker", required=False, max_length=120)
    role = blocks.CharBlock(label="rol", required=False, max_length=160)
    source = blocks.CharBlock(label="bron", required=False, max_length=300)

    class Meta:
        icon = "openquote"
        label = "Citaat"
        template = "cases/blocks/quotation.html"


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows, for people who can't see it."""

    image = ImageChooserBlock(label="afbeelding")
    alternative = blocks.CharBlock(label="tekst voor wie de afbeelding niet ziet", max_length=250)
    caption = blocks.CharBlock(label="bijschrift", required=False, max_length=250)

    class Meta:
        icon = "image"
        label = "Afbeelding"
        template = "cases/blocks/picture.html"


class VideoLinkBlock(blocks.StructBlock):
    """A link to a video elsewhere: nothing is loaded from there before the reader goes."""

    title = blocks.CharBlock(label="titel", max_length=200)
    url = blocks.URLBlock(label="webadres")

    class Meta:
        icon = "media"
        label = "Link naar video"
        template = "cases/blocks/video_link.html"


def case_body() -> list[tuple[str, blocks.Block]]:
    """The blocks of a case, in the order in which the editor offers them."""
    return [
        ("text", blocks.RichTextBlock(label="Tekst", features=RICH_TEXT)),
        ("quotation", QuotationBlock()),
        ("picture", PictureBlock()),
        ("document", DocumentChooserBlock(label="Document", template="cases/blocks/document.html")),
        ("video", VideoLinkBlock()),
    ]
