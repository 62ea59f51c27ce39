"""The one traversal: every text of a parsed page, in the order of the tree.

Python-Markdown first parses blocks into an element tree whose texts are still raw inline
Markdown, and only then runs its ``inline`` tree processor over every text and tail that is
not an AtomicString. The texts found here are the ones that processor would see, so what is
extracted is what is rendered, whatever extension made the block.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from annai.directives import NOTHING, Note, take_notes
from annai.messages import Piece, pieces


@dataclass(eq=False)
class Text:
    """The raw inline Markdown before the first child of *element*, or behind *child*."""

    element: etree.Element
    child: etree.Element | None
    ancestors: tuple[etree.Element, ...]
    """From the root's child down to the parent of *element*."""

    @property
    def value(self) -> str:
        """The text itself."""
        return (self.element.text if self.child is None else self.child.tail) or ""

    @value.setter
    def value(self, text: str) -> None:
        if self.child is None:
            self.element.text = text
        else:
            self.child.tail = text

    @property
    def tag(self) -> str:
        """The tag of the element that the text belongs to."""
        return str(self.element.tag)


class Definition(Text):
    """A title that the page defines apart from its text: of an abbreviation, or of a link."""

    def __init__(self, tag: str, titles: MutableMapping[str, Any], name: str) -> None:
        super().__init__(etree.Element(tag), None, ())
        self.titles = titles
        self.name = name

    @property
    def value(self) -> str:
        """The title."""
        defined = self.titles[self.name]
        return (defined if isinstance(defined, str) else defined[1]) or ""

    @value.setter
    def value(self, text: str) -> None:
        defined = self.titles[self.name]
        self.titles[self.name] = text if isinstance(defined, str) else (defined[0], text)


class Block(NamedTuple):
    """A text with something to translate in it."""

    text: Text
    pieces: list[Piece]
    note: Note
    """What the writer said about it."""


def parse(md: Markdown, source: str) -> etree.Element:
    """The element tree of a page, just before its inline Markdown is rendered."""
    lines = source.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = md.parser.parseDocument(lines).getroot()
    assert root is not None, "parseDocument makes a root"
    processors = list(md.treeprocessors)
    return run(processors[: processors.index(md.treeprocessors["inline"])], root)


def run(processors: Iterable[Treeprocessor], root: etree.Element) -> etree.Element:
    """What *processors* make of the tree *root*, one after the other."""
    for processor in processors:
        changed = processor.run(root)
        root = root if changed is None else changed
    return root


def blocks(md: Markdown, root: etree.Element) -> list[Block]:
    """Every block below *root* that has a message, in the order of the tree."""
    marker = getattr(md.treeprocessors["toc"], "marker", "") if "toc" in md.treeprocessors else ""
    breaks_are_hard = "nl" in md.inlinePatterns
    notes = take_notes(md, root)
    found = []
    for text in [*texts(root), *definitions(md)]:
        parts = pieces(text.value, text.tag, breaks_are_hard=breaks_are_hard)
        if parts[0].msgid and parts[0].msgid != marker:
            note = _note(text, notes) if notes else NOTHING
            if not note.skip:
                found.append(Block(text, parts, note))
    return found


def _note(text: Text, notes: dict[etree.Element, Note]) -> Note:
    """The note on the innermost element around *text* that has one."""
    path = (text.element, *reversed(text.ancestors))
    return next((notes[each] for each in path if each in notes), NOTHING)


def texts(root: etree.Element) -> list[Text]:
    """Every text below *root* that is inline Markdown, in the order of the tree."""
    found: list[Text] = []
    _collect(root, (), found)
    return found


def definitions(md: Markdown) -> list[Text]:
    """The titles that a page, already parsed, defines for abbreviations and reference links."""
    found: list[Text] = [
        Definition("a", md.references, name) for name, (_, title) in md.references.items() if title
    ]
    if "abbr" in md.treeprocessors:
        abbreviations: dict[str, str] = getattr(md.treeprocessors["abbr"], "abbrs", {})
        found += [Definition("abbr", abbreviations, name) for name in abbreviations]
    return found


def _collect(
    parent: etree.Element, ancestors: tuple[etree.Element, ...], found: list[Text]
) -> None:
    """Add the texts below *parent* to *found*; *ancestors* end with *parent*, the root apart."""
    for child in parent:
        text, tail = child.text, child.tail
        if text and not isinstance(text, AtomicString):
            found.append(Text(child, None, ancestors))
        if len(child):
            _collect(child, (*ancestors, child), found)
        if tail and not tail.isspace() and not isinstance(tail, AtomicString):
            found.append(Text(parent, child, ancestors[:-1]))


def kind(text: Text) -> str:
    """What the block is, in words for a translator: ``heading 2``, ``table header``, ``tab label``.

    The innermost element that says something decides; a paragraph in a list is a list item.
    """
    tag = text.tag
    if tag[0] == "h" and tag[1:].isdigit():
        return f"heading {tag[1:]}"
    if "admonition-title" in text.element.get("class", "").split():
        return "admonition title"
    if tag in KINDS:
        return KINDS[tag]
    if tag == "label":
        return "tab label"
    path = (text.element, *reversed(text.ancestors))
    if any(each.get("class") == "footnote" for each in path):
        return "footnote"
    for ancestor in path:
        if ancestor.tag in CONTAINERS:
            return CONTAINERS[str(ancestor.tag)]
        if ancestor.get("class", "").startswith("admonition"):
            return "admonition"
    return "paragraph"


KINDS = {
    "a": "title of a link",
    "abbr": "abbreviation",
    "th": "table header",
    "td": "table cell",
    "dt": "term",
    "summary": "title of a collapsed block",
    "caption": "caption",
    "figcaption": "caption",
}
CONTAINERS = {
    "dd": "definition",
    "blockquote": "quotation",
    "details": "collapsed block",
    "li": "list item",
}
