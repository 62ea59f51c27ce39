"""The catalogs that translators write: what they hold, and what of it readers may see."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from enum import Enum
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path

import polib
from rapidfuzz import fuzz

from annai.errors import ContentError
from annai.guard import Guard, Refusal, site_guard
from annai.headers import header_faults
from annai.locales import Locale, parse_locale
from annai.lookup import Lookup
from annai.memory import FOLDER, digest, keep, program, recall
from annai.packing import packed, unpacked
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


@dataclass(frozen=True)
class Catalog:
    """The messages of one locale."""

    locale: Locale
    file: polib.POFile
    """Everything the PO file holds."""
    shown: str | Path
    """The name of the file in messages."""
    guard: Guard
    """Says which translations may not be shown."""

    @classmethod
    def read(
        cls, path: Path, locale: Locale, guard: Guard, shown: str | Path | None = None
    ) -> Catalog:
        """The catalog in the PO file *path*, named *shown* in messages.

        Raises ContentError if there is no such file or if it cannot be read.
        """
        text = read_catalog_text(path, locale, shown)
        return cls.parse(text, locale, guard, shown or path)

    @classmethod
    def parse(
        cls,
        text: str,
        locale: Locale,
        guard: Guard,
        shown: str | Path,
        file: polib.POFile | None = None,
    ) -> Catalog:
        """The catalog in a PO file with the content *text*, which is *file* if that is known.

        Raises ContentError.
        """
        file = file or parse_po(text, shown)
        for fault in header_faults(file, locale, shown, text):
            raise fault
        return cls(locale, file, shown, guard)

    @cached_property
    def entries(self) -> Mapping[Key, polib.POEntry]:
        """Every message that is not obsolete; of those that stand twice, the best."""
        found: dict[Key, polib.POEntry] = {}
        for entry in self.file:
            known = found.get(key(entry))
            if not entry.obsolete and (known is None or self._worth(entry) > self._worth(known)):
                found[key(entry)] = entry
        return found

    def _worth(self, entry: polib.POEntry) -> int:
        """How good the translation of *entry* is: none, not reviewed, refused, or to be shown."""
        if entry.fuzzy or not is_translated(entry):
            return int(is_translated(entry))
        return 2 if self.guard.refuse(entry, self.locale) else 3

    def refusal(self, message: Key) -> Refusal | None:
        """Why the translation of *message* may not be shown, None if it may."""
        if message not in self._refusals:
            self._refusals[message] = self.guard.refuse(self.entries[message], self.locale)
        return self._refusals[message]

    @cached_property
    def _refusals(self) -> dict[Key, Refusal | None]:
        return {}

    def know(self, refusals: Mapping[str, Iterable[str]]) -> None:
        """Take *refusals*, by the numbers of their entries from 0, for all that there are."""
        self._refusals.update(dict.fromkeys(self.entries))
        every = list(self.entries)
        self._refusals.update((every[int(each)], Refusal(*said)) for each, said in refusals.items())

    @property
    def refused(self) -> Mapping[Key, ContentError]:
        """What is wrong with each translation that somebody reviewed and that may not be shown."""
        reviewed = {each: entry for each, entry in self.entries.items() if not entry.fuzzy}
        return {
            each: ContentError(
                self.shown,
                line_of(entry),
                f"{refusal.problem} (refused: {refusal.rule})",
                refusal.fix,
            )
            for each, entry in reviewed.items()
            if (refusal := self.refusal(each))
        }

    @cached_property
    def outdated(self) -> Mapping[Key, str]:
        """The same for translations of what the text was before it changed a little.

        A fuzzy translation that names no previous text was never reviewed, and one whose previous
        text still stands elsewhere is of another text.
        """
        return {
            each: entry.msgstr
            for each, entry in self.entries.items()
            if entry.fuzzy
            and entry.previous_msgid
            and (entry.previous_msgctxt, entry.previous_msgid) not in self.entries
            and fuzz.ratio(entry.previous_msgid, entry.msgid) >= LITTLE
            and entry.msgstr.strip()
            and not self.refusal(each)
        }

    @cached_property
    def percent(self) -> int:
        """How much of the messages in the file is translated, rounded down; 0 if it has none."""
        done = sum(self.state(each) is State.TRANSLATED for each in self.entries)
        return 100 * done // len(self.entries) if self.entries else 0

    @property
    def changed(self) -> datetime.date | None:
        """The day on which somebody last translated, if the header says it."""
        found = DATE.match(self.file.metadata.get("PO-Revision-Date", ""))
        try:
            return datetime.date.fromisoformat(found[0]) if found else None
        except ValueError:
            return None

    def state(self, message: Key) -> State:
        """How far the translation of *message* is."""
        entry = self.entries.get(message)
        if entry is None or not (entry.fuzzy or self._is_complete(entry)):
            return State.MISSING
        if entry.fuzzy:
            return State.FUZZY
        return State.REFUSED if self.refusal(message) else State.TRANSLATED

    def _is_complete(self, entry: polib.POEntry) -> bool:
        """Whether *entry* has all the forms that the language has."""
        forms = len(entry.msgstr_plural)
        return is_translated(entry) and (not forms or forms == self.forms)

    @cached_property
    def forms(self) -> int:
        """How many plural forms the language has."""
        return plural_count(self.file)

    def describe(self, msgid: str, context: str | None) -> dict[str, str]:
        """HTML attributes that tell translators why a block is not translated, and where it is."""
        message = context, msgid
        entry = self.entries.get(message)
        where = f"{self.shown}:{line_of(entry)}" if entry else f"{self.shown} (make catalogs)"
        state = self.state(message)
        refusal = self.refusal(message) if state is State.REFUSED else None
        why = f": {refusal.problem} (refused: {refusal.rule})" if refusal else ""
        return {"class": f"annai-{state.value}", "title": f"{where}{why}"}

    def translate(self, msgid: str, context: str | None = None) -> str | None:
        """The translation of *msgid*, or None if there is none that may be shown."""
        message = context, msgid
        if self.state(message) is not State.TRANSLATED:
            return None
        msgstr = self.entries[message].msgstr
        return (msgstr if msgid != msgid.strip() else msgstr.strip()) or None

    def gettext(self) -> NullTranslations:
        """What may be shown, for programs that speak gettext, plural forms included."""
        rule = PLURAL_FORMS.fullmatch(self.file.metadata.get("Plural-Forms", ""))
        return Lookup(self._shown_entry, rule[2] if rule else "n != 1")

    def _shown_entry(self, message: Key) -> polib.POEntry | None:
        return self.entries[message] if self.state(message) is State.TRANSLATED else None

    def problems(self) -> Iterator[ContentError]:
        """Messages that stand twice, which gettext's own tools refuse, and refused ones."""
        seen = set()
        for entry in self.file:
            if key(entry) in seen:
                fix = "run: make catalogs; it keeps the better one, and the other as a comment"
                problem = f"{short(entry.msgid)} stands twice"
                yield ContentError(self.shown, line_of(entry), problem, fix)
            seen.add(key(entry))
        yield from self.refused.values()


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


