"""A feed of the articles that changed last (Atom, RFC 4287)."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

FEED = "feed.xml"
"""The feed of a language, in its folder."""

LENGTH = 20
"""How many articles a feed has at most."""

NAMESPACE = "http://www.w3.org/2005/Atom"

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Entry:
    """A page that changed."""

    address: str
    """With https://; the page has this id in feeds as long as it stays there (RFC 4287, 4.2.6)."""
    title: str
    summary: str
    """Empty for none."""
    updated: date


def feed(
    entries: Iterable[Entry], name: str, description: str, home: str, tag: str, updated: date
) -> bytes:
    """The feed of the language *tag*, whose pages begin at the address *home*, a folder.

    *name* and *description* are those of the site, which is the author, too (RFC 4287, 4.1.1);
    *updated* is the day of the last change of any page, for a feed without entries. The newest
    entry is the first.
    """
    newest = sorted(entries, key=lambda each: each.address)
    newest = sorted(newest, key=lambda each: each.updated, reverse=True)[:LENGTH]
    root = etree.Element("feed", {"xmlns": NAMESPACE, XML_LANG: tag})
    _say(root, id=f"{home}{FEED}", title=name, subtitle=description)
    _say(root, updated=_time(newest[0].updated if newest else updated))
    etree.SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{home}{FEED}")
    etree.SubElement(root, "link", rel="alternate", type="text/html", href=home)
    _say(etree.SubElement(root, "author"), name=name)
    for each in newest:
        entry = etree.SubElement(root, "entry")
        _say(entry, id=each.address, title=each.title, updated=_time(each.updated))
        etree.SubElement(entry, "link", rel="alternate", type="text/html", href=each.address)
        _say(entry, summary=each.summary)
    etree.indent(root)
    return bytes(etree.tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _say(parent: etree.Element, **texts: str) -> None:
    """Add an element for each of *texts* that is not empty."""
    for element, text in texts.items():
        if text:
            etree.SubElement(parent, element).text = text


def _time(day: date) -> str:
    """*day* as RFC 3339 wants a time: where it begins in UTC."""
    return f"{day.isoformat()}T00:00:00Z"
