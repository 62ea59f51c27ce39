"""What a build knows of the pages that it has made, for the next one, which need not make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annai.folders import Stamp
from annai.objects import read_objects
from annai.speech import Asked


@dataclass(frozen=True)
class Record:
    """A page of one language, as it was made."""

    version: str
    """A hash of what only this page is made of."""
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


def read_records(path: Path) -> Records:
    """What `write_objects` wrote into the file *path*; nothing if that is not what it wrote."""
    found = read_objects(path)
    return found if isinstance(found, Records) else Records()
