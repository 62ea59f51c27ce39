"""What words a text is found by: the tokenizer of the search, in Python.

``overrides/assets/javascripts/search/tokenizer.js`` is the same for queries, rule for rule; a
browser test compares the two on every text of the site and on made-up ones.

Letters are compared without case, width, marks and the spellings in `FOLDS`. Scripts that put
spaces between words give whole words; the others (Han, kana, Hangul, Thai, Lao, Burmese, Khmer)
give each pair of neighboring characters, and the last character alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from operator import add
from typing import NamedTuple

from annai.texts import Table

FOLDS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i",
    "ς": "σ", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ー": "", "’": "'",
    "\u0640": "", "\u200b": "", "\u00ad": "",
}  # fmt: skip
"""Letters that people type for each other, and signs that nobody types, in lower case."""

MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Latin, Greek and Cyrillic accents; the points of Hebrew and Arabic."""

KATAKANA = {chr(katakana): chr(katakana - 0x60) for katakana in range(0x30A1, 0x30F7)}
"""To hiragana."""

SPELLINGS = str.maketrans(KATAKANA | FOLDS)

HAN = "\u3005\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HANGUL = "\uac00-\ud7a3"
THAI = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
LETTER = rf"[^\W_{HAN}{HANGUL}{THAI}]"
RUN = re.compile(
    rf"(?P<word>{LETTER}(?:{LETTER}|[\u0900-\u0963\u0966-\u0dff])*)"
    rf"|(?P<han>[{HAN}]+)|(?P<hangul>[{HANGUL}]+)|(?P<thai>[{THAI}]+)"
)


class Run(NamedTuple):
    """Characters of one kind, without a break."""

    kind: str
    """``word``, ``han`` (with kana), ``hangul``, or ``thai`` (with its neighbors)."""
    text: str


def _letters(character: str) -> str:
    """*character* without case, width and marks."""
    text = unicodedata.normalize("NFKC", character).lower()
    return unicodedata.normalize("NFC", MARKS.sub("", unicodedata.normalize("NFD", text)))


LETTERS = Table(_letters)
"""Canonical equivalence (UAX 15) lets us take characters one by one and compose the text again."""


def normalize(text: str, variants: Mapping[str, str] | None = None) -> str:
    """*text* as it is compared; *variants* are characters that stand for another one.

    >>> normalize("ＡＰＩキー"), normalize("İstanbul"), normalize("مَكتبة")
    ('apiき', 'istanbul', 'مكتبه')
    """
    text = unicodedata.normalize("NFC", text.translate(LETTERS)).translate(SPELLINGS)
    return "".join(map(variants.get, text, text)) if variants else text


def runs(normalized: str) -> Iterator[Run]:
    """The runs of a *normalized* text; what stands between them finds nothing."""
    for match in RUN.finditer(normalized):
        yield Run(match.lastgroup or "", match[0])


def tokens(text: str, variants: Mapping[str, str] | None = None) -> list[str]:
    """The words of *text*, in its order.

    >>> tokens("My 2FA: 二段階"), tokens("入金")
    (['my', '2fa', '二段', '段階', '階'], ['入金', '金'])
    """
    found: list[str] = []
    for word, *others in RUN.findall(normalize(text, variants)):
        if word:
            found.append(word)
        else:
            run = "".join(others)
            found += [*map(add, run, run[1:]), run[-1]]
    return found


def fingerprint(text: str, variants: Mapping[str, str] | None = None) -> int:
    """16 bits of the runs of *text* (FNV-1a, folded): tells a heading from others."""
    value = 0x811C9DC5
    units = "".join(run.text for run in runs(normalize(text, variants))).encode("utf-16-le")
    for low, high in zip(units[::2], units[1::2], strict=True):
        value = ((value ^ (low | high << 8)) * 0x01000193) & 0xFFFFFFFF
    return (value ^ value >> 16) & 0xFFFF
