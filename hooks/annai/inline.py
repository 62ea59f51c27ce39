"""What Python-Markdown makes of one message, taken apart: links, images, code, other markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html.parser import HTMLParser

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocTreeprocessor
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor

from annai.blocks import run

LINKS = frozenset({"action", "cite", "data", "formaction", "href"})
IMAGES = frozenset({"background", "poster", "src", "srcset"})
"""Attributes that lead somewhere (HTML, attributes that hold a URL)."""

WORDS = frozenset({"alt", "aria-label", "placeholder", "title"})
"""Attributes that readers read, so that translators change what they say."""

SPOKEN = re.compile(r"""(\s(?:alt|title)\s*=\s*)("[^"<>]*"|'[^'<>]*')""")
"""The same in raw HTML."""

EMPHASIS = "emphasis"
"""Weak or strong: scripts without italics show all of it in bold."""

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
"""Elements that are never closed (HTML, void elements)."""

DEFINITION = re.compile(
    r"^(?:[ \t>:!?]|[-+*][ ]|\d+[.)][ ])*(\*?)\[(\^?)([^\]\n]+)\]:", re.MULTILINE
)
"""The definition of a reference link, of a footnote or of an abbreviation (ReferenceProcessor,
FootnoteBlockProcessor and AbbrBlockprocessor, Markdown 3.10), in a list or a quotation, too."""

BLOCK = re.compile(r"\n|[ ]{4}|[ ]*(?:[^\w\s]|_|\d+[.)])")
"""How a text begins that could be something else than a paragraph."""

SEVERAL = re.compile(r"\n\s*\n|^\s*(?:`{3}|~{3}|-+8<-|;-+8<-)", re.MULTILINE)
"""An empty line, which ends a block; and what is made before blocks are parsed: fences, snippets of
other files."""

OPENING = re.compile(r"[\[<{`]")
"""What begins something that another text in the same block could end."""

ENDINGS = (")", "]", "](x)", ">", "'>", '">', "-->", "?>", "]]>", "`", " {#end}")
"""What would end it."""


@dataclass
class Inline:
    """What is in a message, as multisets, so that the order of words is free."""

    is_plain: bool = False
    """Whether there is no markup, so that nothing but `texts` is to be looked at."""

    links: Counter[str] = field(default_factory=Counter)
    images: Counter[str] = field(default_factory=Counter)
    code: Counter[str] = field(default_factory=Counter)
    footnotes: Counter[str] = field(default_factory=Counter)
    html: Counter[str] = field(default_factory=Counter)
    """Raw HTML, without what its attributes say to readers."""
    markup: Counter[str] = field(default_factory=Counter)
    """Elements, and attributes with their values where those are no words."""
    is_whole: bool = True
    """Whether every element is closed, in the right order."""
    texts: list[tuple[str, bool]] = field(default_factory=list)
    """What readers see, part by part, and whether it is code."""
    words: list[str] = field(default_factory=list)
    """What attributes say to readers."""

    @cached_property
    def text(self) -> str:
        """What readers see or hear; what attributes say stands in lines of its own."""
        return "\n".join(["".join(part for part, _ in self.texts), *self.words])

    @cached_property
    def prose(self) -> str:
        """The same without code."""
        return "\n".join(
            ["".join(part for part, is_code in self.texts if not is_code), *self.words]
        )


@dataclass(frozen=True)
class Names:
    """What messages can refer to by name, because pages define it."""

    references: frozenset[str] = frozenset()
    footnotes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, sources: Iterable[str]) -> Names:
        r"""What the pages *sources* define; perhaps more, for code may look like a definition.

        >>> Names.of(["[^1]: A note.\n\n[Guide]: guide.md"])
        Names(references=frozenset({'guide'}), footnotes=frozenset({'1'}))
        """
        found = [match.groups() for source in sources for match in DEFINITION.finditer(source)]
        return cls(
            frozenset(
                " ".join(name.lower().split()) for star, note, name in found if not star + note
            ),
            frozenset(name for _, note, name in found if note),
        )

    @classmethod
    def defined(cls, md: Markdown) -> Names:
        """What the page defines that *md* has parsed."""
        notes = [name for each in _footnotes(md) for name in each.footnotes]
        return cls(frozenset(md.references), frozenset(notes))


