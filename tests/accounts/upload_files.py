"""Files as editors upload them, good and bad."""

import io
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
HYPERLINK = '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.nl" TargetMode="External"/>'
TEMPLATE = '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://elders.example/t.dotm" TargetMode="External"/>'


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def package(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def docx(*, main: str = "document.main", **parts: str | bytes) -> bytes:
    """A document; `parts` are added, with __ for a slash."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{main}+xml"/></Types>'
    base: dict[str, str | bytes] = {"[Content_Types].xml": types, "word/document.xml": "<w:document/>"}
    return package(base | {name.replace("__", "/").replace("_dot_", "."): text for name, text in parts.items()})


def ods(content: str = "<office:document-content/>", **parts: str | bytes) -> bytes:
    base: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
    }
    return package(base | {name.replace("__", "/").replace("_dot_", "."): text for name, text in parts.items()})


def pdf(inside: bytes = b"", *, hidden: bytes = b"") -> bytes:
    """One page; `inside` stands in the catalogue, `hidden` in a compressed object."""
    part = b""
    if hidden:
        packed = zlib.compress(b"7 0 " + hidden)
        part = (
            b"6 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >> stream\n"
            + packed
            + b"\nendstream endobj\n"
        )
    return (
        b"%PDF-1.7\n1 0 obj << /Type /Catalog "
        + inside
        + b" >> endobj\n"
        + part
        + b"trailer << /Root 1 0 R >>\n%%EOF\n"
    )


def picture(kind: str = "JPEG", *, place: bool = False, orientation: int = 1) -> bytes:
    """Red above blue, 40 wide and 20 high; with the place where it was taken when asked."""
    image = Image.new("RGB", (40, 20), "red")
    image.paste("blue", (0, 10, 40, 20))
    exif = Image.Exif()
    exif[0x0112] = orientation
    if place:
        exif[0x010F] = "Geheime Camera"
        exif.get_ifd(0x8825)[2] = (52.0, 4.0, 59.0)
    out = io.BytesIO()
    image.save(out, kind, **({"exif": exif} if kind in ("JPEG", "WEBP", "PNG") else {}))
    return out.getvalue()


def moving_picture() -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50, loop=0)
    return out.getvalue()
