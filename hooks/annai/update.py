"""Writing the template and the catalogs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import polib
from babel.messages.plurals import get_plural

from annai.catalogs import catalog_path, find_locales, read_messages
from annai.errors import ContentError
from annai.locales import Locale, parse_locale
from annai.merge import key, merge
from annai.site import Site
from annai.template import WIDTH, header, make_template, template_path

CREATED = "POT-Creation-Date"


def update(site: Site) -> Iterator[Path]:
    """Extract, and bring the template and every catalog up to date; the files that changed.

    Raises ContentError, before anything is written, if a page or catalog cannot be read.
    """
    root = site.path.parent
    locales = [each for each in find_locales(site.locales, root) if each != site.source]
    for locale in locales:
        path = catalog_path(site.locales, locale)
        read_messages(path, locale, path.relative_to(root))
    template = make_template(site)
    path = template_path(site)
    _date(template, path)
    if write(path, format_po(template)):
        yield path
    for locale in locales:
        path = catalog_path(site.locales, locale)
        catalog = read_catalog(path)
        if write(path, format_po(merge(catalog, template))):
            yield path


def start(site: Site, name: str) -> Path:
    """Begin the catalog of a new locale, from the template as it would be now; its path.

    Raises ContentError if *name* is no locale or has a catalog already.
    """
    locale = parse_locale(name, "LOCALE")
    path = catalog_path(site.locales, locale)
    if path.exists() or locale == site.source:
        shown = path.relative_to(site.path.parent)
        what = "the source language" if locale == site.source else "there already"
        raise ContentError(shown, 1, f"{locale.folder} is {what}", "choose another locale")
    catalog = polib.POFile(wrapwidth=WIDTH)
    catalog.metadata = {**header(site), **_locale_header(locale)}
    write(path, format_po(merge(catalog, make_template(site))))
    return path


def read_catalog(path: Path) -> polib.POFile:
    """The PO file *path*, for changing; it must be readable (`read_messages` tells)."""
    return polib.pofile(str(path), wrapwidth=WIDTH, encoding="utf-8-sig")


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


def _date(template: polib.POFile, path: Path) -> None:
    """Date *template*: as the file *path* is dated if its messages are the same, else now."""
    if path.is_file():
        old = read_catalog(path)
        if [key(entry) for entry in old] == [key(entry) for entry in template]:
            template.metadata[CREATED] = old.metadata.get(CREATED, _now())
            return
    template.metadata[CREATED] = _now()


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
