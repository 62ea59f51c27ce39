"""The catalogs that translators write: what they hold, and what of it readers may see."""

from __future__ import annotations

import datetime
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path

import polib
from rapidfuzz import fuzz

from annai.errors import ContentError
from annai.guard import Guard, Refusal, is_inline
from annai.headers import header_faults
from annai.locales import Locale, parse_locale
from annai.lookup import Lookup
from annai.pofile import (
    PLURAL_FORMS,
    Key,
    key,
    line_of,
    parse_po,
    parse_sound,
    plural_count,
    short,
)
from annai.site import Site
from annai.syntax import faults
from annai.texts import read_text

DOMAIN = "messages"

DATE = re.compile(r"\d{4}-\d\d-\d\d")
"""The day in a date of a header, however the time is written."""


LITTLE = 80
"""How alike a text and its previous one must be, in percent, for the old translation to be shown
where a page keeps outdated ones."""


class State(Enum):
    """How far the translation of a message is."""

    TRANSLATED = "translated"
    FUZZY = "fuzzy"
    """Nobody has compared the translation with the text as it is now."""
    MISSING = "missing"
    REFUSED = "refused"
    """There is a translation, and it must not be shown (annai.guard)."""


WORTH = (State.MISSING, State.FUZZY, State.REFUSED, State.TRANSLATED)
"""From the least that a message can have to the best."""


@dataclass(frozen=True)
class Catalog(ABC):
    """The messages of one locale.

    Those that are obsolete do not count; of those that stand twice, the best does.
    """

    locale: Locale
    shown: str | Path
    """The name of the file in messages."""
    guard: Guard
    """Says which translations may not be shown."""

    @property
    @abstractmethod
    def metadata(self) -> Mapping[str, str]:
        """What the header says."""

    @abstractmethod
    def __iter__(self) -> Iterator[polib.POEntry]:
        """Every message, in the order of the file."""

    @abstractmethod
    def find(self, message: Key) -> polib.POEntry | None:
        """The entry of *message*, None if there is none."""

    @abstractmethod
    def state(self, message: Key) -> State:
        """How far the translation of *message* is."""

    @abstractmethod
    def refusal(self, message: Key) -> Refusal | None:
        """Why the translation of *message* may not be shown, None if it may."""

    @abstractmethod
    def refusals(self) -> Iterator[tuple[polib.POEntry, Refusal]]:
        """The messages with translations that may not be shown, reviewed or not, and why."""

    def having(self, state: State) -> Iterator[polib.POEntry]:
        """The messages whose translations are in *state*."""
        return (each for each in self if self.state(key(each)) is state)

    @property
    def refused(self) -> Iterator[ContentError]:
        """What is wrong with each translation that somebody reviewed and that may not be shown."""
        for entry, refusal in self.refusals():
            if not entry.fuzzy:
                problem = f"{refusal.problem} (refused: {refusal.rule})"
                yield ContentError(self.shown, line_of(entry), problem, refusal.fix)

    @cached_property
    def outdated(self) -> Mapping[Key, str]:
        """Translations of what the text was before it changed a little, where they may be shown.

        A fuzzy translation that names no previous text was never reviewed, and one whose previous
        text still stands elsewhere is of another text.
        """
        return {
            key(entry): entry.msgstr
            for entry in self.having(State.FUZZY)
            if entry.previous_msgid
            and self.find((entry.previous_msgctxt, entry.previous_msgid)) is None
            and fuzz.ratio(entry.previous_msgid, entry.msgid) >= LITTLE
            and entry.msgstr.strip()
            and not self.refusal(key(entry))
        }

    @cached_property
    def first_lines(self) -> Mapping[str, int]:
        """The 1-based line of the first message of each file, by its name (annai.pofile)."""
        found: dict[str, int] = {}
        for entry in self:
            for name, _ in entry.occurrences:
                found[name] = min(line_of(entry), found.get(name, line_of(entry)))
        return found

    @property
    def changed(self) -> datetime.date | None:
        """The day on which somebody last translated, if the header says it."""
        found = DATE.match(self.metadata.get("PO-Revision-Date", ""))
        try:
            return datetime.date.fromisoformat(found[0]) if found else None
        except ValueError:
            return None

    def describe(self, msgid: str, context: str | None) -> dict[str, str]:
        """HTML attributes that tell translators why a block is not translated, and where it is."""
        message = context, msgid
        entry = self.find(message)
        where = f"{self.shown}:{line_of(entry)}" if entry else f"{self.shown} (make catalogs)"
        state = self.state(message)
        refusal = self.refusal(message) if state is State.REFUSED else None
        why = f": {refusal.problem} (refused: {refusal.rule})" if refusal else ""
        return {"class": f"annai-{state.value}", "title": f"{where}{why}"}

    def translate(self, msgid: str, context: str | None = None) -> str | None:
        """The translation of *msgid*, or None if there is none that may be shown."""
        entry = self._shown_entry((context, msgid))
        return as_asked(msgid, entry.msgstr) if entry else None

    def gettext(self) -> NullTranslations:
        """What may be shown, for programs that speak gettext, plural forms included."""
        rule = PLURAL_FORMS.fullmatch(self.metadata.get("Plural-Forms", ""))
        return Lookup(self._shown_entry, rule[2] if rule else "n != 1")

    def _shown_entry(self, message: Key) -> polib.POEntry | None:
        return self.find(message) if self.state(message) is State.TRANSLATED else None


