"""What builds have to know of the catalogs of other languages: kept, since it is soon read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from annai.catalogs import State, catalog_path, read_catalog
from annai.guard import Guard
from annai.inputs import content
from annai.locales import Locale
from annai.memory import FOLDER, digest, keep, recall
from annai.pofile import Key
from annai.publication import PUBLISHED
from annai.site import Site


@dataclass(frozen=True)
class Summary:
    """A catalog, as far as it matters to others."""

    percent: int
    """How much of its messages is translated."""
    was_published: bool
    """Whether its header says that readers have got the language before."""
    states: str
    """A hash of how far the translation of each message is."""
    translated: frozenset[int]
    """The messages that readers get, as numbers (`numbers`)."""


def numbers(messages: Iterable[Key]) -> list[int]:
    """A number for each of *messages*: 7 bytes of a hash, which no two of a site have in common.

    >>> numbers([(None, "One"), ("button", "One")])
    [46961306485591151, 49812597251122232]
    """
    texts = (f"{context or ''}\4{msgid}".encode() for context, msgid in messages)
    return [int.from_bytes(blake2b(text, digest_size=7).digest(), "big") for text in texts]


def summary(site: Site, locale: Locale, guard: Guard) -> Summary:
    """The summary of the catalog of *locale*; *guard* is that of *site*. Raises ContentError."""
    if known := kept_summary(site, locale, guard):
        return known
    version = _version(site, locale, guard)
    catalog = read_catalog(site, locale, guard)
    found = {each: catalog.state(each) for each in catalog.entries}
    states = digest(
        sorted(zip(numbers(found), (each.value for each in found.values()), strict=True))
    )
    translated = numbers(each for each in found if found[each] is State.TRANSLATED)
    first = (catalog.percent, PUBLISHED in catalog.file.metadata, states)
    keep(_path(site, locale), version, [*first, sorted(translated)])
    return Summary(*first, frozenset(translated))


def kept_summary(site: Site, locale: Locale, guard: Guard) -> Summary | None:
    """The same, if it is known from an earlier build."""
    known = recall(_path(site, locale), _version(site, locale, guard))
    return known and Summary(known[0], known[1], known[2], frozenset(known[3]))


def _path(site: Site, locale: Locale) -> Path:
    return site.path.parent / FOLDER / f"{locale.folder}.summary.json"


def _version(site: Site, locale: Locale, guard: Guard) -> str:
    return digest(guard.version, content(catalog_path(site.locales, locale)))
