"""Characters that readers of a language may type for others: traditional for simplified Chinese."""

from __future__ import annotations

from functools import cache

import opencc

HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
"""The CJK unified ideographs of the Basic Multilingual Plane, and their extension A."""


@cache
def han_variants(tag: str) -> dict[str, str]:
    """From traditional to simplified characters, for Chinese; nothing for other languages.

    Where one character has several simplified forms, OpenCC's first choice counts.
    """
    if tag.partition("-")[0] != "zh":
        return {}
    converter = opencc.OpenCC("t2s")
    pairs = ((chr(code), converter.convert(chr(code))) for block in HAN for code in block)
    return {one: other for one, other in pairs if one != other and len(other) == 1}
