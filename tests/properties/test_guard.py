"""Whatever a translator writes, a page leads where its source leads, and has no other markup."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from markdown import Markdown

from annai.extension import AnnaiExtension
from annai.extraction import body_messages
from annai.guard import Guard
from annai.inline import Names
from annai.locales import Locale
from properties.markdown_pages import EXTENSIONS, OPTIONS, pages

JA = Locale("ja")
HOSTILE = [
    "[", "](", ")", "](//evil.example)", "![", "[ref]", "[x][ref]", "[^note]", "[TOC]", "<", ">",
    "</", "<a href=//evil.example>", "<b>", "</b>", "<!--", "-->", "<https://evil.example>", "&lt;",
    "&#60;", "&", ";", "`", "``", "*", "**", "_", "~", "^", "~~", "{", "}", "{: onclick=x }",
    " {#a}", "{: ", "=", '"', "'", "\\", "\n", "  \n", "\n\n", "#", "- ", "1. ",
    "|", ":", "!", "HTML", "\t",
]  # fmt: skip


@st.composite
def translations(draw: DrawFn, msgid: str) -> str:
    """A translation that keeps some of *msgid*, or nothing, and has something hostile in it."""
    parts = re.split(r"(\W)", msgid) if draw(st.booleans()) else [draw(st.text(max_size=8))]
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(parts)))
        cut = draw(st.integers(0, 1))
        parts[place : place + cut] = [draw(st.sampled_from(HOSTILE) | st.text(max_size=3))]
    return "".join(parts)


@st.composite
def translated_pages(draw: DrawFn) -> tuple[str, dict[str, str]]:
    """A page, and a translation of each of its messages."""
    page = draw(pages())
    md = Markdown(extensions=EXTENSIONS, extension_configs=OPTIONS)
    msgids = dict.fromkeys(message.msgid for message in body_messages(page, md))
    return page, {msgid: draw(translations(msgid)) for msgid in msgids}


class Parts(HTMLParser):
    """Counts elements and attributes, with their values where these are no words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Count the element and its attributes."""
        if tag == "abbr":  # of what the page itself defines, wherever it stands
            return
        tag = {"em": "strong"}.get(tag, tag)
        self.found[tag] += 1
        for name, value in attributes:
            is_word = name in ("title", "alt")
            self.found[f"{tag} {name}" if is_word else f"{tag} {name}={value}"] += 1


def rendered(page: str, *ours: AnnaiExtension) -> Counter[str]:
    """The parts of *page*."""
    md = Markdown(extensions=[*EXTENSIONS, *ours], extension_configs=OPTIONS)
    return Parts(md.convert(page)).found


@given(translated_pages())
def test_a_translation_adds_no_element_and_no_attribute(case: tuple[str, dict[str, str]]) -> None:
    page, words = case
    guard = Guard(
        lambda: Markdown(extensions=EXTENSIONS, extension_configs=OPTIONS), names=Names.of([page])
    )

    def translate(msgid: str, context: str | None = None) -> str:
        msgstr = words.get(msgid, msgid)
        return msgid if guard.compare(msgid, msgstr, JA) else msgstr

    assert rendered(page, AnnaiExtension(translate)) - rendered(page) == Counter()
