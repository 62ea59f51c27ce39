"""What of a page can be searched, in sections: taken from its element tree while it is rendered."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass, field

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER_RE, STX

from annai.anchors import HEADINGS

PRIORITY = -10
"""Of `SectionsTreeprocessor`: behind everything that changes the tree."""

INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd",
        "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr",
    )
)  # fmt: skip
"""Elements that do not end a word (HTML, phrasing content)."""

SIGNS = frozenset(("footnote-backref", "footnote-ref", "headerlink"))
"""Classes of links that Python-Markdown adds, whose text is a sign or a number."""

HIDDEN = "data-search-exclude"
"""The attribute with which writers keep a block, or the section of a heading, from being found;
the theme's own."""

UNSEEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"""</?([a-z][\w-]*)(?:"[^"]*"|'[^']*'|[^<>"'])*>|<[!?][^>]*>""", re.IGNORECASE)
SET_ASIDE = re.compile(f"{STX}[^{ETX}]*{ETX}")


@dataclass
class Section:
    """A heading and what stands below it, as plain text with single spaces."""

    anchor: str
    """The id of the heading; empty for the top of the page."""
    heading: str = ""
    is_translated: bool = True
    """Whether the heading is in the language of the page."""
    texts: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands below the heading, blocks of code apart."""
        return " ".join("".join(self.texts).split())

    @property
    def code(self) -> str:
        """The blocks of code below the heading."""
        return " ".join("".join(self.codes).split())


class SectionsTreeprocessor(Treeprocessor):
    """Collects the sections of a page, without what is in another language than *tag*."""

    def __init__(self, md: Markdown, tag: str) -> None:
        super().__init__(md)
        self.tag = tag
        self.sections = [Section("")]  # Python-Markdown reads no tree where there is no text

    def run(self, root: etree.Element) -> None:
        """Read the finished tree. The first heading of level 1 belongs to the top of the page."""
        self.sections = [Section("")]
        self._section = self.sections[0]
        self._read(root)

    def _read(self, parent: etree.Element) -> None:
        self._say(parent.text)
        for child in parent:
            tag = str(child.tag)
            is_own = child.get("lang", self.tag) == self.tag
            gap = " " if tag not in INLINE else ""
            self._say(gap)
            if tag in HEADINGS and (child.get("id") or tag == "h1"):
                self._begin(child, is_own)
            elif is_own and HIDDEN not in child.attrib and not _is_sign(child):
                if child.get("class") == "footnote":
                    self._section = self.sections[0]
                self._say(child.get("alt"))
                self._read(child)
            self._say(gap)
            self._say(child.tail)

    def _begin(self, heading: etree.Element, is_own: bool) -> None:
        """Begin the section of *heading*."""
        self._section = Section(heading.get("id", ""), is_translated=is_own)
        self._read(heading)
        self._section.heading = self._section.text
        self._section.texts.clear()
        top = self.sections[0]
        if HIDDEN in heading.attrib:
            return
        if heading.tag == "h1" and len(self.sections) == 1 and not top.heading:
            top.heading, top.is_translated = self._section.heading, is_own
            self._section = top
        else:
            self.sections.append(self._section)

    def _say(self, text: str | None) -> None:
        """Add *text*, and what Python-Markdown has set aside in it, to the section."""
        section = self._section
        for part in _parts(text or ""):
            raw = self._stashed(part)
            if raw is None:
                section.texts.append(self._shown(part))
            elif "<pre" in raw:
                section.codes.append(plain(raw))
            else:
                section.texts.append(plain(raw))

    def _stashed(self, text: str) -> str | None:
        match = HTML_PLACEHOLDER_RE.fullmatch(text)
        raw = self.md.htmlStash.rawHtmlBlocks[int(match[1])] if match else None
        return raw if isinstance(raw, str) or raw is None else ""

    def _shown(self, text: str) -> str:
        return html.unescape(SET_ASIDE.sub(" ", text.replace(AMP_SUBSTITUTE, "&")))


class SectionsExtension(Extension):
    """Has the sections of the page rendered last, in the language *tag*, at its `processor`."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag
        self.processor: SectionsTreeprocessor

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processor, behind all others."""
        self.processor = SectionsTreeprocessor(md, self.tag)
        md.treeprocessors.register(self.processor, "annai-sections", PRIORITY)


def _parts(text: str) -> list[str]:
    """*text* between the places where something was set aside, and these."""
    parts, start = [], 0
    for match in HTML_PLACEHOLDER_RE.finditer(text):
        parts += [text[start : match.start()], match[0]]
        start = match.end()
    return [part for part in [*parts, text[start:]] if part]


def _is_sign(element: etree.Element) -> bool:
    return not SIGNS.isdisjoint(element.get("class", "").split())


def plain(raw: str) -> str:
    """The text of *raw* HTML.

    >>> plain('H<sub title="a > b">2</sub>O<br>&amp;<!-- no -->more')
    'H2O & more'
    """
    return html.unescape(TAG.sub(_gap, UNSEEN.sub(" ", raw)))


def _gap(tag: re.Match[str]) -> str:
    return "" if (tag[1] or "").lower() in INLINE else " "
