"""Marking what is not translated, so that a screen reader changes its voice (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from dataclasses import dataclass

from annai.blocks import Text
from annai.locales import Locale


@dataclass(frozen=True)
class Mark:
    """A text to be marked once its inline Markdown is rendered.

    Until then nothing may be put around it: what Python-Markdown makes of a text can depend on
    where in the tree it is.
    """

    text: Text
    before: str
    """What stands before the text and is no part of it, such as the check box of a task."""
    neighbors: tuple[etree.Element, ...]
    """The children of the text's element before the inline stage, which adds others."""

    def apply(self, locale: Locale) -> None:
        """Say that the text is in the language of *locale*."""
        element, child = self.text.element, self.text.child
        if not self.neighbors and element.tag != "li":  # a list item keeps its marker's side
            _say(element, locale)
            return
        start = 0 if child is None else list(element).index(child) + 1
        end = next((n for n in range(start, len(element)) if element[n] in self.neighbors), None)
        span = _say(etree.Element("span"), locale)
        value = self.text.value
        before = self.before if value.startswith(self.before) else ""
        span.text = value[len(before) :]
        for node in list(element)[start:end]:
            element.remove(node)
            span.append(node)
        element.insert(start, span)
        self.text.value = before


def mark(text: Text, before: str) -> Mark:
    """A mark for *text*, all but *before*, to be applied after the inline stage."""
    return Mark(text, before, tuple(text.element))


def _say(element: etree.Element, locale: Locale) -> etree.Element:
    """Mark *element*, unless its writer did."""
    if "lang" not in element.attrib:
        element.set("lang", locale.tag)
        element.set("dir", locale.direction)
    return element
