"""The words of a catalog for programs that speak gettext, looked up as they ask for them."""

from __future__ import annotations

from collections.abc import Callable
from gettext import NullTranslations, c2py

import polib

from annai.pofile import Key


class Lookup(NullTranslations):
    """What `gettext.GNUTranslations` says, without making an MO file of the catalog first.

    *find* gives the entry of a message that has a translation, and *plural* is the rule that says
    which number takes which form (gettext manual, "Plural forms").
    """

    def __init__(self, find: Callable[[Key], polib.POEntry | None], plural: str) -> None:
        super().__init__()
        self._find = find
        self._form = c2py(plural)

    def gettext(self, message: str) -> str:
        """The translation of *message*."""
        return self._singular((None, message))

    def pgettext(self, context: str, message: str) -> str:
        """The translation of *message* in *context*."""
        return self._singular((context, message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation of *msgid1*, with the plural *msgid2*, for the number *n*."""
        return self._plural((None, msgid1), msgid2, n)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """The same in *context*."""
        return self._plural((context, msgid1), msgid2, n)

    def _singular(self, message: Key) -> str:
        entry = self._find(message)
        if entry is None:
            return message[1]
        return str(entry.msgstr_plural[self._form(1)] if entry.msgid_plural else entry.msgstr)

    def _plural(self, message: Key, plural: str, n: int) -> str:
        entry = self._find(message)
        if entry is None or not entry.msgid_plural:
            return message[1] if n == 1 else plural
        return str(entry.msgstr_plural[self._form(n)])
