"""The addresses of a site for search engines: ``sitemap.xml`` (sitemaps.org), ``robots.txt``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

SITEMAP = "sitemap.xml"
"""The sitemap, or an index of several, at the root of the site."""

ROBOTS = "robots.txt"
"""Which pages robots may read (RFC 9309)."""

MOST = 50_000
LARGEST = 50 * 2**20
"""How many addresses and bytes a sitemap may have (sitemaps.org, "Using Sitemap index files")."""

DEFAULT = "x-default"
"""What stands for all other languages (Google, "Localized versions of your pages")."""

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
START = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Entry:
    """A page, in every language that has it."""

    addresses: Mapping[str, str]
    """From language tags to whole addresses, the source first."""
    changed: datetime.date | None = None
    """The day on which it last changed, or was read again."""


def alternates(addresses: Mapping[str, str]) -> dict[str, str]:
    """Where a page with *addresses* (see `Entry`) is in each language, and for all other readers.

    Nothing if there is no choice.

    >>> alternates({"en": "https://a.example/", "ja": "https://a.example/ja/"})["x-default"]
    'https://a.example/'
    """
    first = next(iter(addresses.values()), "")
    return {**addresses, DEFAULT: first} if len(addresses) > 1 else {}


def sitemap_files(
    entries: Iterable[Entry], root: str, most: int = MOST, largest: int = LARGEST
) -> dict[str, bytes]:
    """Path and content of the sitemap with *entries*, for the site at the address *root*.

    More than *most* addresses, or *largest* bytes, are split among several, with an index of them.
    There is no sitemap without an address.
    """
    start = f"{START}<urlset {NAMESPACE} {XHTML}>\n".encode()
    end = b"</urlset>\n"
    every = (url.encode() for entry in entries for url in _urls(entry))
    parts = [
        start + b"".join(part) + end for part in _split(every, most, largest - len(start + end))
    ]
    if len(parts) < 2:
        return dict.fromkeys([SITEMAP], parts[0]) if parts else {}
    files = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, start=1)}
    listed = "".join(f"<sitemap><loc>{escape(root + name)}</loc></sitemap>\n" for name in files)
    index = f"{START}<sitemapindex {NAMESPACE}>\n{listed}</sitemapindex>\n"
    return {SITEMAP: index.encode(), **files}


def _urls(entry: Entry) -> Iterator[str]:
    """An element for each address of *entry*, and all of them with the same links."""
    changed = f"<lastmod>{entry.changed}</lastmod>" if entry.changed else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(address)}"/>'
        for tag, address in alternates(entry.addresses).items()
    )
    for address in entry.addresses.values():
        yield f"<url><loc>{escape(address)}</loc>{changed}{links}</url>\n"


def _split(items: Iterable[bytes], most: int, largest: int) -> Iterator[Sequence[bytes]]:
    """*items* in their order, so many at once that they stay below both limits."""
    part: list[bytes] = []
    size = 0
    for item in items:
        if part and (len(part) == most or size + len(item) > largest):
            yield part
            part, size = [], 0
        part.append(item)
        size += len(item)
    if part:
        yield part


def robots_file(sitemap: str) -> str:
    """The file ``robots.txt`` of a site whose sitemap has the address *sitemap*: all may be read.

    Its one true place is the root of the host (RFC 9309, 2.3).
    """
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
