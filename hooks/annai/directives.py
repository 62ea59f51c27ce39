"""What writers tell translators in comments, which no reader sees.

``<!-- i18n: comment Shown on a button. -->`` explains the next block to translators;
``<!-- i18n: context menu -->`` tells equal texts apart (gettext's msgctxt);
``<!-- i18n: skip -->`` keeps the next block out of the catalogs. A block is all that one
element holds: a comment before a list is about every item.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass, replace
from pathlib import Path

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

from annai.errors import ContentError, did_you_mean

DIRECTIVE = re.compile(r"<!--\s*i18n:\s*(\S*)\s*(.*?)\s*-->", re.DOTALL)
WORDS = ("comment", "context", "skip")


@dataclass(frozen=True)
class Note:
    """What a writer said about a block."""

    comment: str = ""
    context: str | None = None
    skip: bool = False

    def read(self, text: str) -> Note:
        """This note with what the comments in *text* add to it."""
        note = self
        for word, rest in DIRECTIVE.findall(text):
            said = " ".join(rest.split())
            if word == "comment":
                note = replace(note, comment=f"{note.comment}\n{said}".strip())
            elif word == "context":
                note = replace(note, context=said or None)
            elif word == "skip":
                note = replace(note, skip=True)
        return note


NOTHING = Note()


def take_notes(md: Markdown, root: etree.Element) -> dict[etree.Element, Note]:
    """The notes on elements of *root*, a tree before the inline stage; takes their comments out."""
    stash = md.htmlStash.rawHtmlBlocks
    if not any(isinstance(raw, str) and "i18n:" in raw for raw in stash):
        return {}
    notes: dict[etree.Element, Note] = {}
    for parent in list(root.iter()):
        note = NOTHING
        for child in list(parent):
            comment = _comment(child, stash)
            if comment:
                note = note.read(comment)
                parent.remove(child)
            elif note is not NOTHING:
                notes[child] = note
                note = NOTHING
    return notes


def _comment(element: etree.Element, stash: list[str | etree.Element]) -> str:
    """The directive that *element* is the placeholder of; empty if it is none."""
    match = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
    raw = stash[int(match[1])] if match and not len(element) else ""
    return raw if isinstance(raw, str) and DIRECTIVE.fullmatch(raw.strip()) else ""


def check_directives(source: str, shown: str | Path) -> None:
    """Raise ContentError for a comment in *source* that begins like a directive and is none."""
    for match in DIRECTIVE.finditer(source):
        if match[1] not in WORDS:
            raise ContentError(
                shown,
                source.count("\n", 0, match.start()) + 1,
                f'"i18n: {match[1]}" means nothing',
                f"{did_you_mean(match[1], WORDS)}write comment, context or skip",
            )
