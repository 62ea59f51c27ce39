"""The laws of translated rendering, on pages that hypothesis makes."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import assume, given
from markdown import Markdown

from annai.extension import AnnaiExtension, itself
from annai.extraction import body_messages
from annai.messages import is_cjk
from annai.translation import Translate
from builds.visible import VOID
from properties.markdown_pages import EXTENSIONS, OPTIONS, pages

HEADING = re.compile(r'<h[1-6][^>]*? id="([^"]*)"')


def make(translate: Translate | None = None) -> Markdown:
    """Python-Markdown, alone or with the extension."""
    ours = [AnnaiExtension(translate)] if translate else []
    return Markdown(extensions=[*EXTENSIONS, *ours], extension_configs=OPTIONS)


def folded(html: str) -> str:
    """*html* without differences in white space, which no reader sees."""
    words = html.split()
    return "".join(
        word + ("" if is_cjk(word[-1]) and is_cjk(after[0]) else " ")
        for word, after in zip(words, [*words[1:], "."], strict=True)
    )


class _Balance(HTMLParser):
    """Notices a tag that is closed in the wrong place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def misnested(html: str) -> list[str]:
    """The tags of *html* that are closed where another one is open."""
    balance = _Balance()
    balance.feed(html)
    balance.close()
    return balance.wrong + balance.open


def unmarked(html: str) -> str:
    """*html* without the marks on blocks that are not translated."""
    kept: list[str] = []
    open_spans: list[bool] = []
    for token in re.split(r"(</?span\b[^>]*>)", html):
        if token.startswith("<span"):
            open_spans.append(token == '<span dir="ltr" lang="en">')
            token = "" if open_spans[-1] else token
        elif token.startswith("</span"):
            token = "" if open_spans.pop() else token
        kept.append(token)
    return "".join(kept).replace(' dir="ltr"', "").replace(' lang="en"', "")


@given(pages())
def test_a_page_whose_translation_is_its_source_renders_like_the_source(page: str) -> None:
    assert folded(make(itself).convert(page)) == folded(make().convert(page))


@given(pages())
def test_a_page_without_translations_renders_like_the_source_but_for_language_marks(
    page: str,
) -> None:
    html = make(lambda msgid, context=None: None).convert(page)
    source = make().convert(page)
    assert folded(unmarked(html)) == folded(source)
    assert misnested(html) == misnested(source)


@given(pages())
def test_heading_ids_are_those_of_the_source_in_every_locale(page: str) -> None:
    expected = HEADING.findall(make().convert(page))
    assert (
        HEADING.findall(make(lambda msgid, context=None: f"訳文 {len(msgid)}").convert(page))
        == expected
    )
    assert HEADING.findall(make(lambda msgid, context=None: None).convert(page)) == expected
    partly = make(lambda msgid, context=None: "訳" if len(msgid) % 2 else None)
    assert HEADING.findall(partly.convert(page)) == expected


@given(pages(), pages())
def test_a_page_is_rendered_and_extracted_the_same_whatever_came_before(
    page: str, other: str
) -> None:
    def translate(msgid: str, context: str | None = None) -> str | None:
        return f"訳 {msgid}" if len(msgid) % 2 else None

    used = make(translate)
    used.convert(other)
    assert used.reset().convert(page) == make(translate).convert(page)
    extracting = make()
    body_messages(other, extracting)
    assert body_messages(page, extracting) == body_messages(page, make())


@given(pages())
def test_what_is_extracted_is_what_is_looked_up(page: str) -> None:
    asked: list[str] = []
    make(lambda msgid, context=None: asked.append(msgid)).convert(page)
    found = [message.msgid for message in body_messages(page, make())]
    assert sorted(found) == sorted(asked)


NUMBER = re.compile(r"(?<=Q)\d+")


@given(pages())
def test_every_message_is_found_on_the_line_where_it_stands(page: str) -> None:
    plain = page.replace("Ask", "AskQ").replace("Go", "GoQ").replace("入金", "入金Q")
    lines = plain.split("\n")
    numbered = "\n".join(line.replace("Q", f"Q{n}") for n, line in enumerate(lines, start=1))
    expected = [
        (int(number[0]), NUMBER.sub("", message.msgid))
        for message in body_messages(numbered, make())
        if (number := NUMBER.search(message.msgid.split("  \n")[0]))
    ]
    found = [
        (message.line, message.msgid)
        for message in body_messages(plain, make())
        if "Q" in message.msgid.split("  \n")[0]
    ]
    assume(sorted(text for _, text in found) == sorted(text for _, text in expected))
    starts_with_number = {text for _, text in expected if re.match(r"[*_\[(]*(Ask|Go|入金)Q", text)}
    assert sorted(each for each in found if each[1] in starts_with_number) == sorted(
        each for each in expected if each[1] in starts_with_number
    )
