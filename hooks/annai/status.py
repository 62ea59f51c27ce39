"""How far each translation is, as a whole and page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polib

from annai.catalogs import Catalog, State, targets
from annai.kept import read_catalog
from annai.pofile import key
from annai.pseudo import PseudoCatalog
from annai.site import Site
from annai.template import make_template

BAR = 20
"""How many characters a bar has at 100 percent."""


@dataclass(frozen=True)
class Count:
    """How many messages are in each state."""

    translated: int
    fuzzy: int
    missing: int
    refused: int

    @property
    def total(self) -> int:
        """All messages."""
        return self.translated + self.fuzzy + self.missing + self.refused

    @property
    def percent(self) -> int:
        """How much is translated, rounded down, so that only what is complete has 100."""
        return 100 * self.translated // self.total if self.total else 0

    def as_data(self) -> dict[str, int]:
        """The same as plain data."""
        numbers = {state.value: getattr(self, state.value) for state in State}
        return {"total": self.total, **numbers, "percent": self.percent}


@dataclass(frozen=True)
class Status:
    """How far the translation into one locale is."""

    locale: str
    name: str
    whole: Count
    files: Mapping[str, Count]
    """From each file with messages; a message counts in each file it is in."""


def total(counts: Iterable[Count]) -> Count:
    """All of *counts* together."""
    numbers = [[getattr(count, state.value) for state in State] for count in counts]
    return Count(*map(sum, zip(*numbers, strict=True))) if numbers else Count(0, 0, 0, 0)


def statuses(site: Site) -> list[Status]:
    """The status of every locale, in the order of their tags. Raises ContentError."""
    template = make_template(site)
    return [status(read_catalog(site, locale), template) for locale in targets(site)]


def status(catalog: Catalog | PseudoCatalog, messages: Iterable[polib.POEntry]) -> Status:
    """How many of *messages* are translated by *catalog*."""
    whole: Counter[State] = Counter()
    files: dict[str, Counter[State]] = {}
    for entry in messages:
        state = catalog.state(key(entry))
        whole[state] += 1
        for name in dict.fromkeys(name for name, _ in entry.occurrences):
            files.setdefault(name, Counter())[state] += 1
    locale = catalog.locale
    counts = {name: counted(files[name]) for name in sorted(files)}
    return Status(locale.folder, locale.name, counted(whole), counts)


def counted(found: Counter[State]) -> Count:
    """The same as a `Count`."""
    return Count(**{state.value: found[state] for state in State})


def table(found: Iterable[Status]) -> str:
    """The statuses as a table to be read in a terminal, a line for each locale and file."""
    states = "".join(f"{state.value:>12}" for state in State)
    rows = [("", f"done  {'':<{BAR}}{states}")]
    for each in found:
        rows += [("", ""), (each.locale, f"{_row(each.whole)}  {each.name}")]
        rows += [(f"  {name}", _row(count)) for name, count in each.files.items()]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}} {row:>5}".rstrip() for name, row in rows)


def _row(count: Count) -> str:
    bar = "█" * (count.percent * BAR // 100)
    return f"{count.percent:>3}%  {bar:<{BAR}}" + "".join(
        f"{getattr(count, state.value):>12}" for state in State
    )


def as_data(found: Iterable[Status]) -> list[dict[str, object]]:
    """The statuses as plain data, one mapping a locale."""
    return [
        {
            "locale": each.locale,
            "name": each.name,
            **each.whole.as_data(),
            "files": [{"file": name, **count.as_data()} for name, count in each.files.items()],
        }
        for each in found
    ]
