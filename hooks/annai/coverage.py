"""Which messages are translated into each language, for builds of any one of them.

A page leads search engines to the same page in the other languages, but only where that is worth
reading: every build has to know it of all languages, and all have to say the same.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from annai.catalogs import Catalog, State, catalog_path
from annai.guard import site_guard
from annai.inputs import content
from annai.locales import Locale
from annai.memory import FOLDER, digest, keep, recall
from annai.plan import COVERAGE, Plan
from annai.pofile import Key
from annai.publication import is_mostly_translated


@dataclass(frozen=True)
class Coverage:
    """What readers of each language get translated."""

    translated: Mapping[str, frozenset[Key]]
    """From the folder of each locale but the source to its messages."""

    def has(self, locale: Locale, messages: Collection[Key]) -> bool:
        """Whether *messages*, those of a page, are mostly translated into *locale*.

        >>> found = Coverage({"ja": frozenset([(None, "One")])})
        >>> pages = ["One", "Two"], ["One", "Two", "Three"]
        >>> [found.has(Locale("ja"), [(None, text) for text in page]) for page in pages]
        [True, False]
        """
        known = self.translated.get(locale.folder)
        if known is None or not messages:
            return True
        return is_mostly_translated(100 * sum(each in known for each in messages) // len(messages))


def read_coverage(plan: Plan, environ: Mapping[str, str]) -> Coverage:
    """The coverage of all languages of *plan*: as the parent of this process says, or anew.

    Raises ContentError if a catalog cannot be read.
    """
    if COVERAGE not in environ:
        return Coverage({each.folder: _translated(plan, each) for each in plan.locales[1:]})
    return _read(Path(environ[COVERAGE]))


@lru_cache(maxsize=1)  # a build has a file of its own
def _read(path: Path) -> Coverage:
    data = json.loads(path.read_text("utf-8"))
    return Coverage({each: frozenset(map(tuple, messages)) for each, messages in data.items()})


def write_coverage(coverage: Coverage, path: Path) -> None:
    """Write *coverage* to the file *path*, for `read_coverage`; the same one as the same bytes."""
    data = {each: _in_order(messages) for each, messages in coverage.translated.items()}
    path.write_text(json.dumps(data), "utf-8")


def _translated(plan: Plan, locale: Locale) -> frozenset[Key]:
    """The messages of *locale*; none of a pseudo-locale, which is no language.

    They are kept, since a catalog is read for longer than they are.
    """
    site = plan.site
    kept = site.path.parent / FOLDER / f"{locale.folder}.translated.json"
    version = digest(site_guard(site).version, content(catalog_path(site.locales, locale)))
    if known := recall(kept, version):
        return frozenset(map(tuple, known))
    catalog = plan.catalog_of(locale)
    if not isinstance(catalog, Catalog):
        return frozenset()
    found = (each for each in catalog.entries if catalog.state(each) is State.TRANSLATED)
    translated = frozenset(found)
    keep(kept, version, _in_order(translated))
    return translated


def _in_order(messages: Iterable[Key]) -> list[Key]:
    return sorted(messages, key=lambda message: (message[0] or "", message[1]))
