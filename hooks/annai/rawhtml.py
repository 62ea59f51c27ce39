"""Finding text in raw HTML blocks, which readers see and translators do not."""

from __future__ import annotations

import re

from markdown import Markdown

from annai.blocks import parse
from annai.directives import DIRECTIVE
from annai.messages import RAW_HTML
from annai.pages import split


def untranslated_html(source: str, md: Markdown) -> list[int]:
    """The 1-based lines of a page on which raw HTML blocks with text begin.

    A block behind ``<!-- i18n: skip -->`` is meant to stay as it is. *md* must be set up as the
    page will be rendered, and is reset.
    """
    page = split(source)
    parse(md.reset(), page.body)
    lines, position = [], 0
    for raw in md.htmlStash.rawHtmlBlocks:
        html = raw.strip() if isinstance(raw, str) else ""
        start = page.body.find(html, position) if html.startswith("<") else -1
        if start < 0:
            continue  # made by an extension: highlighted code, a check box
        position = start + len(html)
        before = page.body[:start].rstrip()
        skipped = before.endswith("-->") and _is_skip(before[before.rfind("<!--") :])
        if any(map(str.isalpha, _text(html))) and not skipped:
            lines.append(page.body.count("\n", 0, start) + page.body_line)
    return lines


def _is_skip(comment: str) -> bool:
    match = DIRECTIVE.fullmatch(comment)
    return match is not None and match[1] == "skip"


def _text(html: str) -> str:
    """What readers see of *html*, entities apart."""
    return re.sub(r"&#?\w+;", "", RAW_HTML.sub("", html))
