"""The template catalog, ``messages.pot``: every message of the site, in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_from_file

from annai.catalogs import DOMAIN
from annai.directives import check_directives
from annai.extraction import Message, page_messages
from annai.site import Site
from annai.texts import read_text

WIDTH = 79
"""Columns at which catalogs are wrapped, gettext's own default."""

PYTHON_FORMAT = re.compile(r"%\(\w+\)[sd]")
"""A placeholder of a template string (jinja2.ext, newstyle gettext)."""


def template_path(site: Site) -> Path:
    """Where the template is."""
    return site.locales / f"{DOMAIN}.pot"


def make_template(site: Site) -> polib.POFile:
    """Every message of *site*, in the order of its files and lines. Raises ContentError."""
    template = polib.POFile(wrapwidth=WIDTH)
    template.metadata = header(site)
    entries: dict[tuple[str | None, str], polib.POEntry] = {}
    for path, message in site_messages(site):
        key = message.context, message.msgid
        entry = entries.get(key)
        if entry is None:
            entry = polib.POEntry(msgid=message.msgid, msgctxt=message.context)
            entries[key] = entry
            template.append(entry)
        entry.occurrences.append((path, str(message.line)))
        known = entry.comment.split("\n") if entry.comment else []
        entry.comment = "\n".join(dict.fromkeys([*known, *message.comment.split("\n")]))
        if PYTHON_FORMAT.search(message.msgid) and "python-format" not in entry.flags:
            entry.flags.append("python-format")
    return template


def header(site: Site) -> dict[str, str]:
    """What stands at the top of template and catalogs (gettext manual, "Header Entry")."""
    return {
        "Project-Id-Version": site.data.get("site_name", ""),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }


def site_messages(site: Site) -> Iterator[tuple[str, Message]]:
    """The file, relative to the configuration, and the message, of all that is to be translated."""
    root = site.path.parent
    for text in site.texts():
        yield site.path.name, Message(text.line, text.value, text.comment)
    md = site.markdown()
    for path in pages(site):
        shown = path.relative_to(root).as_posix()
        source = read_text(path, shown)
        check_directives(source, shown)
        for message in page_messages(source, md):
            yield shown, message
    for path in sorted(site.overrides.rglob("*.html")) if site.overrides else ():
        shown = path.relative_to(root).as_posix()
        found = extract_from_file("jinja2.ext:babel_extract", path, options={"encoding": "utf-8"})
        for line, msgid, comments, context in found:
            if isinstance(msgid, str):
                yield shown, Message(line, msgid, "\n".join(comments), context)


def pages(site: Site) -> list[Path]:
    """Every page below the docs folder that MkDocs would find, in the order of their paths."""
    found = []
    for path in sorted(site.docs.rglob("*.md")):
        inner = path.relative_to(site.docs).parts
        if inner[0] != "templates" and not any(part.startswith(".") for part in inner):
            found.append(path)
    return found
