"""MkDocs hook: what the page about the translations shows, and where that page is.

It is the page whose front matter says ``template: translations.html``, if there is one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from annai.catalogs import Catalog, catalog_path, targets
from annai.errors import ContentError
from annai.plan import Plan, make_plan
from annai.pofile import reference
from annai.repository import beside
from annai.status import Count, Status, status, total
from annai.summary import summary
from annai.template import make_template

TEMPLATE = "translations.html"

_plan: Plan
_pages: list[Page]


@dataclass(frozen=True)
class Row:
    """What a language, a section or a page is called, where it is, and how far it is."""

    title: str
    url: str | None
    count: Count
    rows: tuple[Row, ...] = ()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find out which locale is being built."""
    global _plan
    _plan = make_plan(Path(config.config_file_path), os.environ)
    return config


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Find the page, and tell templates where it is."""
    global _pages
    _pages = [file.page for file in files.documentation_pages() if file.page]
    found = (page.url for page in _pages if page.meta.get("template") == TEMPLATE)
    env.globals["translations_url"] = next(found, None)
    return env


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell the page how far each language is, or the language of this build page by page."""
    if page.meta.get("template") != TEMPLATE:
        return context
    try:
        return {**context, **_progress(page, nav)}
    except ContentError as error:
        raise PluginError(str(error)) from None


def _progress(page: Page, nav: Navigation) -> dict[str, Any]:
    """What the page shows. Raises ContentError if a catalog cannot be read."""
    catalog = _plan.read_catalog()
    if catalog is None:
        return {"languages": list(_languages(page))}
    shown: dict[str, Any] = {}
    if isinstance(catalog, Catalog):
        found = status(catalog, catalog)
        path = catalog_path(_plan.site.locales, catalog.locale)
        shown["catalog"] = Row(str(catalog.shown), _beside(page, path), found.whole)
        shown["changed"] = catalog.changed
    else:
        found = status(catalog, make_template(_plan.site))
    return {**shown, "count": found.whole, "sections": list(_sections(found, nav))}


def _languages(page: Page) -> Iterator[Row]:
    """Every language that the site is translated into; those held back have no address."""
    for locale in targets(_plan.site):
        count = summary(_plan.site, locale, _plan.guard).count
        url = None if locale in _plan.held else _plan.folder(locale) + page.url
        yield Row(locale.name, url, count)


def _sections(found: Status, nav: Navigation) -> Iterator[Row]:
    """Every section of the navigation with its pages, however deep they are; other pages last."""
    groups: dict[StructureItem | None, list[Row]] = {}
    listed = {page.file.src_uri for page in nav.pages}
    for page in [*nav.pages, *(page for page in _pages if page.file.src_uri not in listed)]:
        *_, top = [None, *page.ancestors]
        name = _plan.site.shown(_plan.site.docs / page.file.src_uri)
        if count := found.files.get(reference(name)):
            groups.setdefault(top, []).append(Row(page.title or "", page.url, count))
    for section, rows in groups.items():
        title = (section and section.title) or ""
        yield Row(title, None, total(row.count for row in rows), tuple(rows))


def _beside(page: Page, path: Path) -> str | None:
    """Where *path* is in the repository that *page* can be edited in, if there is one."""
    site = _plan.site
    docs, shown = site.shown(site.docs), site.shown(path)
    return page.edit_url and beside(page.edit_url, docs, page.file.src_uri, shown)
