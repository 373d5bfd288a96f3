"""Pictures, without what a camera or somebody else hid in them."""

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps, ImageSequence

BROKEN = (
    "Dit beeld is beschadigd en kan niet worden gelezen. Bewaar het opnieuw als JPG of PNG en probeer het nog eens."
)
#: How each format is written, by Pillow's name of it.
SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": True},
    "GIF": {},
    "WEBP": {"quality": 90},
}


def clean_image(file: Any) -> SimpleUploadedFile:
    """The same picture, upright and drawn anew. The field has already checked name, format and size."""
    file.seek(0)
    try:
        with Image.open(file) as image:
            kind = image.format or ""
            data = _moving(image) if getattr(image, "is_animated", False) else _still(image)
    except (OSError, ValueError, SyntaxError, KeyError, Image.DecompressionBombError) as error:
        raise ValidationError(BROKEN, code="invalid_image") from error
    return SimpleUploadedFile(file.name, data, content_type=Image.MIME[kind])


def _still(image: Any) -> bytes:
    kind = image.format
    profile = image.info.get("icc_profile")
    keep = {"quality": "keep"} if kind == "JPEG" and image.getexif().get(0x0112, 1) == 1 else {}
    upright = image if keep else ImageOps.exif_transpose(image)
    upright.load()
    upright.getexif().clear()
    for name in ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "Raw profile type exif"):
        upright.info.pop(name, None)
    out = io.BytesIO()
    upright.save(out, kind, icc_profile=profile, exif=b"", **(SAVING[kind] | keep))
    return out.getvalue()


def _moving(image: Any) -> bytes:
    frames = [frame.copy() for frame in ImageSequence.Iterator(image)]
    for frame in frames:
        for name in ("exif", "xmp", "comment"):
            frame.info.pop(name, None)
    out = io.BytesIO()
    more = {"duration": image.info.get("duration", 100), "loop": image.info.get("loop", 0)}
    frames[0].save(out, image.format, save_all=True, append_images=frames[1:], **more, **SAVING[image.format])
    return out.getvalue()
