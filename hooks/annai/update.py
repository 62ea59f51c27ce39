"""Writing the template and the catalogs."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from pathlib import Path

import polib
from babel.messages.plurals import get_plural

from annai.catalogs import WholeCatalog, catalog_path, read_catalog_text, targets
from annai.clock import now
from annai.errors import ContentError
from annai.guard import site_guard
from annai.locales import Locale, parse_locale
from annai.merge import merge
from annai.pofile import format_po, key, parse_po, same, write
from annai.publication import record
from annai.site import Site
from annai.template import header, make_template, template_path
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
    catalog = WholeCatalog.parse(before, locale, site_guard(site), site.shown(path))
    old = copy(catalog.file)
    if not old.metadata.keys() >= {"Content-Type", "Plural-Forms"}:
        old.metadata = {**header(site), **_locale_header(locale), **old.metadata}
    merged = merge(old, template)
    record(catalog, replace(catalog, file=merged), site.publish_at)
    unchanged = same(catalog.file, merged)  # however an editor has wrapped its lines
    return before, before if unchanged else format_po(merged)


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
    catalog = polib.POFile()
    catalog.metadata = {**header(site), **_locale_header(locale)}
    write(path, format_po(merge(catalog, make_template(site))))
    return path


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
    """The time in the form that gettext writes."""
    return now().strftime("%Y-%m-%d %H:%M+0000")


def _locale_header(locale: Locale) -> dict[str, str]:
    plural = get_plural(locale.cldr)
    return {
        "PO-Revision-Date": _now(),
        "Last-Translator": "Automatically generated",
        "Language-Team": "none",
        "Language": locale.folder,
        "Plural-Forms": plural.plural_forms,
    }
