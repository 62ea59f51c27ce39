"""The laws of translated rendering, on pages that hypothesis makes."""

from __future__ import annotations

import re

from hypothesis import given
from markdown import Markdown

from annai.extension import AnnaiExtension, itself
from annai.extraction import body_messages
from annai.messages import is_cjk
from annai.translation import Translate
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
    assert folded(unmarked(html)) == folded(make().convert(page))


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


@given(pages())
def test_what_is_extracted_is_what_is_looked_up(page: str) -> None:
    asked: list[str] = []
    make(lambda msgid, context=None: asked.append(msgid)).convert(page)
    found = [message.msgid for message in body_messages(page, make())]
    assert sorted(found) == sorted(asked)


@given(pages())
def test_every_message_is_found_on_the_line_where_it_stands(page: str) -> None:
    lines = page.split("\n")
    for message in body_messages(page, make()):
        line = lines[message.line - 1]
        starts = (message.msgid[:end] for end in range(len(message.msgid), 0, -1))
        whole_or_first_part = message.msgid.lower() in line.lower() or any(
            line.rstrip(" \\").endswith(start) for start in starts
        )
        assert whole_or_first_part, (message, line)
