"""Pseudo-locales: translations made by a program, to see what nobody can translate yet.

``en_XA`` puts accents on letters and makes texts longer; ``ar_XB`` writes them in Arabic letters,
from right to left (the pseudo-locales of the Unicode CLDR). Neither has a catalog. Whatever
still looks like the source on their pages is not a message, and ought to be one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from gettext import NullTranslations

from annai.catalogs import State
from annai.locales import Locale
from annai.pofile import Key

LOCALES = (Locale("en_XA"), Locale("ar_XB"))

KEPT = re.compile(
    r"""
      (?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)     # inline code
    | \]\([^)]*\)                             # where a link leads, with its title
    | (?<=\])\[[^\]]*\]                       # the label of a reference
    | \[\^[^\]]*\]                            # a footnote
    | <[^<>]*>                                # an automatic link, an HTML tag
    | (?<=[\])*_`>])\{[^}]*\}                 # an attribute list
    | &\#?\w+;                                # an entity
    | \\.                                     # an escaped character
    | %\(\w+\)[sd] | %[sd] | \{[\w-]+\}        # a placeholder
    | https?://[^\s<>]+
    """,
    re.VERBOSE | re.DOTALL,
)
"""What a translator keeps in a message, letter by letter."""

ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćđéƒğĥíĵķłɱñóþɋřšŧúṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ",
)
ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz,;?", "ابكدهفجحيجكلمنوبقرستوفوخيز،؛؟"
)  # fmt: skip


def translate(locale: Locale, msgid: str) -> str:
    """*msgid* in the pseudo-locale *locale*; its Markdown stays as it is.

    >>> translate(LOCALES[0], "**Wait**, see [this](page.md).")
    '**Ŵáíŧ**, šéé [ŧĥíš](page.md). ···'
    """
    parts, position = [], 0
    for match in KEPT.finditer(msgid):
        parts += [_letters(locale, msgid[position : match.start()]), match[0]]
        position = match.end()
    parts.append(_letters(locale, msgid[position:]))
    longer = " " + "·" * (len(msgid) // 10) if locale == LOCALES[0] and len(msgid) >= 10 else ""
    return "".join(parts) + longer


def _letters(locale: Locale, text: str) -> str:
    return text.translate(ACCENTED) if locale == LOCALES[0] else text.lower().translate(ARABIC)


@dataclass(frozen=True)
class PseudoCatalog:
    """Translates every message, as a `Catalog` that nobody had to write."""

    locale: Locale

    def translate(self, msgid: str, context: str | None = None) -> str:
        """*msgid* in the pseudo-locale."""
        return translate(self.locale, msgid)

    def state(self, message: Key) -> State:
        """How far the translation of *message* is."""
        return State.TRANSLATED

    def gettext(self) -> NullTranslations:
        """The same for programs that speak gettext."""
        return _PseudoTranslations(self.locale)


class _PseudoTranslations(NullTranslations):
    def __init__(self, locale: Locale) -> None:
        super().__init__()
        self._locale = locale

    def gettext(self, message: str) -> str:
        return translate(self._locale, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return translate(self._locale, msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)
