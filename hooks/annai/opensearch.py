"""How a browser searches the site from its address bar (OpenSearch 1.1, draft 6)."""

from __future__ import annotations

import xml.etree.ElementTree as etree

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
LONGEST = {"ShortName": 16, "Description": 1024}
"""How many characters an element may have."""


def describe(name: str, description: str, address: str, tag: str) -> bytes:
    """The description of the search at *address*, a locale's home, in the language *tag*."""
    root = etree.Element("OpenSearchDescription", {"xmlns": NAMESPACE})
    for element, text in (("ShortName", name), ("Description", description or name)):
        etree.SubElement(root, element).text = text[: LONGEST[element]].strip()
    etree.SubElement(root, "InputEncoding").text = "UTF-8"
    etree.SubElement(root, "Language").text = tag
    template = f"{address}?q={{searchTerms}}"
    etree.SubElement(root, "Url", {"type": "text/html", "method": "get", "template": template})
    return bytes(etree.tostring(root, "utf-8", xml_declaration=True))