@dataclass(frozen=True)
class WholeCatalog(Catalog):
    """The messages of one locale, read from a PO file, with everything else that this holds."""

    file: polib.POFile
    judged: dict[object, Refusal | None] = field(default_factory=dict, repr=False, compare=False)
    """Why translations may not be shown, by all that `said` gives; known ones need no guard."""

    @classmethod
    def read(
        cls, path: Path, locale: Locale, guard: Guard, shown: str | Path | None = None
    ) -> WholeCatalog:
        """The catalog in the PO file *path*, named *shown* in messages.

        Raises ContentError if there is no such file or if it cannot be read.
        """
        text = read_catalog_text(path, locale, shown)
        return cls.parse(text, locale, guard, shown or path)

    @classmethod
    def parse(cls, text: str, locale: Locale, guard: Guard, shown: str | Path) -> WholeCatalog:
        """The catalog in a PO file with the content *text*. Raises ContentError."""
        return cls(locale, shown, guard, parse_catalog(text, locale, shown))

    @property
    def metadata(self) -> Mapping[str, str]:
        """What the header says."""
        found: dict[str, str] = self.file.metadata
        return found

    def __iter__(self) -> Iterator[polib.POEntry]:
        """Every message, in the order of the file."""
        return iter(self._entries.values())

    @cached_property
    def _entries(self) -> Mapping[Key, polib.POEntry]:
        found: dict[Key, polib.POEntry] = {}
        for entry in self.file:
            known = found.get(key(entry))
            if not entry.obsolete and (known is None or self._worth(entry) > self._worth(known)):
                found[key(entry)] = entry
        return found

    def _worth(self, entry: polib.POEntry) -> int:
        """How good the translation of *entry* is."""
        return WORTH.index(state_of(entry, self._refusal(entry), self._forms))

    def find(self, message: Key) -> polib.POEntry | None:
        """The entry of *message*, None if there is none."""
        return self._entries.get(message)

    def state(self, message: Key) -> State:
        """How far the translation of *message* is."""
        entry = self.find(message)
        return state_of(entry, self._refusal(entry), self._forms) if entry else State.MISSING

    def refusal(self, message: Key) -> Refusal | None:
        """Why the translation of *message* may not be shown, None if it may."""
        return self._refusal(self._entries[message])

    def refusals(self) -> Iterator[tuple[polib.POEntry, Refusal]]:
        """The messages with translations that may not be shown, reviewed or not, and why."""
        for entry in self:
            if refusal := self._refusal(entry):
                yield entry, refusal

    def _refusal(self, entry: polib.POEntry) -> Refusal | None:
        name = said(entry)
        if name not in self.judged:
            self.judged[name] = self.guard.refuse(entry, self.locale)
        return self.judged[name]

    @cached_property
    def _forms(self) -> int:
        return plural_count(self.metadata)

    @property
    def percent(self) -> int:
        """How much of the messages in the file is translated, rounded down; 0 if it has none."""
        done = sum(self.state(message) is State.TRANSLATED for message in self._entries)
        return 100 * done // len(self._entries) if self._entries else 0

    def problems(self) -> Iterator[ContentError]:
        """Messages that stand twice, which gettext's own tools refuse, and refused ones."""
        seen = set()
        for entry in self.file:
            if key(entry) in seen:
                fix = "run: make catalogs; it keeps the better one, and the other as a comment"
                problem = f"{short(entry.msgid)} stands twice"
                yield ContentError(self.shown, line_of(entry), problem, fix)
            seen.add(key(entry))
        yield from self.refused


