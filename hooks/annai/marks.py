"""Marking blocks that are not what a reader expects: in another language, or perhaps outdated."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Mapping
from dataclasses import dataclass

from annai.blocks import Text
from annai.locales import Locale

OUTDATED = "annai-outdated"
"""The class of a block that may be outdated, and the id of the notice that says what this means."""


@dataclass(frozen=True)
class Mark:
    """Attributes for a text, to be set once its inline Markdown is rendered.

    Until then nothing may be put around it: what Python-Markdown makes of a text can depend on
    where in the tree it is.
    """

    text: Text
    before: str
    """What stands before the text and is no part of it, such as the check box of a task."""
    neighbors: tuple[etree.Element, ...]
    """The children of the text's element before the inline stage, which adds others."""
    attributes: Mapping[str, str]

    def apply(self) -> None:
        """Mark the element of the text, or a new one around the text."""
        element = self._element()
        attributes = dict(self.attributes)
        if "lang" in element.attrib:  # the writer knew better
            attributes = {name: attributes[name] for name in attributes if name not in LANGUAGE}
        if "class" in attributes and "class" in element.attrib:
            attributes["class"] = f"{element.attrib['class']} {attributes['class']}"
        element.attrib.update(attributes)
        if self.attributes.get("class") == OUTDATED:
            _lead_to_notice(element)

    def _element(self) -> etree.Element:
        """The element that holds the text and nothing else, made if there is none."""
        element, child = self.text.element, self.text.child
        if not self.neighbors and element.tag != "li":  # a list item keeps its marker's side
            return element
        start = 0 if child is None else list(element).index(child) + 1
        end = next((n for n in range(start, len(element)) if element[n] in self.neighbors), None)
        span = etree.Element("span")
        value = self.text.value
        before = self.before if value.startswith(self.before) else ""
        span.text = value[len(before) :]
        for node in list(element)[start:end]:
            element.remove(node)
            span.append(node)
        element.insert(start, span)
        self.text.value = before
        return span


LANGUAGE = ("lang", "dir")


def mark(text: Text, before: str, attributes: Mapping[str, str]) -> Mark:
    """A mark for *text*, all but *before*, to be applied after the inline stage."""
    return Mark(text, before, tuple(text.element), attributes)


def in_language(locale: Locale) -> dict[str, str]:
    """The attributes of a text in the language of *locale*.

    A screen reader then changes its voice (WCAG 2.2, 3.1.2).
    """
    return {"lang": locale.tag, "dir": locale.direction}


def _lead_to_notice(element: etree.Element) -> None:
    """Begin *element* with a link to the notice on outdated blocks, which also gives its name."""
    attributes = {"class": f"{OUTDATED}__link", "href": f"#{OUTDATED}", "aria-labelledby": OUTDATED}
    link = etree.Element("a", attributes)
    link.tail, element.text = element.text, None
    element.insert(0, link)
