"""Which messages are translated into each language, for builds of any one of them.

A page leads search engines to the same page in the other languages, but only where that is worth
reading: every build has to know it of all languages, and all have to say the same.
"""

from __future__ import annotations

import json
from collections import Counter
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

    folders: Sequence[str]
    """Those of the locales but the source."""
    translated: Mapping[int, int]
    """From messages, as numbers (annai.pofile), to the folders: the first is the lowest bit."""

    def having(self, locales: Iterable[Locale], messages: Sequence[int]) -> list[Locale]:
        """Those of *locales* into which *messages*, those of a page, are mostly translated.

        >>> found, languages = Coverage(["de", "ja"], {1: 0b10, 2: 0b01}), [Locale("ja")]
        >>> found.having(languages, [1, 2]), found.having(languages, [1, 2, 3])
        ([Locale(folder='ja')], [])
        """
        counts = Counter(self.translated.get(each, 0) for each in messages)
        bits = {folder: 1 << place for place, folder in enumerate(self.folders)}
        return [
            each
            for each in locales
            if each.folder not in bits or _is_mostly(bits[each.folder], counts)
        ]


def read_coverage(plan: Plan, environ: Mapping[str, str]) -> Coverage:
    """The coverage of all languages of *plan*: as the parent of this process says, or anew.

    Raises ContentError if a catalog cannot be read.
    """
    if COVERAGE in environ:
        return _read(Path(environ[COVERAGE]))
    translated: dict[int, int] = {}
    for place, locale in enumerate(plan.locales[1:]):
        for message in _translated(plan, locale):
            translated[message] = translated.get(message, 0) | 1 << place
    return Coverage([each.folder for each in plan.locales[1:]], translated)


@lru_cache(maxsize=1)  # a build has a file of its own
def _read(path: Path) -> Coverage:
    folders, messages, bits = json.loads(path.read_text("utf-8"))
    return Coverage(folders, dict(zip(messages, bits, strict=True)))


def write_coverage(coverage: Coverage, path: Path) -> None:
    """Write *coverage* to the file *path*, for `read_coverage`; the same one as the same bytes."""
    messages = sorted(coverage.translated)
    data = [*coverage.folders], messages, [coverage.translated[each] for each in messages]
    path.write_text(json.dumps(data), "utf-8")


def _is_mostly(bit: int, counts: Counter[int]) -> bool:
    """Whether a page is one of the language of *bit*; *counts* are its messages, by all bits."""
    found = sum(count for bits, count in counts.items() if bits & bit)
    return not counts or is_mostly_translated(100 * found // counts.total())


def _translated(plan: Plan, locale: Locale) -> Sequence[int]:
    """The messages of *locale*; none of a pseudo-locale, which is no language."""
    if locale in pseudo.LOCALES:
        return ()
    return summary(plan.site, locale, plan.guard).translated
