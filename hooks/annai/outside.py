"""What a finished page asks of other sites, and where it leads outside of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape
from typing import NamedTuple

from annai.addresses import host, scheme
from annai.markup import ATTRIBUTE, Tag, style_attributes

LOADED = {
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "link": ("href", "imagesrcset"),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
"""The attributes of each element from whose addresses browsers load something, or to which they
send something."""

NOT_LOADED = {
    "alternate", "author", "bookmark", "canonical", "help", "license", "me", "next", "prev",
    "privacy-policy", "search", "tag", "terms-of-service",
}  # fmt: skip
"""The links (``rel``) from which browsers load nothing (HTML, 4.6.7)."""

REFRESH = re.compile(r"""url\s*=\s*["']?([^"']*)""", re.IGNORECASE)
"""The address in ``<meta http-equiv="refresh">``."""

CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", re.IGNORECASE)

REL = ("noopener", "external")
"""What a link to another site says of itself: that site gets no hold of this window, and readers
see that it is another (style sheet)."""


class Link(NamedTuple):
    """A link that names a host or a scheme."""

    tag: Tag
    address: str


def requests(html: str, found: Sequence[Tag], own: Collection[str]) -> list[str]:
    """The addresses that the page *html* loads from other hosts than *own*, each once.

    *found* are its tags.
    """
    every = [address for tag in found for address in _loaded(tag)]
    styles = [tag.text for tag in found if tag.name == "style"]
    for css in [*styles, *style_attributes(html)]:
        every += [one or other for one, other in CSS_ADDRESS.findall(css)]
    return list(dict.fromkeys(each for each in every if _is_outside(each, own)))


def _loaded(tag: Tag) -> Iterator[str]:
    """The addresses from which *tag* loads something."""
    if tag.name == "meta" and tag.attributes.get("http-equiv", "").lower() == "refresh":
        yield from REFRESH.findall(tag.attributes.get("content", ""))
    names = LOADED.get(tag.name, ())
    said = tag.attributes if names else {}
    if tag.name == "link" and NOT_LOADED.issuperset(said.get("rel", "").lower().split()):
        return
    for name in names:
        value = said.get(name, "")
        yield from (each.strip(",") for each in value.split()) if "srcset" in name else [value]


def _is_outside(address: str, own: Collection[str]) -> bool:
    """Whether *address* is one of another host than *own*."""
    return host(address) not in ("", *own)


LEADS = ("a", "area")


def links(found: Sequence[Tag]) -> list[Link]:
    """The links among the tags *found* that name a host or a scheme."""
    every = [Link(tag, tag.attributes.get("href", "")) for tag in found if tag.name in LEADS]
    return [link for link in every if host(link.address) or scheme(link.address)]


def with_marks(html: str, leading: Sequence[Link], own: Collection[str]) -> str:
    """*html* with a mark on each of its links *leading* that leads to another host than *own*.

    >>> from annai.markup import tags
    >>> page = '<a href="https://a.example/">A</a>'
    >>> with_marks(page, links(tags(page)), [])
    '<a href="https://a.example/" rel="noopener external">A</a>'
    """
    parts, position = [], 0
    for tag, address in leading:
        if _is_outside(address, own):
            parts += [html[position : tag.start], _marked(tag)]
            position = tag.end
    return "".join([*parts, html[position:]])


def _marked(tag: Tag) -> str:
    """*tag* with the words of `REL` beside those that it has."""
    raw = tag.raw
    given = [match for match in ATTRIBUTE.finditer(raw) if match[1].lower() == "rel"]
    words = dict.fromkeys([*tag.attributes.get("rel", "").split(), *REL])
    for match in reversed(given):
        raw = raw[: match.start()].rstrip() + raw[match.end() :]
    return f'<{tag.name}{raw.rstrip()} rel="{escape(" ".join(words))}">'
