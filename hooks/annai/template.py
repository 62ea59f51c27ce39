"""The template catalog, ``messages.pot``: every message of the site, in one file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_from_file

from annai.catalogs import DOMAIN
from annai.directives import check_directives
from annai.extraction import Message, data_messages, page_messages
from annai.guard import PLACEHOLDER
from annai.pages import find_pages
from annai.pofile import Key, key, reference
from annai.site import Site
from annai.texts import read_text


def template_path(site: Site) -> Path:
    """Where the template is."""
    return site.locales / f"{DOMAIN}.pot"


def make_template(site: Site) -> polib.POFile:
    """Every message of *site*, in the order of its files and lines. Raises ContentError."""
    template = polib.POFile()
    template.metadata = header(site)
    entries: dict[Key, polib.POEntry] = {}
    for path, message in site_messages(site):
        entry = polib.POEntry(msgid=message.msgid, msgctxt=message.context)
        if key(entry) not in entries:
            entries[key(entry)] = entry
            template.append(entry)
        entry = entries[key(entry)]
        if message.plural:
            entry.msgid_plural, entry.msgstr_plural = message.plural, {0: "", 1: ""}
        entry.occurrences.append((reference(path), str(message.line)))
        known = entry.comment.split("\n") if entry.comment else []
        entry.comment = "\n".join(dict.fromkeys([*known, *message.comment.split("\n")]))
        if PLACEHOLDER.search(message.msgid + message.plural) and not entry.flags:
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
    for text in site.texts():
        yield site.shown(text.path), Message(text.line, text.value, text.comment)
    for path in filter(None, (site.ledger_path, site.glossary_path)):
        yield from ((site.shown(path), message) for message in data_messages(site, path))
    md = site.markdown()
    for path in find_pages(site.docs, site.excluded):
        shown = site.shown(path)
        source = read_text(path, shown)
        check_directives(source, shown)
        for message in page_messages(source, md, site.front_matter):
            yield shown, message
    if "nav" not in site.data:
        yield from _folder_titles(site)
    for path in sorted(site.overrides.rglob("*.html")) if site.overrides else ():
        found = extract_from_file("jinja2.ext:babel_extract", path, options={"encoding": "utf-8"})
        for line, msgid, comments, context in found:
            msgids = (msgid, "") if isinstance(msgid, str) else msgid
            message = Message(line, msgids[0], "\n".join(comments), context, msgids[1])
            yield site.shown(path), message


def _folder_titles(site: Site) -> Iterator[tuple[str, Message]]:
    """The titles that MkDocs gives folders where the configuration has no navigation."""
    paths = find_pages(site.docs, site.excluded)
    folders = {each for path in paths for each in path.relative_to(site.docs).parents}
    for folder in sorted(folders - {Path()}):
        yield site.shown(site.docs / folder), Message(1, folder_title(folder.name), "folder")


def folder_title(name: str) -> str:
    """The title of a folder (mkdocs.utils.dirname_to_title, MkDocs 1.6).

    >>> folder_title("getting-started")
    'Getting started'
    """
    title = name.replace("-", " ").replace("_", " ")
    return title.capitalize() if title.lower() == title else title
