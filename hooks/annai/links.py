"""Where the finished pages of a site lead, and which of their links lead nowhere.

What is read are the files that readers get, of every language, whatever made the link in them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from annai.addresses import clean, host, root, scheme
from annai.markup import ATTRIBUTES, attributes
from annai.outside import CSS_ADDRESS, LEADS, LOADED, REFRESH

TAG = re.compile(
    rf"""<(?:!--(?:-?>|.*?--!?>)
        | (?i:(script|style|textarea)\b({ATTRIBUTES})>(.*?)</\1\s*>)
        | ([a-zA-Z][^\s/>]*)({ATTRIBUTES})>)""",
    re.DOTALL | re.VERBOSE,
)
"""A comment, an element whose text is no HTML, or any other start tag."""

LEADING = frozenset((*LEADS, *LOADED, "meta"))
"""The elements that have addresses."""

TOP = ("", "top")
"""The fragments that stand for the beginning of any page (HTML, 7.4.6.4)."""

WHOLE = re.compile(r"""https?://[^\s"'<>{}]+""")
"""A whole address in a file for machines; in a template of an address up to what is filled in."""


class Reference(NamedTuple):
    """An address in a file of the site."""

    address: str
    start: int
    """Where the tag begins that has it."""
    is_link: bool
    """Whether readers follow it; else browsers load something from there."""


class Dead(NamedTuple):
    """A link that leads nowhere."""

    page: str
    """The file with the link, from the root of the site."""
    line: int
    address: str
    target: str
    """The file that it names, from the root of the site."""
    fragment: str
    """The place in that file which is not there; empty if the file is not there."""


@dataclass(frozen=True)
class Page:
    """What a file of the site says of links."""

    references: tuple[Reference, ...]
    ids: frozenset[str]
    """What the fragments of addresses can name."""


def read_page(html: str) -> Page:
    """The addresses in the page *html*, in its order, and the places in it.

    >>> page = read_page('<h2 id=a>A</h2><!-- <a href=b> --><img srcset="c.png 1x, d.png 2x">')
    >>> [each.address for each in page.references], sorted(page.ids)
    (['c.png', 'd.png'], ['a'])
    """
    found, ids = [], set()
    for match in TAG.finditer(html):
        raw_name, raw_said, text, name, said = match.groups()
        name, said = (raw_name or name or "").lower(), raw_said or said or ""
        if name == "style":
            css = (one or other for one, other in CSS_ADDRESS.findall(text))
            found += [Reference(each, match.start(), False) for each in css]
        if name not in LEADING and "id=" not in said.lower():
            continue
        given = attributes(said)
        ids.add(given.get("id", ""))
        if name in LEADS:
            ids.add(given.get("name", ""))
        for address in _addresses(name, given):
            found.append(Reference(address, match.start(), name in LEADS))
    return Page(tuple(found), frozenset(ids - {""}))


def _addresses(name: str, given: dict[str, str]) -> Iterator[str]:
    """The addresses in the tag *name* with the attributes *given*."""
    if name in LEADS and "href" in given:
        yield given["href"]
    for key in LOADED.get(name, ()):
        value = given.get(key, "")
        if "srcset" in key:
            yield from (each.split()[0] for each in re.split(r",\s", value) if each.strip())
        elif value:
            yield value
    if name == "meta" and given.get("http-equiv", "").lower() == "refresh":
        yield from REFRESH.findall(given.get("content", ""))
    elif name == "meta" and given.get("property", "").startswith("og:"):
        yield from WHOLE.findall(given.get("content", ""))


