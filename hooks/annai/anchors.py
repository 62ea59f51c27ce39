"""Heading ids that are the same in every locale, so that a link to a heading always works."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from copy import copy

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor

from annai.blocks import run

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def headings(root: etree.Element) -> list[etree.Element]:
    """Every heading below *root*, in the order of the tree."""
    return [element for element in root.iter() if element.tag in HEADINGS]


def heading_ids(md: Markdown, root: etree.Element, skip: Collection[Treeprocessor]) -> list[str]:
    """The ids that *md* would give the headings of *root*, a tree before the inline stage.

    Whatever decides an id decides it here too: the very tree processors of *md*, all but
    those of *skip*, run over a sketch of the page. Empty if nothing in *md* makes heading ids.
    """
    if "toc" not in md.treeprocessors:
        return []
    processors = list(md.treeprocessors)
    first = processors.index(md.treeprocessors["inline"])
    last = processors.index(md.treeprocessors["toc"])
    deciding = [each for each in processors[first : last + 1] if each not in skip]
    with _footnotes_untouched(md):
        sketch = run(deciding, _sketch(root))
    return [heading.get("id", "") for heading in headings(sketch)]


def _sketch(element: etree.Element, in_heading: bool = False) -> etree.Element:
    """A copy of *element* with all that can have an influence on an id, and little else."""
    sketch = etree.Element(element.tag, element.attrib)
    in_heading = in_heading or element.tag in HEADINGS
    if in_heading or "{" in (element.text or ""):
        sketch.text = element.text
    for child in element:
        part = _sketch(child, in_heading)
        if in_heading or "{" in (child.tail or ""):
            part.tail = child.tail
        sketch.append(part)
    return sketch


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
