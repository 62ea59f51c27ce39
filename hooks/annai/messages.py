"""What a message is: the inline Markdown of one block, as a translator should see it."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

PLACEHOLDER = re.compile("\x02[^\x03]*\x03")
"""What Python-Markdown leaves in a text for something it has put aside (markdown.util.STX, ETX)."""

CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
"""Inline code (markdown.inlinepatterns.BACKTICK_RE)."""

RAW_HTML = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<(script|style)\b(?:(?!<\1\b).)*?</\1>|<[a-zA-Z/][^<>]*>", re.DOTALL
)
"""Comments, elements without text for readers, and tags, automatic links included."""

HEADING_ATTRIBUTES = re.compile(r"[ ]+\{:?[ ]*[^}\n ][^\n]*\}[ ]*$")
"""An attribute list that ends a heading, term or cell (attr_list's HEADER_RE)."""

BLOCK_ATTRIBUTES = re.compile(r"\n[ ]*\{:?[ ]*[^}\n ][^\n]*\}[ ]*$")
"""An attribute list on the last line of any other block (attr_list's BLOCK_RE)."""

LINE_BREAK = re.compile(r"(\\?)([ ]*)\n[ ]*")
"""A line end in a block; a hard one has a backslash or two spaces before it."""

INLINE_ATTRIBUTES = re.compile(r"[])*_`>~^]\{")
"""Where an attribute list for an inline element begins. It reaches to the last brace of its line
(attr_list's INLINE_RE), so no other brace may be moved there."""

ONE_LINE_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "td", "th"})
"""The elements whose attribute list follows on the same line."""


class Piece(NamedTuple):
    """A part of a block's text: what is to be translated, and what is kept around it."""

    before: str
    msgid: str
    """Empty where nothing is to be translated."""
    after: str
    raw: str
    """The msgid as it stands in the source, line breaks and all."""


def pieces(text: str, tag: str, *, breaks_are_hard: bool = False) -> list[Piece]:
    r"""The parts of the text of an element *tag*; joining them gives *text*, soft breaks apart.

    Placeholders (a task's checkbox, a raw HTML block), attribute lists and outer white space
    are kept out of the msgid. *breaks_are_hard* is for the ``nl2br`` extension.

    >>> [piece.msgid for piece in pieces("two\nlines {#id}", "h2")]
    ['two lines']
    >>> pieces("2026-01-02", "p")
    [Piece(before='2026-01-02', msgid='', after='', raw='')]
    """
    if "\x02" not in text and text[:1] not in " \n" and text[-1:] not in "} \n":
        msgid = text if breaks_are_hard else fold(text)
        return [Piece("", msgid, "", text) if translatable(text) else Piece(text, "", "", "")]
    found = []
    kept_from = 0
    for start, end in _between_placeholders(text):
        raw = text[start:end].rstrip()
        if raw.endswith("}") and end == len(text):
            pattern = HEADING_ATTRIBUTES if tag in ONE_LINE_TAGS else BLOCK_ATTRIBUTES
            if attributes := pattern.search(raw):
                raw = raw[: attributes.start()].rstrip()
        start += len(raw) - len(raw.lstrip())
        raw = raw.lstrip()
        if not translatable(raw):
            continue
        msgid = raw if breaks_are_hard else fold(raw)
        found.append(Piece(text[kept_from:start], msgid, "", raw))
        kept_from = start + len(raw)
    if not found:
        return [Piece(text, "", "", "")]
    last = found.pop()
    found.append(Piece(last.before, last.msgid, text[kept_from:], last.raw))
    return found


def _between_placeholders(text: str) -> list[tuple[int, int]]:
    """The start and end of each run of *text* without a placeholder."""
    if "\x02" not in text:
        return [(0, len(text))]
    edges = [0]
    for match in PLACEHOLDER.finditer(text):
        edges += match.span()
    edges.append(len(text))
    return list(zip(edges[::2], edges[1::2], strict=True))


def translatable(text: str) -> bool:
    """Whether there is a letter in *text* outside inline code and HTML tags.

    >>> translatable("`TXID`"), translatable("`TXID` of a transfer"), translatable("1 = 2")
    (False, True, False)
    >>> translatable("<https://example.com/>"), translatable("<kbd>Enter</kbd>")
    (False, True)
    """
    if "`" in text:
        text = CODE_SPAN.sub("", text)
    if "<" in text:
        text = RAW_HTML.sub("", text)
    return text[:1].isalpha() or any(map(str.isalpha, text))


def fold(text: str) -> str:
    r"""*text* with each soft line break as a writer meant it: a space, or nothing in CJK text.

    CSS Text Module Level 3, section 4.1.3: a line break between two wide characters that are
    not Hangul stands for nothing. Hard breaks stay.

    >>> fold("one\ntwo  \nthree")
    'one two  \nthree'
    >>> fold("出金を\n停止")
    '出金を停止'
    """
    if "\n" not in text:
        return text
    if text.isascii() and not ("  \n" in text or "\\" in text or "{" in text):
        return " ".join([line.strip(" ") for line in text.split("\n")])
    return LINE_BREAK.sub(_fold_break, text)


def _fold_break(match: re.Match[str]) -> str:
    backslash, spaces = match.groups()
    if backslash or len(spaces) >= 2:
        return f"{backslash}{spaces}\n"
    start, end = match.span()
    text = match.string
    if "}" in text and INLINE_ATTRIBUTES.search(text, 0, start) and "}" in text[end:]:
        return "\n"
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isascii() or after.isascii():
        return " "
    return "" if is_cjk(before) and is_cjk(after) else " "


def is_cjk(character: str) -> bool:
    """Whether *character* is of a script written without spaces between words.

    Symbols, such as emoji, are not; nor are unassigned characters, which Python calls wide.
    """
    return (
        unicodedata.east_asian_width(character) in "FWH"
        and unicodedata.category(character) not in ("So", "Cn")
        and not unicodedata.name(character, "").startswith("HANGUL")
    )
