"""Which messages are translated into each language, for builds of any one of them.

A page leads search engines to the same page in the other languages, but only where that is worth
reading: every build has to know it of all languages, and all have to say the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from annai import pseudo
from annai.locales import Locale
from annai.plan import COVERAGE, Plan
from annai.publication import is_mostly_translated
from annai.summary import summary


@dataclass(frozen=True)
class Coverage:
    """What readers of each language get translated."""

    translated: Mapping[str, frozenset[int]]
    """From the folder of each locale but the source to its messages, as numbers (annai.pofile)."""

    def having(self, locales: Iterable[Locale], messages: Sequence[int]) -> list[Locale]:
        """Those of *locales* into which *messages*, those of a page, are mostly translated.

        >>> found = Coverage({"ja": frozenset([1])})
        >>> found.having([Locale("ja")], [1, 2]), found.having([Locale("ja")], [1, 2, 3])
        ([Locale(folder='ja')], [])
        """
        return [each for each in locales if self._has(each.folder, messages)]

    def _has(self, folder: str, messages: Sequence[int]) -> bool:
        known = self.translated.get(folder)
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
    return Coverage({each: frozenset(found) for each, found in data.items()})


def write_coverage(coverage: Coverage, path: Path) -> None:
    """Write *coverage* to the file *path*, for `read_coverage`; the same one as the same bytes."""
    data = {each: sorted(found) for each, found in coverage.translated.items()}
    path.write_text(json.dumps(data), "utf-8")


def _translated(plan: Plan, locale: Locale) -> frozenset[int]:
    """The messages of *locale*; none of a pseudo-locale, which is no language."""
    if locale in pseudo.LOCALES:
        return frozenset()
    return summary(plan.site, locale, plan.guard).translated
