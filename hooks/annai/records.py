"""What a build knows of the pages that it has made, for the next one, which need not make them."""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annai.folders import Stamp
from annai.memory import program
from annai.speech import Asked

KNOWN = frozenset(
    (
        "annai.feed.Entry", "annai.index.SearchPage", "annai.records.Record",
        "annai.records.Records", "annai.sections.Section", "annai.sitemap.Entry",
        "annai.suggestions.Suggestion", "annai.twins.Twin", "annai.twins.Written",
        "builtins.frozenset", "builtins.set", "datetime.date", "datetime.datetime",
        "markupsafe.Markup",
    )
)  # fmt: skip
"""What records are made of, beside what JSON has."""


@dataclass(frozen=True)
class Record:
    """A page of one language, as it was made."""

    version: str
    """A hash of what only this page is made of."""
    messages: tuple[int, ...]
    """What it says, as the numbers of messages (annai.pofile)."""
    title: str
    updated: str
    """The day of its last change as MkDocs tells it to templates (ISO 8601)."""
    meta: Mapping[str, Any]
    """Its front matter, as hooks left it."""
    anchors: frozenset[str]
    """Where others can lead to on it."""
    links: Mapping[str, Mapping[str, str]]
    """Anchors on other pages that it leads to, by the files of these, with the links as written."""
    notes: Mapping[str, Any]
    """See annai.notes."""
    stamp: Stamp
    """Size in bytes of its file in the site, and the time of its last change in ns."""


@dataclass(frozen=True)
class Records:
    """The pages of one language, by the names of their sources."""

    basis: str = ""
    """A hash of what all pages are made of, as far as it was known before they were."""
    whole: str = ""
    """A hash of what each page can find in the others."""
    asked: frozenset[Asked] = frozenset()
    """What templates and the configuration have asked of the catalog."""
    pages: Mapping[str, Record] = field(default_factory=dict)


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what `Records` hold: a file in a shared cache may be anybody's."""

    def find_class(self, module: str, name: str) -> Any:
        """The class *name*. Raises UnpicklingError if records have none such."""
        if f"{module}.{name}" not in KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a record")
        return super().find_class(module, name)


def read_records(path: Path) -> Records:
    """What `write_records` wrote into the file *path*; nothing if that is not what it wrote."""
    try:
        version, records = _Unpickler(io.BytesIO(path.read_bytes())).load()
    except Exception:
        return Records()
    return records if version == program() and isinstance(records, Records) else Records()


def write_records(path: Path, records: Records) -> None:
    """Write *records* into the file *path*; where that cannot be, the next build is slower."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        new.write_bytes(pickle.dumps((program(), records), pickle.HIGHEST_PROTOCOL))
        new.replace(path)
    except OSError:
        return