class InlineReader:
    """Reads messages as *md* renders them, on pages that define *names*.

    *md* must be set up as pages are rendered, and is for this reader alone.
    """

    def __init__(self, md: Markdown, names: Names) -> None:
        self.md = md
        self.references = {name: (f"[{name}]", "") for name in names.references}
        self.notes = OrderedDict.fromkeys(sorted(names.footnotes), "")
        self.footnotes = _footnotes(md)
        processors = list(md.treeprocessors)
        toc = next((each for each in processors if isinstance(each, TocTreeprocessor)), None)
        markers = [each.getConfig("PLACE_MARKER") for each in self.footnotes]
        self.markers = [each for each in (*markers, toc.marker if toc else "") if each]
        first = processors.index(md.treeprocessors["inline"])
        self.processors = [each for each in processors[first:] if each is not toc]
        self.patterns = [
            pattern.getCompiledRegExp()  # type: ignore[attr-defined]
            for processor in self.processors
            if isinstance(processor, InlineTreeprocessor)
            for pattern in processor.inlinePatterns
        ]

    @lru_cache(maxsize=10_000)  # noqa: B019 (there is one reader for a site)
    def read(self, text: str) -> Inline:
        """What is in the message *text*; to be read only."""
        if "{" not in text and not any(each.search(text) for each in self.patterns):
            return Inline(
                is_plain=True, texts=[(text, False)]
            )  # as most are, and twenty times as fast
        paragraph = etree.Element("p")
        paragraph.text = text
        return self._read([paragraph])

    def read_open(self, text: str) -> Inline:
        """The same where text around it could be a part of what it begins.

        It stands in an element whose attribute list follows on the same line, behind another
        element, and before each of `ENDINGS`.
        """
        terms = []
        for ending in ("", *ENDINGS):
            terms.append(etree.Element("dt"))
            etree.SubElement(terms[-1], "span").tail = text + ending
        return self._read(terms)

    def blocks(self, text: str) -> tuple[str, ...]:
        """The elements that *text* would be, were it a page; none for what stands for others."""
        if any(marker in text for marker in self.markers):
            return ()
        if not BLOCK.match(text) and "\n" not in text:
            return ("p",)
        if SEVERAL.search(text) or DEFINITION.search(text):
            return ()
        self._reset()
        root = self.md.parser.parseDocument(text.split("\n")).getroot()
        assert root is not None, "parseDocument makes a root"
        return tuple(str(element.tag) for element in root.iter())[1:]

    def _read(self, elements: list[etree.Element]) -> Inline:
        self._reset()
        root = etree.Element("div")
        root.extend(elements)
        around = Counter(str(element.tag) for element in root.iter())
        html = self.md.serializer(run(self.processors, root))
        for processor in self.md.postprocessors:
            html = processor.run(html)
        found = Inline()
        for raw in self.md.htmlStash.rawHtmlBlocks:
            if isinstance(raw, str) and raw.startswith("<"):
                found.html[SPOKEN.sub(r'\1""', raw)] += 1
        parser = _Parser(found)
        parser.feed(html)
        parser.close()
        found.is_whole = found.is_whole and not parser.open
        found.markup -= around
        return found

    def _reset(self) -> None:
        self.md.reset()
        self.md.references.update(self.references)
        for extension in self.footnotes:
            extension.footnotes = self.notes.copy()


def _footnotes(md: Markdown) -> list[FootnoteExtension]:
    return [each for each in md.registeredExtensions if isinstance(each, FootnoteExtension)]


class _Parser(HTMLParser):
    """Takes HTML apart."""

    def __init__(self, found: Inline) -> None:
        super().__init__()
        self.found = found
        self.open: list[str] = []
        self.code: list[str] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = self.found
        if tag not in VOID:
            self.open.append(tag)
        if tag == "code":
            self.code = []
        if tag == "br":
            found.texts.append(("\n", False))
        if ("class", "footnote-ref") in attributes:
            found.footnotes.update(value or "" for name, value in attributes if name == "href")
            return
        found.markup[EMPHASIS if tag in ("em", "strong") else tag] += 1
        for name, text in attributes:
            value = text or ""
            if name in LINKS:
                found.links[value] += 1
            elif name in IMAGES:
                found.images[value] += 1
            elif name in WORDS:
                found.words.append(value)
                found.markup[f"{tag} {name}"] += 1
            elif name != "id" or not value.startswith("fnref"):
                found.markup[f'{tag} {name}="{value}"'] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.found.is_whole = False
        if tag == "code" and self.code is not None:
            self.found.code["".join(self.code)] += 1
            self.code = None

    def handle_data(self, data: str) -> None:
        self.found.texts.append((data, self.code is not None))
        if self.code is not None:
            self.code.append(data)
