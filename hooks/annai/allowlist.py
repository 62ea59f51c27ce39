"""The raw HTML that writers may use: such as can neither run, nor load anything, nor lead anywhere.

The parser itself tells what is raw HTML: what an extension makes is none, nor is what stands in
code. Attributes that lists in braces give to an element are looked at as well.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from markdown import Markdown
from markdown.inlinepatterns import HtmlInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from annai.errors import did_you_mean
from annai.pages import split

INLINE = ("abbr", "br", "kbd")
"""Elements that may stand in a text."""

BLOCKS = (
    "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "li", "ol", "p", "section", "summary", "ul",
)  # fmt: skip
"""Elements that may stand around Markdown, with the extension md_in_html."""

INLINE_ATTRIBUTES = ("dir", "lang", "title")
BLOCK_ATTRIBUTES = ("class", "dir", "id", "lang", "markdown", "open", "title")

INSTEAD = {
    "a": "write [text](address)",
    "b": "write **text**",
    "code": "write `code`",
    "em": "write *text*",
    "i": "write *text*",
    "img": "write ![what it shows](picture.svg)",
    "script": "put it into a file, and name that in extra_javascript",
    "strong": "write **text**",
    "style": "put it into a file, and name that in extra_css",
    "table": "write a table in Markdown",
}
"""What writers can do without an element or an attribute."""

MARKDOWN = "write it in Markdown; <kbd>, <abbr>, <br> and <div markdown> around blocks may stay"

TABLE_STYLE = re.compile("text-align: (left|center|right);")
"""What the columns of a table in Markdown have (markdown.extensions.tables)."""

LINE = "annai-line"
"""The attribute with which a tag carries its line through the parser."""

START_TAG = re.compile(r"<[a-zA-Z][\w-]*(?=\s|/?>)")

SIGNS = {"!--": r"<!--(-?>|[^>]*--!>)", "!": r"<!(?!--)", "?": r"<\?"}
"""Where what is no tag begins: a comment that ends where nobody expects it, a declaration, code."""


class Refused(NamedTuple):
    """Something in a page that it may not have."""

    line: int
    """1-based."""
    problem: str
    fix: str


class RawTag(NamedTuple):
    """A tag that a writer wrote."""

    name: str
    attributes: dict[str, str]


class HtmlReader:
    """Reads pages with *md*, which is set up as they will be rendered, and is reset."""

    def __init__(self, md: Markdown) -> None:
        self.md = md
        self.tags: list[RawTag] = []
        self.given: list[str] = []
        """Attributes that only attribute lists (``attr_list``) can have given to an element."""
        blocks = _Blocks(md, self.tags)
        md.preprocessors.register(_Before(md, blocks), "annai-before-html", 20.1)
        md.preprocessors.register(blocks, "annai-html", 19.9)  # html_block has 20
        md.inlinePatterns.register(_Inline(md, self.tags), "html", 90)  # in its place
        md.treeprocessors.register(_Lists(md, self.given), "annai-lists", 7.9)  # attr_list has 8

    def refused(self, source: str) -> list[Refused]:
        """The raw HTML of the page *source* that it may not have, in the order of its lines."""
        self.tags.clear()
        self.given.clear()
        page = split(source)
        lines = enumerate(page.body.split("\n"), start=page.body_line)
        marked = (START_TAG.sub(rf"\g<0> {LINE}={number} ", line) for number, line in lines)
        self.md.reset().convert("\n".join(marked))
        found = [*_tag_faults(self.tags, source), *_list_faults(self.given, source)]
        return sorted(dict.fromkeys(found))


class _Blocks(Preprocessor):
    """Writes down the tags of the blocks that have been set aside since `start`."""

    start = 0

    def __init__(self, md: Markdown, found: list[RawTag]) -> None:
        super().__init__(md)
        self.found = found

    def run(self, lines: list[str]) -> list[str]:
        for raw in self.md.htmlStash.rawHtmlBlocks[self.start :]:
            if isinstance(raw, etree.Element):  # of md_in_html
                self.found += [RawTag(str(each.tag), dict(each.attrib)) for each in raw.iter()]
            else:
                self.found += _tags(raw)
        return lines


class _Before(Preprocessor):
    """Tells *blocks* what other preprocessors have set aside."""

    def __init__(self, md: Markdown, blocks: _Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        self.blocks.start = len(self.md.htmlStash.rawHtmlBlocks)
        return lines


class _Inline(HtmlInlineProcessor):
    """Writes down the tags in texts."""

    def __init__(self, md: Markdown, found: list[RawTag]) -> None:
        super().__init__(md.inlinePatterns["html"].pattern, md)
        self.found = found

    def handleMatch(  # type: ignore[override]  # as in the class that it extends
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | str | None, int | None, int | None]:
        self.found += _tags(m[1])
        return super().handleMatch(m, data)


class _Lists(Treeprocessor):
    """Writes down attributes that run, or that the policy of a page forbids."""

    def __init__(self, md: Markdown, found: list[str]) -> None:
        super().__init__(md)
        self.found = found

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            for name, value in element.attrib.items() if LINE not in element.attrib else ():
                is_style = name == "style" and not TABLE_STYLE.fullmatch(value)
                if is_style or name.startswith("on"):
                    self.found.append(name)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[RawTag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(RawTag(tag, {name: value or "" for name, value in attrs}))

    def handle_comment(self, data: str) -> None:
        if data.startswith((">", "->")) or "--!>" in data:  # ends there for browsers
            self.found.append(RawTag("!--", {}))

    def handle_decl(self, decl: str) -> None:
        self.found.append(RawTag("!", {}))

    def unknown_decl(self, data: str) -> None:
        self.found.append(RawTag("!", {}))

    def handle_pi(self, data: str) -> None:
        self.found.append(RawTag("?", {}))


def _tags(html: str) -> list[RawTag]:
    """The tags of *html*, and what else in it is neither text nor a comment."""
    parser = _Tags()
    parser.feed(html)
    parser.close()
    return parser.found


def _tag_faults(tags: Iterable[RawTag], source: str) -> Iterator[Refused]:
    """What is wrong with *tags* of the page *source*."""
    for name, attributes in tags:
        number = re.match(r"\d+", attributes.pop(LINE, ""))
        line = int(number[0]) if number else _line(source, SIGNS.get(name, f"<{re.escape(name)}"))
        if name not in INLINE + BLOCKS:
            yield Refused(line, f"<{name}> may not stand in a page", INSTEAD.get(name, MARKDOWN))
            continue
        known = INLINE_ATTRIBUTES if name in INLINE else BLOCK_ATTRIBUTES
        for each in attributes:
            if each not in known:
                fix = f"{did_you_mean(each, known)}take it out; allowed are {', '.join(known)}"
                yield Refused(line, f"<{name}> may not have {each}", INSTEAD.get(each, fix))


def _list_faults(names: Iterable[str], source: str) -> Iterator[Refused]:
    """The attributes *names* that lists in the page *source* give to elements."""
    for name in names:
        line = _line(source, rf"\{{[^}}\n]*\b{re.escape(name)}\b")
        fix = INSTEAD.get(name, "take it out; a page runs no scripts of its own")
        yield Refused(line, f"an attribute list may not have {name}", fix)


def _line(source: str, pattern: str) -> int:
    """The first 1-based line of *source* on which *pattern* is found; 1 if there is none."""
    match = re.search(pattern, source, re.IGNORECASE)
    return source.count("\n", 0, match.start()) + 1 if match else 1
