"""Where a finished file leads: what is read is what readers get, whatever made the link in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from annai.markup import ATTRIBUTES, attributes
from annai.outside import CSS_ADDRESS, LEADS, LOADED, REFRESH

TAG = re.compile(
    rf"""<(?:!--(?:-?>|.*?--!?>)
        | (?i:(script|style|textarea)\b({ATTRIBUTES})>(.*?)</\1\s*>)
        | ([a-zA-Z][^\s/>]*)({ATTRIBUTES})>)""",
    re.DOTALL | re.VERBOSE,
)
"""A comment, an element whose text is no HTML, or any other start tag."""

PAGES = (".html", ".htm")
"""The endings of pages."""

OTHERS = (".css", ".xml")
"""Those of other files that lead somewhere."""

LEADING = frozenset((*LEADS, *LOADED, "meta"))
"""The elements that have addresses."""

WHOLE = re.compile(r"""https?://[^\s"'<>{}]+""")
"""A whole address in a file for machines; in a template of an address up to what is filled in."""


class Reference(NamedTuple):
    """An address in a file of the site."""

    address: str
    start: int
    """Where the tag begins that has it."""
    is_link: bool
    """Whether readers follow it; else browsers load something from there."""


@dataclass(frozen=True)
class Page:
    """What a file of the site says of links."""

    references: tuple[Reference, ...]
    ids: frozenset[str]
    """What the fragments of addresses can name."""


def read_text(path: Path) -> str:
    """The text of the finished file *path*; what is no UTF-8 is no address."""
    return path.read_text("utf-8", errors="replace")


def read_links(text: str, path: str) -> Page:
    """What the *text* of the file *path*, of `PAGES` or `OTHERS`, says of links."""
    if path.endswith(PAGES):
        return read_page(text)
    return Page(tuple(_machine_references(text, path)), frozenset())


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


def _machine_references(text: str, path: str) -> Iterator[Reference]:
    """The addresses in the style sheet, or the XML, *text* of the file *path*."""
    if path.endswith(".css"):
        for match in CSS_ADDRESS.finditer(text):
            yield Reference(match[1] or match[2], match.start(), False)
    else:
        for match in WHOLE.finditer(text):
            yield Reference(match[0].replace("&amp;", "&"), match.start(), False)
