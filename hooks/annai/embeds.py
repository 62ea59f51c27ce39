"""Showing data in pages: ``[fact: bitbank/chat-hours]`` or ``[glossary]``, alone in a block."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString

from annai.blocks import parse, texts
from annai.messages import CODE_SPAN
from annai.pages import split

EMBED = re.compile(r"\[(fact|facts|glossary)(?:: *([^\]\s]*))? *\]")
"""What is shown, and which of it."""

PRIORITY = 75
"""Of `EmbedProcessor`: behind what makes nested lists (90) and blocks of code (80), before all
that makes blocks of text (markdown.blockprocessors.build_block_parser)."""

Render = Callable[[str], etree.Element]
"""Gives an element with what is shown for a key, which is empty where none is given."""


def nothing(key: str) -> etree.Element:
    """Shows nothing, for those who only want to know what pages ask for."""
    return etree.Element("div")


class EmbedProcessor(BlockProcessor):
    """Puts HTML in the place of a block."""

    def __init__(self, md: Markdown, renders: Mapping[str, Render]) -> None:
        super().__init__(md.parser)
        self.renders = renders
        self.seen: list[tuple[str, str]] = []
        """What was asked for, and which of it, in the order of the pages."""

    def test(self, parent: etree.Element, block: str) -> bool:
        """Whether *block* asks for something that can be shown."""
        match = EMBED.fullmatch(block.strip())
        return match is not None and match[1] in self.renders

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Put the elements in the place of the block, with texts that nothing changes anymore."""
        match = EMBED.fullmatch(blocks.pop(0).strip())
        assert match, "test was asked before"
        self.seen.append((match[1], match[2] or ""))
        root = self.renders[match[1]](match[2] or "")
        for element in root.iter():
            element.text = AtomicString(element.text or "")
            element.tail = AtomicString(element.tail or "")
        parent.extend(root)


class EmbedExtension(Extension):
    """Lets pages show what *renders* can make; the rest stays text."""

    def __init__(self, renders: Mapping[str, Render], **options: Any) -> None:
        super().__init__(**options)
        self.renders = renders

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the block processor, once for each extension."""
        processor = EmbedProcessor(md, self.renders)
        name = f"annai-{'-'.join(self.renders)}"
        md.parser.blockprocessors.register(processor, name, PRIORITY)


class Embed(NamedTuple):
    """What a page asks to be shown."""

    line: int
    """1-based."""
    kind: str
    key: str
    is_alone: bool
    """Whether it stands alone in its block; readers would see it as it is written otherwise."""


def find_embeds(source: str, md: Markdown) -> list[Embed]:
    """All that the page *source* asks to be shown, and what looks like it.

    *md* must be set up as the page will be rendered, and is reset.
    """
    if not EMBED.search(source):
        return []
    processors = [each for each in md.parser.blockprocessors if isinstance(each, EmbedProcessor)]
    for processor in processors:
        processor.seen.clear()
    root = parse(md.reset(), split(source).body)
    strays = [
        (match[1], match[2] or "")
        for text in texts(root)
        for match in EMBED.finditer(CODE_SPAN.sub("", text.value))
    ]
    lines: dict[tuple[str, str], list[int]] = {}
    for number, line in enumerate(source.split("\n"), start=1):
        for match in EMBED.finditer(line):
            lines.setdefault((match[1], match[2] or ""), []).append(number)
    seen = [(each, True) for processor in processors for each in processor.seen]
    found = []
    for each, is_alone in [*seen, *((stray, False) for stray in strays)]:
        left = lines.get(each, [])
        found.append(Embed((left or [1])[0], *each, is_alone))
        if len(left) > 1:
            left.pop(0)
    return found
