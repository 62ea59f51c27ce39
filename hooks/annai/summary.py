"""What builds have to know of the catalogs of other languages: kept, since it is soon read."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from annai.catalogs import State, catalog_path
from annai.guard import Guard
from annai.inputs import content
from annai.kept import read_catalog
from annai.locales import Locale
from annai.memory import FOLDER, digest, keep, program, recall
from annai.publication import PUBLISHED
from annai.site import Site
from annai.status import Count, counted


@dataclass(frozen=True)
class Summary:
    """A catalog, as far as it matters to others."""

    count: Count
    """How many of its messages are translated."""
    was_published: bool
    """Whether its header says that readers have got the language before."""
    states: str
    """A hash of how far the translation of each message is."""
    translated: Sequence[int]
    """The messages that readers get, as numbers (annai.pofile)."""


_summaries: dict[Path, tuple[str, Summary]] = {}
"""Those that this process knows, with their versions, by the files in which they are kept."""


def summary(site: Site, locale: Locale, guard: Guard) -> Summary:
    """The summary of the catalog of *locale*; *guard* is that of *site*. Raises ContentError."""
    if known := kept_summary(site, locale, guard):
        return known
    path, version = _path(site, locale, "summary"), _version(site, locale, guard)
    catalog = read_catalog(site, locale, guard)
    was_published = PUBLISHED in catalog.metadata
    found = {state: sorted(catalog.numbers(state)) for state in State}
    whole = counted(Counter({state: len(numbers) for state, numbers in found.items()}))
    translated = found[State.TRANSLATED]
    said = digest(list(found.values()))
    keep(path, version, [asdict(whole), was_published, said, translated])
    answers(site, locale, guard, ())  # while the catalog is there
    return _note(path, version, Summary(whole, was_published, said, array("Q", translated)))


def kept_summary(site: Site, locale: Locale, guard: Guard) -> Summary | None:
    """The same, if it is known from an earlier build."""
    path, version = _path(site, locale, "summary"), _version(site, locale, guard)
    if path in _summaries and _summaries[path][0] == version:
        return _summaries[path][1]
    known = recall(path, version)
    if known is None:
        return None
    whole, was_published, states, translated = known
    found = Summary(Count(**whole), was_published, states, array("Q", translated))
    return _note(path, version, found)


def _note(path: Path, version: str, found: Summary) -> Summary:
    _summaries[path] = version, found
    return found


def answers(
    site: Site, locale: Locale, guard: Guard, texts: Iterable[str]
) -> dict[str, str | None]:
    """The translation of each of *texts* into *locale*, None where none may be shown.

    The catalog is read only if it is another one, or for texts that nobody has asked for before.
    Raises ContentError.
    """
    wanted = list(texts)
    path, version = _path(site, locale, "answers"), _version(site, locale, guard)
    known = recall(path, program()) or {"of": "", "texts": {}}
    if known["of"] != version or not all(text in known["texts"] for text in wanted):
        catalog = read_catalog(site, locale, guard)
        every = [*known["texts"], *wanted]
        known = {"of": version, "texts": {text: catalog.translate(text) for text in every}}
        keep(path, program(), known)
    return {text: known["texts"][text] for text in wanted}


def _path(site: Site, locale: Locale, what: str) -> Path:
    return site.path.parent / FOLDER / f"{locale.folder}.{what}.json"


def _version(site: Site, locale: Locale, guard: Guard) -> str:
    path = catalog_path(site.locales, locale)
    return digest(guard.version, content(path))
