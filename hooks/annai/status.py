"""How far each translation is, and what is wrong with the catalogs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import polib

from annai.catalogs import catalog_path
from annai.errors import ContentError
from annai.locales import Locale
from annai.merge import key
from annai.pages import find_pages
from annai.rawhtml import untranslated_html
from annai.site import Site
from annai.template import make_template, template_path
from annai.texts import read_text
from annai.update import open_catalog, parse_po, targets


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
    return [_status(each, _pairs(template, open_catalog(site, each))) for each in targets(site)]


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
    try:
        template = make_template(site)
        locales = targets(site)
        yield from _stale(site, template)
        yield from _raw_html(site)
    except ContentError as error:
        yield error
        return
    for locale in locales:
        shown = site.shown(catalog_path(site.locales, locale))
        try:
            catalog = open_catalog(site, locale)
        except ContentError as error:
            yield error
            continue
        yield from _repeated(catalog, shown)
        if locale.folder in site.complete:
            yield from _gaps(_pairs(template, catalog), shown)
    for folder in sorted(set(site.complete) - {locale.folder for locale in locales}):
        path = site.shown(catalog_path(site.locales, Locale(folder)))
        fix = f"run: make locale LOCALE={folder}"
        yield ContentError(path, 1, f"{folder} has to be complete and has no catalog", fix)


Pair = tuple[polib.POEntry, "polib.POEntry | None"]
"""A message of the template, and the entry that a catalog has for it."""


def _pairs(template: polib.POFile, catalog: polib.POFile) -> list[Pair]:
    entries = {key(entry): entry for entry in catalog if not entry.obsolete}
    return [(source, entries.get(key(source))) for source in template]


def _stale(site: Site, template: polib.POFile) -> Iterator[ContentError]:
    """The first text that the template file on disk lacks, if any."""
    path = template_path(site)
    known = (
        {key(each) for each in parse_po(read_text(path), site.shown(path))}
        if path.is_file()
        else set()
    )
    for entry in template:
        if key(entry) not in known:
            source, line = entry.occurrences[0]
            fix = "run: make catalogs"
            yield ContentError(source, int(line), "this text is in no catalog yet", fix)
            return


def _raw_html(site: Site) -> Iterator[ContentError]:
    """Text that readers see and translators do not."""
    md = site.markdown()
    for path in find_pages(site.docs, site.excluded):
        for line in untranslated_html(read_text(path), md):
            fix = (
                'put markdown="1" on the tag (with the extension md_in_html), '
                "or <!-- i18n: skip --> before it to leave it as it is"
            )
            problem = "text in raw HTML is shown in the source language only"
            yield ContentError(site.shown(path), line, problem, fix)


def _repeated(catalog: polib.POFile, shown: str) -> Iterator[ContentError]:
    """Texts that a catalog has more than once, which gettext's own tools refuse."""
    seen = set()
    for entry in catalog:
        if key(entry) in seen:
            fix = "run: make catalogs; it keeps the better one, and the other as a comment"
            yield ContentError(shown, entry.linenum or 1, f"{_short(entry)} stands twice", fix)
        seen.add(key(entry))


def _gaps(pairs: list[Pair], shown: str) -> Iterator[ContentError]:
    """What keeps a catalog that has to be complete from being so."""
    for source, entry in pairs:
        if entry is None:
            yield ContentError(shown, 1, f"{_short(source)} is missing", "run: make catalogs")
        elif entry.fuzzy:
            fix = "compare the translation with the text, mend it, and take the fuzzy mark off"
            yield ContentError(shown, entry.linenum or 1, f"{_short(source)} is not reviewed", fix)
        elif not _is_translated(entry):
            problem = f"{_short(source)} is not translated"
            yield ContentError(shown, entry.linenum or 1, problem, "translate it")


def _short(entry: polib.POEntry) -> str:
    """The text of *entry* in quotes, its beginning if it is long."""
    return f'"{entry.msgid}"' if len(entry.msgid) < 50 else f'"{entry.msgid[:50]}…"'


def _is_translated(entry: polib.POEntry) -> bool:
    """Whether every form of *entry* has a text that is more than white space."""
    forms = entry.msgstr_plural.values() if entry.msgid_plural else (entry.msgstr,)
    return all(text.strip() for text in forms)


def _status(locale: Locale, pairs: list[Pair]) -> Status:
    entries = [entry for _, entry in pairs if entry is not None]
    fuzzy = sum(1 for entry in entries if entry.fuzzy)
    translated = sum(1 for entry in entries if not entry.fuzzy and _is_translated(entry))
    missing = len(pairs) - translated - fuzzy
    return Status(locale.folder, locale.name, len(pairs), translated, fuzzy, missing)
