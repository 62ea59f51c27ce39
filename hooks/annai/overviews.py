"""Sections of the navigation that have no page of their own, and where such a page would be."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator
from pathlib import PurePosixPath
from typing import Any

INDEXES = ("index", "README")
"""What the page of a folder is called (mkdocs.structure.files.File, MkDocs 1.6)."""


def with_overviews(
    nav: Any, pages: Collection[str], is_free: Callable[[str], bool]
) -> tuple[Any, list[str]]:
    """*nav* of the configuration with a page for every section that has none, and these pages.

    The page stands first in its section, and is the index of the folder that holds those *pages*
    (paths from theirs) that the section has, and no other of the navigation. A section without
    such a folder gets none, and neither does one whose index is not *is_free*: where it would be,
    there is something else.

    >>> with_overviews([{"Do": ["do/a.md", "do/b.md"]}], ["do/a.md", "do/b.md"], lambda _: True)
    ([{'Do': ['do/index.md', 'do/a.md', 'do/b.md']}], ['do/index.md'])
    """
    known = dict.fromkeys(page for page in _paths(nav) if page in pages)
    added: list[str] = []

    def walk(item: Any) -> Any:
        if isinstance(item, list):
            return [walk(each) for each in item]
        if not isinstance(item, dict):
            return item
        return {title: section(each) for title, each in item.items()}

    def section(items: Any) -> Any:
        if not isinstance(items, list):
            return items
        index = _index(items, known)
        if index is None or index in added or not is_free(index):
            return walk(items)
        added.append(index)
        return [index, *walk(items)]

    return walk(nav), added


def folder_overviews(pages: Collection[str], is_free: Callable[[str], bool]) -> list[str]:
    """The same pages where MkDocs makes a section of every folder of *pages*.

    >>> folder_overviews(["index.md", "do/a.md", "do/b/c.md"], lambda page: page != "do/index.md")
    ['do/b/index.md']
    """
    folders = {parent for page in pages for parent in PurePosixPath(page).parents if parent.name}
    return [page for page in sorted(f"{each}/index.md" for each in folders) if is_free(page)]


def _index(items: list[Any], known: Collection[str]) -> str | None:
    """The path of the page that the section of *items* could have, if it has none yet."""
    own = [page for page in _paths(items) if page in known]
    if not own or any(PurePosixPath(page).stem in INDEXES for page in _direct(items)):
        return None
    folder = posixpath.commonpath([posixpath.dirname(page) for page in own])
    below = [page for page in known if page.startswith(f"{folder}/")]
    return f"{folder}/index.md" if folder and set(below) <= set(own) else None


def _direct(items: list[Any]) -> Iterator[str]:
    """The paths of what stands in a section, its sections apart."""
    for item in items:
        for each in item.values() if isinstance(item, dict) else (item,):
            if isinstance(each, str):
                yield each


def _paths(item: Any) -> Iterator[str]:
    """Every path in *item*, navigation or a part of it, in its order."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, (list, dict)):
        for each in item.values() if isinstance(item, dict) else item:
            yield from _paths(each)
