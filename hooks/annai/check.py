"""Everything that is wrong with the texts and the catalogs of a site."""

from __future__ import annotations

from collections.abc import Iterator

import polib

from annai.allowlist import HtmlReader
from annai.articles import missing, read_article
from annai.catalogs import (
    State,
    WholeCatalog,
    catalog_faults,
    catalog_path,
    read_catalog_text,
    targets,
)
from annai.checklist import dead_links, read_checklist
from annai.domains import domain_mistakes
from annai.errors import ContentError
from annai.glossary import departures, glossary_mistakes, site_glossary
from annai.guard import site_guard
from annai.kept import read_catalog
from annai.ledger import ledger_mistakes, site_ledger, unused, wanted
from annai.locales import Locale
from annai.pages import find_pages
from annai.pofile import key, line_of, parse_po, short
from annai.rawhtml import untranslated_html
from annai.redirects import redirect_mistakes
from annai.site import Site
from annai.template import make_template, template_path
from annai.texts import read_text


def problems(site: Site) -> Iterator[ContentError]:
    """Everything that is wrong with the texts, the data and the catalogs of *site*."""
    template = None
    data = _data(site)
    yield from data
    try:
        if not data:
            template = make_template(site)
            yield from _stale(site, template)
            yield from _facts(site)
            yield from domain_mistakes(site)
        yield from _front_matter(site)
        yield from _raw_html(site)
        locales, complete = targets(site), site.complete
    except ContentError as error:
        yield error
        return
    for locale in locales:
        yield from _catalog_problems(site, locale, template)
    for folder in sorted(set(complete) - {locale.folder for locale in locales}):
        path = site.shown(catalog_path(site.locales, Locale(folder)))
        fix = f"run: make locale LOCALE={folder}"
        yield ContentError(path, 1, f"{folder} has to be complete and has no catalog", fix)


def _data(site: Site) -> list[ContentError]:
    """Everything that is wrong with the fact ledger and the glossary."""
    found = []
    for path, find in (
        (site.ledger_path, ledger_mistakes),
        (site.glossary_path, glossary_mistakes),
    ):
        if path and path.is_file():
            found += find(path, site.shown(path))
    return found


def _catalog_problems(
    site: Site, locale: Locale, template: polib.POFile | None
) -> Iterator[ContentError]:
    """Everything that is wrong with the catalog of *locale*."""
    path = catalog_path(site.locales, locale)
    shown = site.shown(path)
    try:
        text = read_catalog_text(path, locale, shown)
    except ContentError as error:
        yield error
        return
    found = catalog_faults(text, locale, shown)
    yield from found
    if not found:
        catalog = WholeCatalog.parse(text, locale, site_guard(site), shown)
        yield from catalog.problems()
        if template is not None and locale.folder in site.complete:
            yield from _gaps(catalog, template)


def _stale(site: Site, template: polib.POFile) -> Iterator[ContentError]:
    """The first text that the template file on disk lacks, if any."""
    path = template_path(site)
    shown = site.shown(path)
    known = {key(each) for each in parse_po(read_text(path), shown)} if path.is_file() else set()
    for entry in template:
        if key(entry) not in known:
            source, line = entry.occurrences[0]
            fix = "run: make catalogs"
            yield ContentError(source, int(line), "this text is in no catalog yet", fix)
            return


def _raw_html(site: Site) -> Iterator[ContentError]:
    """Raw HTML that pages may not have, and text in it that readers see and translators do not."""
    md = site.markdown()
    reader = HtmlReader(site.markdown())
    for path in find_pages(site.docs, site.excluded):
        source = read_text(path)
        for refused in reader.refused(source):
            yield ContentError(site.shown(path), *refused)
        for line in untranslated_html(source, md):
            fix = (
                'put markdown="1" on the tag (with the extension md_in_html), '
                "or <!-- i18n: skip --> before it to leave it as it is"
            )
            problem = "text in raw HTML is shown in the source language only"
            yield ContentError(site.shown(path), line, problem, fix)


def _facts(site: Site) -> Iterator[ContentError]:
    """Facts that pages want and the ledger lacks, and facts of the ledger that no page shows."""
    ledger = site_ledger(site)
    if ledger is None:
        return
    shown = set()
    md = site.markdown()
    for path in find_pages(site.docs, site.unpublished):
        for found in wanted(read_text(path), site.shown(path), ledger, md):
            if isinstance(found, ContentError):
                yield found
            else:
                shown.add(found)
    yield from unused(ledger, shown)


def _front_matter(site: Site) -> Iterator[ContentError]:
    """Mistakes in the front matter of articles and checklists."""
    paths = find_pages(site.docs, site.unpublished)
    names = {path.relative_to(site.docs).as_posix() for path in paths}
    for path in paths:
        source, shown = read_text(path), site.shown(path)
        try:
            yield from missing(read_article(source, shown), names)
            checklist = read_checklist(source, shown)
            yield from dead_links(checklist, names) if checklist else ()
        except ContentError as error:
            yield error
    yield from redirect_mistakes(site, names)


def warnings(site: Site) -> Iterator[ContentError]:
    """What somebody should look at, and what may be right: departures from the glossary."""
    terms = site_glossary(site)
    for locale in targets(site) if terms else ():
        yield from departures(terms, read_catalog(site, locale))


def _gaps(catalog: WholeCatalog, template: polib.POFile) -> Iterator[ContentError]:
    """What keeps a catalog that has to be complete from being so."""
    for source in template:
        entry = catalog.find(key(source))
        text = short(source.msgid)
        state = catalog.state(key(source))
        if entry is None:
            yield ContentError(catalog.shown, 1, f"{text} is missing", "run: make catalogs")
        elif state is State.FUZZY:
            fix = "compare the translation with the text, mend it, and take the fuzzy mark off"
            yield ContentError(catalog.shown, line_of(entry), f"{text} is not reviewed", fix)
        elif state is State.MISSING:
            problem = f"{text} is not translated"
            yield ContentError(catalog.shown, line_of(entry), problem, "translate it")