class BuiltSite:
    """The files of a site in *folder*, which readers get at *site_url*, if that is known."""

    def __init__(self, folder: Path, site_url: str = "") -> None:
        self.folder = folder
        self._host = host(site_url)
        self._root = root(site_url)
        self._ids: dict[str, frozenset[str]] = {}

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all files."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.folder).as_posix() for path in found)

    @property
    def pages(self) -> list[str]:
        """The paths of all pages, in order."""
        return sorted(path for path in self.files if path.endswith((".html", ".htm")))

    def page(self, path: str) -> Page:
        """What the page *path* says of links; of all pages together that would be much."""
        page = read_page(self._text(path))
        self._ids[path] = page.ids
        return page

    def ids(self, path: str) -> frozenset[str]:
        """What the fragments of addresses can name in the page *path*, read once."""
        return self._ids[path] if path in self._ids else self.page(path).ids

    def _text(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8", errors="replace")

    def target(self, address: str, path: str) -> tuple[str, str] | None:
        """The file that *address*, in the file *path*, leads to, and the place in it.

        None if that is not on this site. A folder stands for its ``index.html``.
        """
        cleaned = clean(address)
        named = host(cleaned)
        if scheme(cleaned) not in ("", "http", "https") or named not in ("", self._host):
            return None
        before, _, fragment = cleaned.partition("#")
        before = before.partition("?")[0]
        if named or before.startswith("/"):
            before = urlsplit(before).path or "/"
        elif before:
            before = posixpath.join(self._root, posixpath.dirname(path), before)
        else:
            before = self._root + path
        slash = "/" if before.endswith(("/", "/.", "/..")) else ""
        whole = f"{posixpath.normpath(before)}{slash}"
        if not f"{whole}/".startswith(self._root):
            return None
        name = unquote(whole[len(self._root) :]).lstrip("/")
        if name.endswith("/") or name not in self.files:
            inner = f"{name.rstrip('/')}/index.html".lstrip("/")
            name = inner if name.endswith("/") or inner in self.files or not name else name
        return name, unquote(fragment).partition(":~:")[0]

    def dead(self, is_known: Callable[[str], bool] = lambda path: True) -> Iterator[Dead]:
        """The links that lead nowhere, of those whose target *is_known*, being or not being there.

        Links in pages come first, then those in style sheets and in files for machines.
        """
        found = [
            each for path in self.pages for each in self._doubtful(path, self.page(path).references)
        ]
        for path in sorted(self.files):
            if path.endswith((".css", ".xml")):
                found += self._doubtful(path, _machine_references(self._text(path), path))
        for path, reference, name, fragment in found:
            if is_known(name) and not (fragment and fragment in self.ids(name)):
                line = self._text(path).count("\n", 0, reference.start) + 1
                yield Dead(path, line, reference.address, name, fragment)

    def _doubtful(
        self, path: str, references: Iterable[Reference]
    ) -> Iterator[tuple[str, Reference, str, str]]:
        """Those of the *references* in the file *path* whose target is not yet known to be there.

        Each address once: the file with it, the reference, and the target as `Dead` has it. Places
        in pages that were not read before are known once all are.
        """
        first: dict[str, Reference] = {}
        for reference in references:
            first.setdefault(reference.address, reference)
        for reference in first.values():
            target = self.target(reference.address, path)
            if target is None:
                continue
            name, fragment = target
            if name not in self.files:
                yield path, reference, name, ""
            elif (
                name.endswith((".html", ".htm"))
                and fragment.lower() not in TOP
                and fragment not in self._ids.get(name, ())
            ):
                yield path, reference, name, fragment

    def external(self) -> dict[str, list[str]]:
        """The addresses on other sites that pages lead to, each with these pages; both in order."""
        found: dict[str, list[str]] = {}
        for path in self.pages:
            links = (each.address for each in self.page(path).references if each.is_link)
            for address in dict.fromkeys(map(clean, links)):
                if host(address) not in ("", self._host):
                    found.setdefault(address, []).append(path)
        return dict(sorted(found.items()))


def _machine_references(text: str, path: str) -> Iterator[Reference]:
    """The addresses in the style sheet, or the XML, *text* of the file *path*."""
    if path.endswith(".css"):
        for match in CSS_ADDRESS.finditer(text):
            yield Reference(match[1] or match[2], match.start(), False)
    else:
        for match in WHOLE.finditer(text):
            yield Reference(match[0].replace("&amp;", "&"), match.start(), False)
