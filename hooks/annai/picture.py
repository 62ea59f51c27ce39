"""The picture that stands for the site where somebody shares a page of it (Open Graph).

It is made while the site is built, of an icon, and has no words: there is one for all languages,
and it needs no font. A site may have its own.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

PICTURE = "assets/images/picture.png"
"""The address of the one that is made."""

SIZE = (1200, 630)
"""Width and height in px: what most programs show whole (ogp.me has no rule)."""

MARK = (480, 480)
"""The largest size of the icon."""

FORMATS = ("PNG", "JPEG", "WEBP")
"""What those programs can read."""


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height in px of a picture; None if it cannot stand for the site."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            return opened.size
    except (UnidentifiedImageError, Image.DecompressionBombError):
        return None


@lru_cache(maxsize=1)
def picture(icon: bytes, color: str) -> bytes:
    """A PNG of `SIZE` with the *icon*, a picture, in its middle.

    The ground has the color of the corner of the icon; where that is transparent, *color*
    (``#rrggbb``), or else white.
    """
    with Image.open(BytesIO(icon), formats=FORMATS) as opened:
        mark = ImageOps.contain(opened.convert("RGBA"), MARK, Image.Resampling.LANCZOS)
    corner = mark.getpixel((0, 0))
    is_opaque = isinstance(corner, tuple) and corner[3] == 255
    whole = Image.new("RGBA", SIZE, corner if is_opaque else color or "#ffffff")
    place = tuple((one - other) // 2 for one, other in zip(SIZE, mark.size, strict=True))
    whole.alpha_composite(mark, (place[0], place[1]))
    written = BytesIO()
    whole.convert("RGB").save(written, "PNG", optimize=True)
    return written.getvalue()
