"""Rendering a page in another language: the same tree, other words."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from dataclasses import dataclass
from typing import Protocol

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from annai.anchors import HEADINGS, heading_ids, headings
from annai.blocks import Block, blocks
from annai.locales import Locale
from annai.marks import Mark, mark

PRIORITY = 22
"""Of `TranslateTreeprocessor`: behind ``task-list`` (25), which sets check boxes aside, and before
``inline`` (20)."""

FINISH_PRIORITY = 5.5
"""Of `FinishTreeprocessor`: behind ``attr_list`` (8), which sets explicit ids, and before ``toc``
(5), which makes the others."""


class Translate(Protocol):
    """Gives the translation of a msgid, or None where the source text has to stand in for it."""

    def __call__(self, msgid: str, context: str | None = None, /) -> str | None:
        """The translation of *msgid* in *context*."""


@dataclass
class Coverage:
    """Translates, and counts how many of the texts it was asked for have a translation."""

    translate: Translate
    asked: int = 0
    translated: int = 0

    def __call__(self, msgid: str, context: str | None = None) -> str | None:
        """The translation of *msgid*, counted."""
        msgstr = self.translate(msgid, context)
        self.asked += 1
        self.translated += msgstr is not None
        return msgstr

    @property
    def percent(self) -> int:
        """How much is translated, rounded down, so that only a complete page has 100."""
        return 100 * self.translated // self.asked if self.asked else 100


class TranslateTreeprocessor(Treeprocessor):
    """Puts translations in the place of the source texts, before inline Markdown is rendered.

    A block without a translation keeps its source text. What can only be done to the rendered
    block, `FinishTreeprocessor` does.
    """

    def __init__(self, md: Markdown, translate: Translate, finish: FinishTreeprocessor) -> None:
        super().__init__(md)
        self.translate = translate
        self.finish = finish

    def run(self, root: etree.Element) -> None:
        """Translate the tree in place."""
        found = [(block, self._msgstrs(block)) for block in blocks(self.md, root)]
        if any(_changes_heading(block, msgstrs) for block, msgstrs in found):
            ids = heading_ids(self.md, root, skip=(self.finish,))
            self.finish.ids = list(zip(headings(root), ids, strict=False))
        for block, msgstrs in found:
            if None in msgstrs:
                self.finish.marks.append(mark(block.text, block.pieces[0].before))
                msgstrs = [piece.msgid for piece in block.pieces]
            block.text.value = "".join(
                f"{piece.before}{msgstr}{piece.after}"
                for piece, msgstr in zip(block.pieces, msgstrs, strict=True)
            )

    def _msgstrs(self, block: Block) -> list[str | None]:
        """One translation a piece; empty for pieces that have no message."""
        context = block.note.context
        return [
            self.translate(piece.msgid, context) if piece.msgid else "" for piece in block.pieces
        ]


class FinishTreeprocessor(Treeprocessor):
    """Gives headings the ids of the source page, and marks blocks that are in its language."""

    def __init__(self, md: Markdown, source: Locale) -> None:
        super().__init__(md)
        self.source = source
        self.ids: list[tuple[etree.Element, str]] = []
        self.marks: list[Mark] = []

    def run(self, root: etree.Element) -> None:
        """Finish the tree in place; a heading with an explicit id keeps it."""
        for heading, anchor in self.ids:
            heading.attrib.setdefault("id", anchor)
        for each in reversed(self.marks):
            each.apply(self.source)
        self.ids, self.marks = [], []


def _changes_heading(block: Block, msgstrs: list[str | None]) -> bool:
    text = block.text
    return (text.tag in HEADINGS or any(each.tag in HEADINGS for each in text.ancestors)) and any(
        msgstr not in (None, piece.msgid)
        for piece, msgstr in zip(block.pieces, msgstrs, strict=True)
    )
