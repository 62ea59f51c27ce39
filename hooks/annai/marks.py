"""Marking what is not translated, so that a screen reader changes its voice (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass

from annai.blocks import Text
from annai.locales import Locale

LEADING = re.compile("(?:\\s*\x02wzxhzdk:\\d+\x03)*\\s*")
"""Raw HTML that was put before a text, such as the check box of a task."""


@dataclass(frozen=True)
class Mark:
    """A text to be marked once its inline Markdown is rendered.

    Until then nothing may be put around it: what Python-Markdown makes of a text can depend on
    where in the tree it is.
    """

    text: Text
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
        before, span.text = _split(self.text.value)
        for node in list(element)[start:end]:
            element.remove(node)
            span.append(node)
        element.insert(start, span)
        self.text.value = before


def mark(text: Text) -> Mark:
    """A mark for *text*, to be applied after the inline stage."""
    return Mark(text, tuple(text.element))


def _split(value: str) -> tuple[str, str]:
    """What stays before the marked span, and what it begins with."""
    end = len(LEADING.match(value)[0])  # type: ignore[index]
    return value[:end], value[end:]


def _say(element: etree.Element, locale: Locale) -> etree.Element:
    element.set("lang", locale.tag)
    element.set("dir", locale.direction)
    return element
