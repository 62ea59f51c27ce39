"""Heading ids that are the same in every locale, so that a link to a heading always works."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from copy import copy

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import (
    TocTreeprocessor,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unique,
)
from markdown.treeprocessors import Treeprocessor

from annai.blocks import run

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def headings(root: etree.Element) -> list[etree.Element]:
    """Every heading below *root*, in the order of the tree."""
    return [element for element in root.iter() if element.tag in HEADINGS]


def heading_ids(md: Markdown, root: etree.Element, skip: Collection[Treeprocessor]) -> list[str]:
    """The ids that *md* would give the headings of *root*, a tree before the inline stage.

    The very tree processors of *md* that run up to ``toc``, all but those of *skip*, run over a
    sketch of the page. Then ids are made as ``toc`` makes them (TocTreeprocessor.run,
    Markdown 3.10). Empty if *md* makes no heading ids.
    """
    if "toc" not in md.treeprocessors:
        return []
    toc = md.treeprocessors["toc"]
    assert isinstance(toc, TocTreeprocessor)
    processors = list(md.treeprocessors)
    first, last = processors.index(md.treeprocessors["inline"]), processors.index(toc)
    with _footnotes_untouched(md):
        sketch = run((each for each in processors[first:last] if each not in skip), _sketch(root))
    used = {element.attrib["id"] for element in sketch.iter() if "id" in element.attrib}
    return [
        heading.get("id") or unique(toc.slugify(_name(heading, md), toc.sep), used)
        for heading in headings(sketch)
    ]


def _name(heading: etree.Element, md: Markdown) -> str:
    """The text of a rendered heading, from which ``toc`` makes its id."""
    heading = remove_fnrefs(heading)
    text = "".join(heading.itertext())
    if MARKUP.search(text):
        text = html.unescape(strip_tags(render_inner_html(heading, md)))
    return " ".join(text.split())


MARKUP = re.compile("[&<>\x02]")
"""What keeps a text from being the same before and after it is written as HTML and read again."""


def _sketch(root: etree.Element) -> etree.Element:
    """A copy of the parts of *root* that can have an influence on an id."""
    sketch = etree.Element(root.tag, root.attrib)
    sketch.extend(part for child in root if (part := _part(child)) is not None)
    return sketch


def _part(element: etree.Element, in_heading: bool = False) -> etree.Element | None:
    """The same for *element*; None if nothing in it has an influence."""
    in_heading = in_heading or element.tag in HEADINGS
    sketch = etree.Element(element.tag, element.attrib)
    if in_heading or "{" in (element.text or ""):
        sketch.text = element.text
    for child in element:
        keeps_tail = child.tail is not None and (in_heading or "{" in child.tail)
        part = _part(child, in_heading)
        if part is None and keeps_tail:
            part = etree.Element(child.tag, child.attrib)
        if part is not None:
            part.tail = child.tail if keeps_tail else None
            sketch.append(part)
    matters = in_heading or sketch.text or "id" in element.attrib or len(sketch)
    return sketch if matters else None


@contextmanager
def _footnotes_untouched(md: Markdown) -> Iterator[None]:
    """Keep the count of footnote references, which rendering the sketch would advance."""
    extension = next((e for e in md.registeredExtensions if isinstance(e, FootnoteExtension)), None)
    if extension is None:
        yield
        return
    state = {key: copy(getattr(extension, key)) for key in FOOTNOTE_STATE}
    yield
    for key, value in state.items():
        setattr(extension, key, value)


FOOTNOTE_STATE = ("footnote_order", "found_refs", "used_refs")