MANY = 30_000
"""How many messages are held at the same time, apart from those of the catalog that is read."""

_held: dict[object, Catalog] = {}
"""The catalogs that were read last, by their files, what these were then, and their guards."""


def read_catalog(site: Site, locale: Locale, guard: Guard | None = None) -> Catalog:
    """The catalog of *locale*, read once for as long as its file stays the same.

    *guard* is that of *site*, where it is known. Raises ContentError.
    """
    path = catalog_path(site.locales, locale)
    found = path.stat() if path.is_file() else None
    guard = guard or site_guard(site)
    name = path, guard, site.shown(path), found and (found.st_mtime_ns, found.st_size)
    known = _held.pop(name, None)
    while sum(len(each.entries) for each in _held.values()) > MANY:
        del _held[next(iter(_held))]
    memory = site.path.parent / FOLDER
    catalog = known or _read_catalog(path, locale, guard, site.shown(path), memory)
    _held[name] = catalog
    return catalog


def _read_catalog(path: Path, locale: Locale, guard: Guard, shown: str, memory: Path) -> Catalog:
    text = read_catalog_text(path, locale, shown)
    kept = memory / f"{locale.folder}.catalog.json"
    known = recall(kept, program())
    file = known and unpacked(known["file"], text)
    catalog = Catalog.parse(text, locale, guard, shown, file)
    if known and known["said"] == digest(text, guard.version):
        catalog.know(known["refusals"])
        return catalog
    with guard.remembering(locale, memory):
        refusals = [catalog.refusal(each) for each in catalog.entries]
    numbered = {number: astuple(each) for number, each in enumerate(refusals) if each}
    said = digest(text, guard.version)
    value = {"file": packed(catalog.file, text), "said": said, "refusals": numbered}
    keep(kept, program(), value)
    return catalog


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
