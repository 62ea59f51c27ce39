"""The catalogs of a site as builds read them: once for as long as their files stay the same.

What a build has found out about a catalog is kept. The next one reads and judges nothing but what
has changed since, and makes no entry that nobody asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property, partial
from typing import NamedTuple

import polib

from annai.catalogs import (
    WORTH,
    Catalog,
    State,
    as_asked,
    catalog_path,
    parse_catalog,
    read_catalog_text,
    said,
    state_of,
)
from annai.guard import Guard, Refusal, site_guard
from annai.locales import Locale
from annai.memory import FOLDER, digest
from annai.objects import read_objects, write_objects
from annai.packing import NOTHING, Packed, Row, Verdict, fingerprint, pack, unpack
from annai.pofile import Key, number, plural_count
from annai.site import Site

MANY = 30_000
"""How many messages are held at the same time, apart from those of the catalog that is read."""

FEW = 100
"""What is kept of a catalog is not written anew before one in so many entries is another."""


class Known(NamedTuple):
    """What is kept of a catalog."""

    text: str = ""
    """A hash of its text."""
    guard: str = ""
    """The version of the guard that judged its translations."""
    packed: Packed = NOTHING


@dataclass(frozen=True)
class KeptCatalog(Catalog):
    """The messages of one locale, whose entries are made when somebody asks for them."""

    packed: Packed = NOTHING

    def changed_to(self, text: str, *, is_judged: bool = True) -> KeptCatalog:
        """The catalog once its file has the content *text*. Raises ContentError.

        Verdicts hold if this one *is_judged* by the same guard.
        """
        known = {row.said: row for row in self._rows} if is_judged else {}

        def judge(entry: polib.POEntry, header: Mapping[str, str]) -> Verdict:
            forms = plural_count(header)
            name = _name(entry, forms)
            if name in known:
                return name, known[name].state, known[name].refusal
            return name, *_judged(entry, self.locale, self.guard, forms)

        before = self.packed if is_judged else self.packed.judged(judge)
        read = partial(parse_catalog, locale=self.locale, shown=self.shown)
        return replace(self, packed=pack(text, read, judge, before))

    @property
    def metadata(self) -> Mapping[str, str]:
        """What the header says."""
        return self.packed.header

    @property
    def _rows(self) -> Sequence[Row]:
        return self.packed.rows

    def __iter__(self) -> Iterator[polib.POEntry]:
        """Every message, in the order of the file."""
        return (unpack(self._rows[place]) for place in self._places.values())

    @cached_property
    def _places(self) -> Mapping[int, int]:
        """Where the messages are among the rows, by their numbers."""
        found: dict[int, int] = {}
        for place, row in enumerate(self._rows):
            if row.number is not None:
                known = found.get(row.number)
                if known is None or self._worth(place) > self._worth(known):
                    found[row.number] = place
        return found

    def _worth(self, place: int) -> int:
        return WORTH.index(State(self._rows[place].state))

    def find(self, message: Key) -> polib.POEntry | None:
        """The entry of *message*, None if there is none."""
        place = self._places.get(number(message))
        return None if place is None else unpack(self._rows[place])

    def state(self, message: Key) -> State:
        """How far the translation of *message* is."""
        place = self._places.get(number(message))
        return State.MISSING if place is None else State(self._rows[place].state)

    def refusal(self, message: Key) -> Refusal | None:
        """Why the translation of *message* may not be shown, None if it may."""
        refusal = self._rows[self._places[number(message)]].refusal
        return Refusal(*refusal) if refusal else None

    def refusals(self) -> Iterator[tuple[polib.POEntry, Refusal]]:
        """The messages with translations that may not be shown, reviewed or not, and why."""
        for row in map(self._rows.__getitem__, self._places.values()):
            if row.refusal:
                yield unpack(row), Refusal(*row.refusal)

    def having(self, state: State) -> Iterator[polib.POEntry]:
        """The messages whose translations are in *state*."""
        for place in self._places.values():
            if self._rows[place].state == state.value:
                yield unpack(self._rows[place])

    def numbers(self, state: State) -> list[int]:
        """The numbers of the messages whose translations are in *state*."""
        every, wanted = self._places.items(), state.value
        return [number for number, place in every if self._rows[place].state == wanted]

    def translate(self, msgid: str, context: str | None = None) -> str | None:
        """The translation of *msgid*, or None if there is none that may be shown."""
        place = self._places.get(number((context, msgid)))
        row = None if place is None else self._rows[place]
        return as_asked(msgid, row.msgstr) if row and row.state == State.TRANSLATED.value else None

    def version(self, messages: Iterable[int]) -> str | None:
        """A hash of the translations of *messages*, None unless all may be shown."""
        places = [self._places.get(each) for each in messages]
        rows = [self._rows[each] for each in places if each is not None]
        is_whole = len(rows) == len(places) and all(
            each.state == State.TRANSLATED.value for each in rows
        )
        return digest([each.said for each in rows]) if is_whole else None


_held: dict[object, KeptCatalog] = {}
"""The catalogs that were read last, by their files, what these were then, and their guards."""


def read_catalog(site: Site, locale: Locale, guard: Guard | None = None) -> KeptCatalog:
    """The catalog of *locale*, read once for as long as its file stays the same.

    *guard* is that of *site*, where it is known. Raises ContentError.
    """
    path = catalog_path(site.locales, locale)
    found = path.stat() if path.is_file() else None
    guard = guard or site_guard(site)
    name = path, guard, site.shown(path), found and (found.st_mtime_ns, found.st_size)
    known = _held.pop(name, None)
    while sum(len(each.packed.rows) for each in _held.values()) > MANY:
        del _held[next(iter(_held))]
    _held[name] = known or _read(site, locale, guard)
    return _held[name]


def _read(site: Site, locale: Locale, guard: Guard) -> KeptCatalog:
    """The catalog of *locale*: what is kept of it, with what has changed since."""
    path = catalog_path(site.locales, locale)
    shown = site.shown(path)
    text = read_catalog_text(path, locale, shown)
    name = fingerprint(text)
    kept = site.path.parent / FOLDER / f"{locale.folder}.catalog"
    found = read_objects(kept)
    known = found if isinstance(found, Known) else Known()
    before = KeptCatalog(locale, shown, guard, known.packed)
    is_judged = known.guard == guard.version
    if is_judged and known.text == name:
        return before
    catalog = before.changed_to(text, is_judged=is_judged)
    if not is_judged or catalog.packed.new(known.packed) * FEW >= len(catalog.packed.rows):
        write_objects(kept, Known(name, guard.version, catalog.packed))
    return catalog


def _name(entry: polib.POEntry, forms: int) -> str:
    """A hash of all that the verdict on *entry* depends on, but for the guard.

    *forms* is how many plural forms the language has.
    """
    return digest(said(entry), entry.obsolete, entry.fuzzy, forms)


def _judged(
    entry: polib.POEntry, locale: Locale, guard: Guard, forms: int
) -> tuple[str, Sequence[str] | None]:
    """The state of the translation of *entry*, and why it may not be shown, None if it may."""
    refusal = None if entry.obsolete else guard.refuse(entry, locale)
    return state_of(entry, refusal, forms).value, astuple(refusal) if refusal else None
