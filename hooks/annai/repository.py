"""Where the files of a site can be edited, told from where one of its pages can."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

LINES = (
    (re.compile(r"(https://github\.com/[^/]+/[^/]+)/(?:edit|blob)/"), r"\1/blob/"),
    (re.compile(r"(https://[^/]+/.+?/-)/(?:edit|blob)/"), r"\1/blob/"),  # GitLab, on any host
)
"""Addresses of an editor of files, and those of the same file with its lines, which have ids: from
there it is one click to the editor, which knows no lines."""


def beside(edit_url: str, docs: str, src_uri: str, path: str) -> str | None:
    """The address at which the file *path* can be edited; None if it cannot be told.

    *edit_url* is that of the page *src_uri*, which is below the folder *docs*; folder and *path*
    begin at that of the configuration. In an address they may be quoted (``edit_uri_template``).

    >>> beside("https://git.example/edit?file=docs%2Fa.md", "docs", "a.md", "locales/ja.po")
    'https://git.example/edit?file=locales%2Fja.po'
    >>> beside("https://git.example/a.md/raw", "docs", "a.md", "locales/ja.po")
    """
    for written in (str, quote, _quoted_whole):
        before, found, after = edit_url.rpartition(written(f"{docs}/{src_uri}"))
        if found:
            return f"{before}{written(path)}{after}"
    return None


def _quoted_whole(path: str) -> str:
    return quote(path, safe="")


def at_line(edit_url: str, line: int) -> str:
    """*edit_url*, leading to the 1-based *line* where that is known to work.

    >>> at_line("https://github.com/team/help/edit/main/locales/ja.po", 7)
    'https://github.com/team/help/blob/main/locales/ja.po#L7'
    """
    for pattern, shown in LINES:
        if pattern.match(edit_url):
            return f"{pattern.sub(shown, edit_url)}#L{line}"
    return edit_url


def places(edit_url: str, docs: str, src_uri: str, catalogs: Iterable[str]) -> frozenset[str]:
    """The addresses, without a line, at which the page *src_uri* and the *catalogs* can be edited.

    See `beside`.

    >>> sorted(places("https://git.example/docs/a.md", "docs", "a.md", ["locales/ja.po"]))
    ['https://git.example/docs/a.md', 'https://git.example/locales/ja.po']
    """
    others = (beside(edit_url, docs, src_uri, each) for each in catalogs)
    found = [edit_url, *(each for each in others if each)]
    return frozenset([*found, *(at_line(each, 1).partition("#")[0] for each in found)])
