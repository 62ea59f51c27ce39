"""How much of each page every language has, as the catalogs say, for builds of any one language.

A page leads search engines to the same page in the other languages, but only where that is worth
reading: every build has to know it of all languages, and all have to say the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from annai.catalogs import Catalog
from annai.locales import Locale
from annai.plan import Plan
from annai.status import status

COVERAGE = "ANNAI_COVERAGE"
"""Environment variable that a build sets for its children: a file with what `Coverage` holds, so
that only one process has to read every catalog."""


@dataclass(frozen=True)
class Coverage:
    """How many messages of each file are translated."""

    counts: Mapping[str, Mapping[str, tuple[int, int]]]
    """From the folder of a locale, and a file with messages, to how many of these are translated,
    and how many there are. The source is left out."""

    def has(self, locale: Locale, files: Iterable[str]) -> bool:
        """Whether readers of *locale* get at least half of the messages in *files* translated.

        A page whose words are all in templates has no files; one that no catalog knows is new.

        >>> counts = {"ja": {"docs/a.md": (1, 2), "docs/b.md": (0, 1)}}
        >>> [Coverage(counts).has(Locale("ja"), files) for files in (["docs/a.md"], counts["ja"])]
        [True, False]
        """
        found = self.counts.get(locale.folder)
        names = list(files)
        if found is None or not names:
            return True
        translated, every = map(sum, zip(*(found.get(name, (0, 0)) for name in names), strict=True))
        return 0 < every <= 2 * translated


def read_coverage(plan: Plan, environ: Mapping[str, str]) -> Coverage:
    """The coverage of all languages of *plan*: what the parent of this process says, or anew.

    Raises ContentError if a catalog cannot be read.
    """
    if COVERAGE not in environ:
        return Coverage({each.folder: _counts(plan, each) for each in plan.locales[1:]})
    data = json.loads(Path(environ[COVERAGE]).read_text("utf-8"))
    counts = {
        folder: {name: (translated, every) for name, (translated, every) in files.items()}
        for folder, files in data.items()
    }
    return Coverage(counts)


def write_coverage(coverage: Coverage, path: Path) -> None:
    """Write *coverage* to the file *path*, for `read_coverage`."""
    path.write_text(json.dumps(coverage.counts), "utf-8")


def _counts(plan: Plan, locale: Locale) -> dict[str, tuple[int, int]]:
    """The same for *locale*; a pseudo-locale, which is no language, has nothing."""
    catalog = plan.catalog_of(locale)
    if not isinstance(catalog, Catalog):
        return {}
    files = status(catalog, catalog.entries.values()).files
    return {name: (count.translated, count.total) for name, count in files.items()}
