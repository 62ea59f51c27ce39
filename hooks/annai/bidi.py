"""The direction of text: of what is in another language, and on pages that run from right to left.

The bidirectional algorithm (UAX 9) takes the comma between two Latin names for a part of them, so
that a list shows the last one first, and it turns round a date with hyphens. Each such run is
therefore isolated (HTML, ``bdi``), and the text around it keeps its order.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from annai.errors import ContentError
from annai.locales import Locale, parse_locale

PRIORITY = 4
"""Of `DirectionTreeprocessor`: behind ``toc`` (5), whose entries are plain text."""

LETTER = r"[^\W\d\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"
"""A letter of a script that runs from left to right (Unicode, Scripts.txt)."""

WORD = rf"(?:{LETTER}|[0-9])+"
RUN = re.compile(
    rf"{STX}amp{ETX}#?\w+;|{STX}[^{ETX}]*{ETX}"  # an entity, and all else that is set aside
    rf"|(?P<run>[@#+]?{WORD}(?:[-.:/@&+='’]+{WORD}| (?={LETTER}){WORD})*[+]*)"
)

KEPT = frozenset({"bdi", "bdo", "code", "kbd", "pre", "samp", "script", "style", "textarea"})
"""Elements that have an order of their own."""


class DirectionTreeprocessor(Treeprocessor):
    """Gives what is in another language its direction, and isolates runs of the other one."""

    def __init__(self, md: Markdown, locale: Locale) -> None:
        super().__init__(md)
        self.isolates = locale.direction == "rtl"

    def run(self, root: etree.Element) -> None:
        """Set the directions in the tree; where a writer has set one, it stays."""
        for element in root.iter():
            if "lang" in element.attrib and "dir" not in element.attrib:
                element.set("dir", _direction(element.attrib["lang"]))
        if self.isolates:
            self._isolate(root)

    def _isolate(self, parent: etree.Element) -> None:
        for child in list(parent):
            if child.tag not in KEPT and "dir" not in child.attrib:
                self._isolate(child)
            _isolate(parent, child)
        _isolate(parent, None)


def _direction(tag: str) -> str:
    """The direction of a language tag; browsers find out that of one that is no locale."""
    try:
        return parse_locale(tag, "").direction
    except ContentError:
        return "auto"


def _isolate(parent: etree.Element, child: etree.Element | None) -> None:
    """Isolate the runs of the text behind *child*, or before all children of *parent*."""
    text = parent.text if child is None else child.tail
    place = 0 if child is None else list(parent).index(child) + 1
    _set_text(parent, child, "")
    for part, is_run in _split(text or ""):
        if is_run:
            child = etree.Element("bdi")
            child.text = part
            parent.insert(place, child)
            place += 1
        else:
            _set_text(parent, child, part)


def _split(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of *text* in turn, and whether each is a run to isolate; none is empty."""
    start = 0
    for match in RUN.finditer(text):
        run = match["run"]
        if run and not run.isdigit():
            if start < match.start():
                yield text[start : match.start()], False
            yield run, True
            start = match.end()
    if start < len(text):
        yield text[start:], False


def _set_text(parent: etree.Element, child: etree.Element | None, text: str) -> None:
    if child is None:
        parent.text = text
    else:
        child.tail = text
