"""Rendering a page in another language: the same tree, other words."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from annai.anchors import HEADINGS, heading_ids, headings
from annai.blocks import Block, blocks
from annai.locales import Locale
from annai.marks import OUTDATED, Mark, in_language, mark
from annai.pofile import number

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


class Describe(Protocol):
    """Gives attributes for a block whose text has no translation that may be shown."""

    def __call__(self, msgid: str, context: str | None, /) -> Mapping[str, str]:
        """The attributes for the message *msgid* in *context*."""


@dataclass
class Words:
    """Where the words of a page come from, and how many texts had some."""

    translate: Translate
    outdated: Translate | None = None
    """Gives translations of what texts were before they changed, on pages that keep them."""
    describe: Describe | None = None
    messages: list[int] | None = None
    """Where the numbers of the texts are noted, in the order in which they were asked for."""
    asked: int = 0
    translated: int = 0
    kept: int = 0
    """How many texts have an outdated translation."""

    def find(self, msgid: str, context: str | None = None) -> str | None:
        """The translation of *msgid*, counted."""
        msgstr = self.translate(msgid, context)
        self.asked += 1
        self.translated += msgstr is not None
        if self.messages is not None:
            self.messages.append(number((context, msgid)))
        return msgstr

    def find_outdated(self, msgid: str, context: str | None) -> str | None:
        """The outdated translation of *msgid*, counted."""
        msgstr = self.outdated(msgid, context) if self.outdated else None
        self.kept += msgstr is not None
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

    def __init__(
        self, md: Markdown, words: Words, source: Locale, finish: FinishTreeprocessor
    ) -> None:
        super().__init__(md)
        self.words = words
        self.source = source
        self.finish = finish

    def run(self, root: etree.Element) -> None:
        """Translate the tree in place."""
        found = [(block, *self._msgstrs(block)) for block in blocks(self.md, root)]
        if any(_changes_heading(block, msgstrs) for block, msgstrs, _ in found):
            ids = heading_ids(self.md, root, skip=(self.finish,))
            self.finish.ids = list(zip(headings(root), ids, strict=False))
        for block, msgstrs, attributes in found:
            if attributes:
                self.finish.marks.append(mark(block.text, block.pieces[0].before, attributes))
            block.text.value = "".join(
                f"{piece.before}{msgstr}{piece.after}"
                for piece, msgstr in zip(block.pieces, msgstrs, strict=True)
            )

    def _msgstrs(self, block: Block) -> tuple[list[str], Mapping[str, str]]:
        """The text of each piece, empty where there is no message, and how to mark the block."""
        context, words = block.note.context, self.words
        msgids = [piece.msgid for piece in block.pieces]
        found = [words.find(msgid, context) if msgid else "" for msgid in msgids]
        if None not in found:
            return _texts(found), {}
        kept = [
            words.find_outdated(msgid, context) if msgstr is None else msgstr
            for msgid, msgstr in zip(msgids, found, strict=True)
        ]
        if None not in kept:
            return _texts(kept), {"class": OUTDATED}
        attributes = in_language(self.source)
        if words.describe:
            attributes.update(words.describe(msgids[found.index(None)], context))
        return msgids, attributes


class FinishTreeprocessor(Treeprocessor):
    """Gives headings the ids of the source page, and marks blocks."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.ids: list[tuple[etree.Element, str]] = []
        self.marks: list[Mark] = []

    def run(self, root: etree.Element) -> None:
        """Finish the tree in place; a heading with an explicit id keeps it."""
        for heading, anchor in self.ids:
            heading.attrib.setdefault("id", anchor)
        for each in reversed(self.marks):
            each.apply()
        self.ids, self.marks = [], []


def _texts(found: Iterable[str | None]) -> list[str]:
    """*found*, which has no None in it."""
    return [text for text in found if text is not None]


def _changes_heading(block: Block, msgstrs: list[str]) -> bool:
    text = block.text
    return (text.tag in HEADINGS or any(each.tag in HEADINGS for each in text.ancestors)) and any(
        msgstr != piece.msgid for piece, msgstr in zip(block.pieces, msgstrs, strict=True)
    )
