"""How far each translation is, and what is wrong with the catalogs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import polib

from annai.catalogs import catalog_path, find_locales, read_messages
from annai.errors import ContentError
from annai.locales import Locale
from annai.merge import key
from annai.site import Site
from annai.template import make_template, template_path
from annai.update import read_catalog


@dataclass(frozen=True)
class Status:
    """How far the translation into one locale is, in messages."""

    locale: str
    name: str
    total: int
    translated: int
    fuzzy: int
    missing: int

    @property
    def percent(self) -> int:
        """How much is translated, rounded down."""
        return 100 * self.translated // self.total if self.total else 100


def statuses(site: Site) -> list[Status]:
    """The status of every locale, in the order of their tags. Raises ContentError."""
    template = make_template(site)
    return [_status(locale, template, _read(site, locale)) for locale in _locales(site)]


def table(found: list[Status]) -> str:
    """The statuses as a table to be read in a terminal."""
    lines = ["locale    done                            translated  fuzzy  missing"]
    for each in found:
        bar = "█" * (each.percent // 5)
        lines.append(
            f"{each.locale:<8} {each.percent:>4}%  {bar:<20}  "
            f"{each.translated:>13}  {each.fuzzy:>5}  {each.missing:>7}"
        )
    return "\n".join(lines)


def as_data(found: list[Status]) -> list[dict[str, object]]:
    """The statuses as plain data, one mapping a locale."""
    return [{**asdict(each), "percent": each.percent} for each in found]


def problems(site: Site) -> Iterator[ContentError]:
    """Everything that is wrong with the template and the catalogs of *site*."""
    root = site.path.parent
    try:
        template = make_template(site)
        locales = _locales(site)
    except ContentError as error:
        yield error
        return
    path = template_path(site)
    known = {key(entry) for entry in read_catalog(path)} if path.is_file() else set()
    for entry in template:
        if key(entry) not in known:
            source, line = entry.occurrences[0]
            yield ContentError(
                source, int(line), "this text is in no catalog yet", "run: make catalogs"
            )
            break
    for locale in locales:
        path = catalog_path(site.locales, locale)
        shown = path.relative_to(root)
        try:
            read_messages(path, locale, shown)
        except ContentError as error:
            yield error
            continue
        if locale.folder in site.complete:
            yield from _gaps(template, read_catalog(path), str(shown))


def _gaps(template: polib.POFile, catalog: polib.POFile, shown: str) -> Iterator[ContentError]:
    """What keeps a catalog that has to be complete from being so."""
    entries = {key(entry): entry for entry in catalog if not entry.obsolete}
    for source in template:
        entry = entries.get(key(source))
        text = source.msgid if len(source.msgid) < 50 else f"{source.msgid[:50]}…"
        if entry is None:
            yield ContentError(shown, 1, f'"{text}" is missing', "run: make catalogs")
        elif entry.fuzzy:
            fix = "compare the translation with the text, mend it, and take the fuzzy mark off"
            yield ContentError(shown, entry.linenum or 1, f'"{text}" is not reviewed', fix)
        elif not entry.translated():
            yield ContentError(
                shown, entry.linenum or 1, f'"{text}" is not translated', "translate it"
            )


def _locales(site: Site) -> list[Locale]:
    found = find_locales(site.locales, site.path.parent)
    return [locale for locale in found if locale != site.source]


def _read(site: Site, locale: Locale) -> polib.POFile:
    path = catalog_path(site.locales, locale)
    read_messages(path, locale, path.relative_to(site.path.parent))
    return read_catalog(path)


def _status(locale: Locale, template: polib.POFile, catalog: polib.POFile) -> Status:
    entries = {key(entry): entry for entry in catalog if not entry.obsolete}
    found = [entries.get(key(source)) for source in template]
    fuzzy = sum(1 for entry in found if entry is not None and entry.fuzzy)
    translated = sum(1 for entry in found if entry is not None and entry.translated())
    missing = len(found) - translated - fuzzy
    return Status(locale.folder, locale.name, len(found), translated, fuzzy, missing)
