"""Writing the template and the catalogs."""

from __future__ import annotations

import os
import re
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import polib
from babel.messages.plurals import get_plural

from annai.catalogs import catalog_path, find_locales, parse_messages, read_catalog_text
from annai.errors import ContentError
from annai.locales import Locale, parse_locale
from annai.merge import key, merge
from annai.site import Site
from annai.template import WIDTH, header, make_template, template_path
from annai.texts import read_text

CREATED = "POT-Creation-Date"


def update(site: Site) -> list[Path]:
    """Extract, and bring the template and every catalog up to date; the files that changed.

    A catalog that somebody saves meanwhile is read and merged again. Raises ContentError, before
    anything is written, if a page or catalog cannot be read.
    """
    template = make_template(site)
    _date(template, site)
    merged = [(locale, *_merged(site, locale, template)) for locale in targets(site)]
    changed = [template_path(site)] if write(template_path(site), format_po(template)) else []
    for locale, before, text in merged:
        path = catalog_path(site.locales, locale)
        while read_text(path) != before:
            before, text = _merged(site, locale, template)
        if write(path, text):
            changed.append(path)
    return changed


def _merged(site: Site, locale: Locale, template: polib.POFile) -> tuple[str, str]:
    """What the catalog of *locale* says, and what it has to say. Raises ContentError."""
    path = catalog_path(site.locales, locale)
    before = read_catalog_text(path, locale, site.shown(path))
    catalog = open_catalog(site, locale, before)
    if "Content-Type" not in catalog.metadata:
        catalog.metadata = {**header(site), **_locale_header(locale), **catalog.metadata}
    return before, format_po(merge(catalog, template))


def targets(site: Site) -> list[Locale]:
    """The locales that *site* is translated into, in the order of their tags."""
    found = find_locales(site.locales, site.path.parent)
    return [locale for locale in found if locale != site.source]


def start(site: Site, name: str) -> Path:
    """Begin the catalog of a new locale, from the template as it would be now; its path.

    Raises ContentError if *name* is no locale or has a catalog already.
    """
    locale = parse_locale(name, "LOCALE")
    path = catalog_path(site.locales, locale)
    if path.exists() or locale == site.source:
        shown = site.shown(path)
        what = "the source language" if locale == site.source else "there already"
        raise ContentError(shown, 1, f"{locale.folder} is {what}", "choose another locale")
    catalog = polib.POFile(wrapwidth=WIDTH)
    catalog.metadata = {**header(site), **_locale_header(locale)}
    write(path, format_po(merge(catalog, make_template(site))))
    return path


def open_catalog(site: Site, locale: Locale, text: str | None = None) -> polib.POFile:
    """The catalog of *locale*, for changing; *text* is its content if that has been read.

    Raises ContentError if it cannot be read.
    """
    path = catalog_path(site.locales, locale)
    shown = site.shown(path)
    if text is None:
        text = read_catalog_text(path, locale, shown)
    parse_messages(text, locale, shown)
    return parse_po(text, shown)


def parse_po(text: str, shown: str) -> polib.POFile:
    """The entries of a PO file with the content *text*, named *shown* in messages.

    Raises ContentError for what gettext knows and polib does not.
    """
    # polib reads the previous text of current entries only, and writes it for all.
    text = re.sub(r"^#~\|", "#|", text, flags=re.MULTILINE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            # From a string polib takes characters such as U+2028 for line ends.
            path = Path(folder, "messages.po")
            path.write_text(text, "utf-8", newline="\n")
            catalog = polib.pofile(str(path), wrapwidth=WIDTH, encoding="utf-8")
    except OSError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ContentError(
            shown,
            int(line[1]) if line else 1,
            f"this cannot be read: {error}",
            "compare the line with the entries around it",
        ) from None
    if catalog and (left := COMMENT_AT_END.search(text)):  # polib drops it
        comment = re.sub(r"^# ?", "", left[0].strip(), flags=re.MULTILINE)
        catalog[-1].tcomment = f"{catalog[-1].tcomment}\n{comment}".strip()
    return catalog


COMMENT_AT_END = re.compile(r"(?:^#(?![~,.:|=]).*\n?|^\s*\n)+\Z", re.MULTILINE)
"""Translators' comments behind the last entry of a PO file."""


def format_po(catalog: polib.POFile) -> str:
    """The text of a PO file, without the lone ``#`` that polib puts at the top."""
    return str(catalog).removeprefix("#\n").rstrip() + "\n"


def write(path: Path, text: str) -> bool:
    """Make *text* the content of *path*, at once or not at all; False if it is so already."""
    content = text.encode()
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    return True


def _date(template: polib.POFile, site: Site) -> None:
    """Date *template*: as the file is dated if its messages are the same, else now."""
    path = template_path(site)
    template.metadata[CREATED] = _now()
    if path.is_file():
        try:
            old = parse_po(read_text(path), site.shown(path))
        except ContentError:
            return  # it is about to be made anew
        if [key(entry) for entry in old] == [key(entry) for entry in template]:
            template.metadata[CREATED] = old.metadata.get(CREATED, _now())


def _now() -> str:
    """The time in the form that gettext writes, or SOURCE_DATE_EPOCH if that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = (
        datetime.fromtimestamp(int(epoch), timezone.utc) if epoch else datetime.now(timezone.utc)
    )
    return moment.strftime("%Y-%m-%d %H:%M+0000")


def _locale_header(locale: Locale) -> dict[str, str]:
    plural = get_plural(locale.cldr)
    return {
        "PO-Revision-Date": _now(),
        "Last-Translator": "Automatically generated",
        "Language-Team": "none",
        "Language": locale.folder,
        "Plural-Forms": plural.plural_forms,
    }
