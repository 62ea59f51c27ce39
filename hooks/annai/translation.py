"""Rendering a page in another language: the same tree, other words."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable
from dataclasses import dataclass

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from annai.anchors import HEADINGS, AnchorTreeprocessor
from annai.blocks import Block, blocks
from annai.locales import Locale

Translate = Callable[[str], "str | None"]
"""Gives the translation of a msgid, or None where the source text has to stand in for it."""


@dataclass
class Coverage:
    """Translates, and counts how many of the texts it was asked for have a translation."""

    translate: Translate
    asked: int = 0
    translated: int = 0

    def __call__(self, msgid: str) -> str | None:
        """The translation of *msgid*, counted."""
        msgstr = self.translate(msgid)
        self.asked += 1
        self.translated += msgstr is not None
        return msgstr

    @property
    def percent(self) -> int:
        """How much is translated, rounded down, so that only a complete page has 100."""
        return 100 * self.translated // self.asked if self.asked else 100


class TranslateTreeprocessor(Treeprocessor):
    """Puts translations in the place of the source texts, before inline Markdown is rendered.

    A block without a translation keeps its source text, marked with the language and direction
    of *source*. Heading ids stay those of the source page.
    """

    def __init__(
        self, md: Markdown, translate: Translate, source: Locale, anchors: AnchorTreeprocessor
    ) -> None:
        super().__init__(md)
        self.translate = translate
        self.source = source
        self.anchors = anchors

    def run(self, root: etree.Element) -> None:
        """Translate the tree in place."""
        found = [(block, self._msgstrs(block)) for block in blocks(self.md, root)]
        if any(_changes_heading(block, msgstrs) for block, msgstrs in found):
            self.anchors.reserve(root)
        for block, msgstrs in found:
            self._render(block, msgstrs)

    def _msgstrs(self, block: Block) -> list[str | None]:
        """One translation a piece; empty for pieces that have no message."""
        return [self.translate(piece.msgid) if piece.msgid else "" for piece in block.pieces]

    def _render(self, block: Block, msgstrs: list[str | None]) -> None:
        """Replace the text of *block*, marking what is not translated."""
        text, one = block.text, len(block.pieces) == 1
        run: list[str] = []
        spans: list[etree.Element] = []
        for piece, msgstr in zip(block.pieces, msgstrs, strict=True):
            run.append(piece.before)
            if msgstr is not None:
                run.append(msgstr)
            elif one and text.is_alone:
                self._mark(text.element)
                run.append(piece.msgid)
            else:
                _end_run(block, spans, run)
                spans.append(self._mark(etree.Element("span")))
                spans[-1].text = piece.msgid
                text.insert(len(spans) - 1, spans[-1])
            run.append(piece.after)
        _end_run(block, spans, run)

    def _mark(self, element: etree.Element) -> etree.Element:
        """Say that what *element* holds is in the source language (WCAG 2.2, criterion 3.1.2)."""
        element.set("lang", self.source.tag)
        element.set("dir", self.source.direction)
        return element


def _end_run(block: Block, spans: list[etree.Element], run: list[str]) -> None:
    """Put the text gathered in *run* behind the last span, or at the start of the block."""
    if spans:
        spans[-1].tail = "".join(run)
    else:
        block.text.value = "".join(run)
    run.clear()


def _changes_heading(block: Block, msgstrs: list[str | None]) -> bool:
    path = (block.text.element, *block.text.ancestors)
    return any(element.tag in HEADINGS for element in path) and any(
        msgstr not in (None, piece.msgid)
        for piece, msgstr in zip(block.pieces, msgstrs, strict=True)
    )
