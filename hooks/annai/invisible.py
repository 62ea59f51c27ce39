"""Characters that readers cannot see, and those of them that a script cannot do without.

They turn text round (UAX 9), hide words from a search, or keep a web address from being found
(UTS 36, "Bidirectional Text Spoofing"; UTS 39, "Identifier Characters").
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from confusable_homoglyphs.categories import alias as script

from annai.locales import Locale

INVISIBLE = re.compile(
    "["
    "\0-\t\x0b-\x1f\x7f-\x9f"  # control characters
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # surrogates, private use
    "]"
)
"""Control characters, what is not shown (DerivedCoreProperties.txt, Default_Ignorable_Code_Point),
and what has no meaning that everyone shares."""

MARKS = "\u061c\u200e\u200f"
"""ALM, LRM and RLM: they turn nothing round but the signs beside them."""

BEGIN, END = "\u2066\u2067\u2068", "\u2069"
"""LRI, RLI and FSI isolate what stands before the next PDI, and change nothing outside."""

CROSSING = re.compile(
    "(?<=[A-Za-z0-9.@-])[\u061c\u200e\u200f\u2066-\u2069]+"
    "(?=[.@\u061c\u200e\u200f\u2066-\u2069-]*[A-Za-z0-9])"
)
"""One of these inside what runs from left to right. Only to turn ``moc.`` round is it there."""

JOINERS = "\u200c\u200d"
SPACE = "\u200b"
EMOJI = "\ufe0e\ufe0f"
VARIATION = re.compile("[\ufe00-\ufe0d\U000e0100-\U000e01ef]")
MONGOLIAN = "\u180b\u180c\u180d\u180e\u180f"

JOINING = frozenset(
    (
        "ARABIC", "BALINESE", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "JAVANESE",
        "KANNADA", "KHMER", "MALAYALAM", "MANDAIC", "MONGOLIAN", "MYANMAR", "NKO", "ORIYA",
        "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "TIBETAN",
    )
)  # fmt: skip
"""Scripts in which a joiner changes how a letter looks (Unicode, 23.2, "Cursive Connection and
Ligatures")."""

SPACELESS = frozenset(("JAVANESE", "KHMER", "LAO", "MYANMAR", "TAI_LE", "THAI", "TIBETAN"))
"""Scripts without spaces between words, which an invisible one keeps apart where a line may end."""

VARIED = frozenset(("HAN", "MYANMAR", "PHAGS_PA"))
"""Scripts whose letters have standardized or ideographic variations (UTS 37)."""


def invisible(text: str, source: str, locale: Locale) -> str | None:
    r"""The first character of *text* that *locale* does not need and *source* does not have.

    >>> invisible("bin\u200bance", "Binance", Locale("ja"))
    '\u200b'
    >>> invisible("می\u200cشود", "is", Locale("fa"))
    """
    found = [*INVISIBLE.finditer(text)]
    if not found:
        return None
    left = Counter(source)
    if crossing := CROSSING.search(text):
        return crossing[0][0]
    balanced = locale.direction == "rtl" and _are_balanced(text)
    for match in found:
        each = match[0]
        left[each] -= 1
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        is_isolate = each in BEGIN + END and balanced
        if left[each] < 0 and not is_isolate and not _is_needed(each, before, after, locale):
            return each
    return None


def _are_balanced(text: str) -> bool:
    """Whether every isolate ends, and none ends that did not begin."""
    depth = 0
    for each in text:
        depth += (each in BEGIN) - (each == END)
        if depth < 0:
            return False
    return depth == 0


def _is_needed(each: str, before: str, after: str, locale: Locale) -> bool:
    """Whether a script needs *each* between *before* and *after*, which are empty at the ends."""
    if each in MARKS:
        return locale.direction == "rtl"
    if each in JOINERS and before.strip() and not JOINING.isdisjoint(map(_script, before + after)):
        return True
    if each == "\u200d":
        return _is_sign(after) and (before == "\ufe0f" or _is_sign(before))
    if each == SPACE:
        return not SPACELESS.isdisjoint(map(_script, before + after))
    if each in EMOJI:
        return _is_sign(before) or after == "\u20e3"
    if each in MONGOLIAN:
        return _script(before) == "MONGOLIAN"
    return VARIATION.match(each) is not None and _script(before) in VARIED


def _script(character: str) -> str:
    """The script of a character (Scripts.txt), empty if there is none."""
    return str(script(character)) if character else ""


def _is_sign(character: str) -> bool:
    """Whether a character may be an emoji, or the color of one."""
    return character != "" and unicodedata.category(character) in ("Sk", "Sm", "So")
