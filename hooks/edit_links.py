"""MkDocs hook: a translated page leads to its words in the catalog, where they can be improved.

It does so where a page leads to its source (``edit_uri`` or ``edit_uri_template``).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from annai.catalogs import Catalog, catalog_path
from annai.errors import ContentError
from annai.plan import Plan, make_plan
from annai.pofile import reference
from annai.repository import at_line, beside

_plan: Plan
_lines: Mapping[str, int] | None
"""The line of the first message of each page; None if no page leads to a catalog."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find the messages of each page in the catalog."""
    global _plan, _lines
    try:
        _plan = make_plan(Path(config.config_file_path), os.environ)
        catalog = _plan.read_catalog()
    except ContentError as error:
        raise PluginError(str(error)) from None
    is_edited = config.edit_uri or config.edit_uri_template
    _lines = catalog.first_lines if isinstance(catalog, Catalog) and is_edited else None
    return config


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell the page where its translation is."""
    if _lines is None or not page.edit_url:
        return context
    site, source = _plan.site, page.file.src_uri
    docs = site.shown(site.docs)
    catalog = site.shown(catalog_path(site.locales, _plan.locale))
    url = beside(page.edit_url, docs, source, catalog)
    line = _lines.get(reference(f"{docs}/{source}"))
    return {**context, "improve_url": at_line(url, line) if url and line else url}
