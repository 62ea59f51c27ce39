"""Finding the messages of a page, with the line each one stands on.

`extract_markdown` is registered as the Babel extractor ``annai``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from markdown import Markdown

from annai import checklist
from annai.blocks import Block, blocks, kind, parse
from annai.directives import check_directives
from annai.glossary import site_glossary
from annai.ledger import site_ledger
from annai.messages import Piece
from annai.pages import KEYWORDS, TRANSLATED_KEYS, split
from annai.positions import find_lines
from annai.site import Site, read_site
from annai.texts import decode

KEYWORDS_NOTE = """page keywords
Nobody sees them. Write what people type in your language to find this page, not a translation."""


@dataclass(frozen=True)
class Message:
    """One text to translate."""

    line: int
    """1-based, in the file."""
    msgid: str
    comment: str
    """What the text is, and what the writer says of it, for the translator."""
    context: str | None = None
    """What tells it from an equal text (gettext's msgctxt)."""
    plural: str = ""
    """The text for other numbers, if it depends on one."""


def page_messages(
    source: str, md: Markdown, keys: Collection[str] = TRANSLATED_KEYS
) -> list[Message]:
    """Every message of a page, in the order of its lines.

    *md* must be set up as the page will be rendered, and is reset. *keys* name the texts of
    front matter.
    """
    page = split(source, keys)
    found = [Message(line, text, _explained(key)) for key, line, text in page.texts]
    return found + body_messages(page.body, md, page.body_line)


def _explained(key: str) -> str:
    """What translators read about the text of a *key* of front matter."""
    below, _, rest = key.partition(".")
    if below == checklist.KEY and rest in checklist.TEXTS:
        return checklist.TEXTS[rest]
    return KEYWORDS_NOTE if key == KEYWORDS else f"page {key}"


def body_messages(body: str, md: Markdown, first_line: int = 1) -> list[Message]:
    """Every message of the Markdown *body*, whose first line is *first_line* of its file."""
    body = body.expandtabs(md.tab_length)  # as the parser does
    parts = _parts(md, body)
    raws = [piece.raw for _, piece in parts]
    lines = find_lines(body, raws, lambda text: [piece.raw for _, piece in _parts(md, text)])
    found = [
        Message(
            line + first_line - 1,
            piece.msgid,
            f"{kind(block.text)}\n{block.note.comment}".strip(),
            block.note.context,
        )
        for line, (block, piece) in zip(lines, parts, strict=True)
    ]
    return sorted(found, key=lambda message: message.line)


def _parts(md: Markdown, body: str) -> list[tuple[Block, Piece]]:
    """Every piece of *body* that is a message, with the block it is in, in the tree's order."""
    found = blocks(md, parse(md.reset(), body))
    return [(block, piece) for block in found for piece in block.pieces if piece.msgid]


def extract_markdown(
    fileobj: BinaryIO,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: dict[str, str],
) -> Iterator[tuple[int, str | None, str | tuple[str, str], list[str]]]:
    """The messages of a Markdown page, as Babel asks for them.

    The option ``config`` names the site's configuration (``mkdocs.yml``), whose Markdown
    extensions decide what a block is. Raises ContentError if the page is not UTF-8.
    """
    source = decode(fileobj.read(), fileobj.name)
    check_directives(source, fileobj.name)
    site = read_site(Path(options.get("config", "mkdocs.yml")))
    for message in page_messages(source, site.markdown(), site.front_matter):
        comments = message.comment.split("\n")
        if message.context:
            yield message.line, "pgettext", (message.context, message.msgid), comments
        else:
            yield message.line, None, message.msgid, comments


def extract_site(
    fileobj: BinaryIO,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: dict[str, str],
) -> Iterator[tuple[int, None, str, list[str]]]:
    """The messages of the site's configuration: its name, its navigation, its labels."""
    for text in read_site(Path(fileobj.name)).texts():
        yield text.line, None, text.value, [text.comment]


def data_messages(site: Site, path: Path) -> list[Message]:
    """The messages of a file of data: the fact ledger or the glossary. Raises ContentError."""
    ledger = site_ledger(site) if path == site.ledger_path else None
    if ledger:
        return [Message(*text) for text in ledger.texts]
    return [
        Message(term.meaning_line, term.meaning, f"meaning of: {term.name}")
        for term in site_glossary(site)
    ]


def extract_data(
    fileobj: BinaryIO,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: dict[str, str],
) -> Iterator[tuple[int, None, str, list[str]]]:
    """The messages of the fact ledger or the glossary, which the configuration names."""
    site = read_site(Path(options.get("config", "mkdocs.yml")).absolute())
    for message in data_messages(site, Path(fileobj.name).absolute()):
        yield message.line, None, message.msgid, message.comment.split("\n")
