"""A built site as search engines read it: its pages, and what they and its sitemap say of them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as etree
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import xmlschema

from builds.building import ROOT

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"

LINK = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="http://www.w3.org/1999/xhtml" elementFormDefault="qualified">
  <xs:element name="link"><xs:complexType>
    <xs:attribute name="rel" use="required" fixed="alternate"/>
    <xs:attribute name="hreflang" use="required" type="xs:language"/>
    <xs:attribute name="href" use="required" type="xs:anyURI"/>
  </xs:complexType></xs:element>
</xs:schema>"""
"""The element that search engines know in a sitemap; its schema knows no element of others."""


@dataclass
class Found:
    """What a page says of itself."""

    language: str = ""
    canonical: str = ""
    robots: str = ""
    alternates: dict[str, str] = field(default_factory=dict)
    card: list[tuple[str, str]] = field(default_factory=list)
    data: list[dict[str, Any]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Found()
        self.is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        relation = said.get("rel", "").split()
        if tag == "html":
            self.found.language = said["lang"]
        elif tag == "link" and relation == ["canonical"]:
            assert not self.found.canonical
            self.found.canonical = said["href"]
        elif tag == "link" and relation == ["alternate"] and "hreflang" in said:
            assert said["hreflang"] not in self.found.alternates
            self.found.alternates[said["hreflang"]] = said["href"]
        elif tag == "meta" and said.get("name") == "robots":
            assert not self.found.robots
            self.found.robots = said["content"]
        elif tag == "meta" and "property" in said:
            self.found.card.append((said["property"], said["content"]))
        self.is_data = tag == "script" and said.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self.is_data:
            self.found.data += json.loads(data)["@graph"]
            self.is_data = False


def read_page(path: Path) -> Found:
    """What the page in the file *path* says of itself."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    return reader.found


def read_sitemap(site: Path) -> dict[str, tuple[str | None, dict[str, str]]]:
    """From the addresses in the sitemap to their day, and where the page is in each language."""
    path = site / "sitemap.xml"
    schema = xmlschema.XMLSchema(
        ROOT / ".venv/node/node_modules/sitemap/schema/sitemap.xsd", build=False
    )
    schema.add_schema(LINK, build=True)
    schema.validate(path)
    found = {}
    for url in etree.parse(path).getroot():
        address = url.findtext(f"{SITEMAP}loc") or ""
        assert address not in found
        links = {each.attrib["hreflang"]: each.attrib["href"] for each in url.iter(f"{XHTML}link")}
        found[address] = url.findtext(f"{SITEMAP}lastmod"), links
    return found


def check_graph(site: Path, address: str, source: str = "en") -> dict[str, Found]:
    """The pages of *site*, at *address*, that can be found, by their own addresses.

    They are those of the sitemap. Each names all others in other languages, and is named by them.
    """
    pages = {path: read_page(path) for path in sorted(site.rglob("*.html"))}
    shown = {page.canonical: page for page in pages.values() if "noindex" not in page.robots}
    listed = read_sitemap(site)
    assert listed.keys() == shown.keys()
    for url, page in shown.items():
        path = site / unquote(url.removeprefix(address))
        assert pages[path / "index.html" if path.is_dir() else path] is page
        assert listed[url][1] == page.alternates
        languages = {tag: each for tag, each in page.alternates.items() if tag != "x-default"}
        assert languages.get(page.language, url) == url
        assert page.alternates.get("x-default") == languages.get(source)
        for tag, other in languages.items():
            assert shown[other].language == tag
            assert shown[other].alternates == page.alternates
        own = [each for each in shown.values() if each.alternates == page.alternates]
        assert len(own) == len(languages) or not languages
        check_data(page)
    return shown


def check_data(page: Found) -> None:
    """What *page* tells programs is about itself, and leads from the home page to it."""
    kinds = [each["@type"] for each in page.data]
    assert kinds in (["BreadcrumbList"], ["Article"], ["BreadcrumbList", "Article"], [])
    card = dict(page.card)
    assert card["og:url"] == page.canonical
    for each in page.data:
        if each["@type"] == "Article":
            assert each["mainEntityOfPage"] == page.canonical
            assert each["headline"] == card["og:title"]
            assert each["inLanguage"] == page.language
        else:
            way = each["itemListElement"]
            assert [step["position"] for step in way] == list(range(1, len(way) + 1))
            assert len(way) > 1
            assert all(step["name"] and step["item"].startswith("https://") for step in way)
            assert way[-1]["item"] == page.canonical
