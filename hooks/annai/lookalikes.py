"""Words that look like others: letters of one script in the place of another's (UTS 39)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from confusable_homoglyphs.categories import alias as script
from confusable_homoglyphs.confusables import confusables_data

WORD = re.compile(r"[^\W\d_]+")

MIXABLE = frozenset(
    (
        "ARABIC", "BENGALI", "BOPOMOFO", "DEVANAGARI", "ETHIOPIC", "GEORGIAN", "GUJARATI",
        "GURMUKHI", "HAN", "HANGUL", "HEBREW", "HIRAGANA", "KANNADA", "KATAKANA", "KHMER", "LAO",
        "MALAYALAM", "MYANMAR", "ORIYA", "SINHALA", "TAMIL", "TELUGU", "THAANA", "THAI", "TIBETAN",
    )
)  # fmt: skip
"""Scripts that may stand beside Latin letters without a space (UTS 39, 5.2, "Moderately
Restrictive"; UAX 31, table 5). Cyrillic and Greek may not; nor may Armenian here, which has
look-alikes, too."""

SHORTEST = 3
"""The length of the shortest word of the source that another script may not imitate."""

SAME = str.maketrans("il|0", "111o")
"""Characters that look the same in many fonts, in lower case."""


def lookalike(text: str, source: str) -> str | None:
    r"""The first word of *text* that mixes scripts as a forger would, or imitates one of *source*.

    >>> lookalike("b\u0456nance", "Binance"), lookalike("\u0441\u043e\u0440", "Cop")
    ('bіnance', 'сор')
    >>> lookalike("API-ключ, Tシャツ", "API key, T-shirt")
    """
    if text.isascii() or not any(map(_latin, set(text))):
        return None
    known = {_folded(each) for each in WORD.findall(source) if len(each) >= SHORTEST}
    for word in _words(text):
        if unicodedata.normalize("NFKC", word).isascii() or not any(map(_latin, word)):
            continue
        latin = [each if each.isascii() else _latin(each) for each in word]
        is_mixed = any(map(_is_latin, word)) and not all(map(_is_latin, word))
        is_imitation = None not in latin and _folded("".join(filter(None, latin))) in known
        if is_mixed or (is_imitation and word not in source):
            return word
    return None


def _words(text: str) -> Iterator[str]:
    """The words of *text*, without letters of scripts that may stand beside others."""
    for word in WORD.findall(text):
        yield from "".join(" " if _is_mixable(each) else each for each in word).split()


@cache
def _is_mixable(character: str) -> bool:
    return script(character) in MIXABLE


@cache
def _is_latin(character: str) -> bool:
    return script(character) in ("LATIN", "COMMON", "INHERITED")


@cache
def _latin(character: str) -> str | None:
    """The ASCII letter that *character*, which is none, looks like (confusables.txt)."""
    if character.isascii() or _is_mixable(character):
        return None
    found = (each["c"] for each in confusables_data.get(character, ()))
    return next((each for each in found if each.isascii() and each.isalnum()), None)


def _folded(word: str) -> str:
    return word.casefold().translate(SAME)