def said(entry: polib.POEntry) -> object:
    """All of *entry* that the guard knows of."""
    forms = tuple(sorted(entry.msgstr_plural.items()))
    return entry.msgid, entry.msgid_plural, entry.msgstr, forms, is_inline(entry)


def state_of(entry: polib.POEntry, refusal: Refusal | None, forms: int) -> State:
    """How far the translation of *entry* is, if *refusal* is why it may not be shown.

    *forms* is how many plural forms the language has.
    """
    if entry.fuzzy:
        return State.FUZZY
    has_all = not entry.msgstr_plural or len(entry.msgstr_plural) == forms
    if not is_translated(entry) or not has_all:
        return State.MISSING
    return State.REFUSED if refusal else State.TRANSLATED


def as_asked(msgid: str, msgstr: str) -> str | None:
    """*msgstr* with white space around it only if *msgid* has some; None if nothing is left."""
    return (msgstr if msgid != msgid.strip() else msgstr.strip()) or None


def is_translated(entry: polib.POEntry) -> bool:
    """Whether every form of *entry* has a text that is more than white space."""
    forms = entry.msgstr_plural.values() if entry.msgid_plural else (entry.msgstr,)
    return all(text.strip() for text in forms)


def catalog_path(locales: Path, locale: Locale) -> Path:
    """Where the catalog of *locale* is below the folder *locales* (Babel's layout)."""
    return locales / locale.folder / "LC_MESSAGES" / f"{DOMAIN}.po"


def find_locales(locales: Path, root: Path) -> list[Locale]:
    """Every locale that has a folder in *locales*, in the order of their tags.

    *root* is the folder that paths in messages start from. Raises ContentError for a folder
    that is not named for a locale.
    """
    if not locales.is_dir():
        return []
    folders = [each for each in locales.iterdir() if each.is_dir() and each.name[0] not in "._"]
    found = []
    for folder in folders:
        shown = Path(os.path.relpath(folder, root))
        locale = parse_locale(folder.name, shown)
        if folder.name != locale.folder:
            raise ContentError(
                shown,
                1,
                f'"{folder.name}" is a language tag, not the name of a catalog folder',
                f"rename the folder to {locale.folder}",
            )
        found.append(locale)
    return sorted(found, key=lambda locale: locale.tag)


def targets(site: Site) -> list[Locale]:
    """The locales that *site* is translated into, in the order of their tags."""
    found = find_locales(site.locales, site.path.parent)
    return [locale for locale in found if locale != site.source]


def read_catalog_text(path: Path, locale: Locale, shown: str | Path | None = None) -> str:
    """The content of the PO file *path*. Raises ContentError if there is none, or not in UTF-8."""
    if not path.is_file():
        raise ContentError(
            shown or path,
            1,
            f"there is no catalog for the locale {locale.folder}",
            f"run: make locale LOCALE={locale.folder} (or delete the folder {locale.folder})",
        )
    return read_text(path, shown or path)


def parse_catalog(text: str, locale: Locale, shown: str | Path) -> polib.POFile:
    """The entries of the catalog with the content *text*. Raises ContentError."""
    file = parse_po(text, shown)
    for fault in header_faults(file, locale, shown, text):
        raise fault
    return file


def catalog_faults(text: str, locale: Locale, shown: str | Path) -> list[ContentError]:
    """Why the catalog with the content *text* cannot be read; none if it can."""
    found = list(faults(text, shown))
    if found:
        return found
    try:
        catalog = parse_sound(text, shown)
    except ContentError as fault:
        return [fault]
    return list(header_faults(catalog, locale, shown, text))
