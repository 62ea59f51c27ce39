"""MkDocs hook: each language has a feed of the articles that changed last (annai.feed).

It is made where the site has an address, and some page knows when it was changed (articles.py).
"""

from __future__ import annotations

import os
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from annai.articles import is_found
from annai.feed import FEED, Entry, feed
from annai.notes import notes
from annai.plan import Plan, make_plan
from annai.publication import is_mostly_translated
from annai.sections import plain

_plan: Plan
_updated: date | None
_found: set[str]
"""The pages that a search may find."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin without entries."""
    global _plan, _found
    _plan, _found = make_plan(Path(config.config_file_path), os.environ), set()
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Note whether a search may find the page, before the search takes that from its theme."""
    if is_found(page.meta):
        _found.add(page.file.src_uri)
    return markdown


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Tell templates where the feed is, if there is one."""
    global _updated
    pages = [file.page for file in files.documentation_pages() if file.page]
    days = [page.meta["updated"] for page in pages if page.meta.get("updated")]
    path = f"{_plan.folder(_plan.locale)}{FEED}"
    is_ours = config.site_url and all(file.dest_uri != path for file in files)
    _updated = max(days) if days and is_ours else None
    env.globals["feed_url"] = path if _updated else None
    return env


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Enter an article that readers of the language can read."""
    updated = page.meta.get("updated")
    is_own = is_mostly_translated(context["translation"]["percent"])
    if updated and is_own and context.get("is_article") and page.file.src_uri in _found:
        title = plain(str(page.meta.get("title") or page.title))
        summary = plain(str(page.meta.get("description") or ""))
        entry = Entry(page.canonical_url or "", title, summary, updated)
        notes.note(page.file.src_uri, "feed", entry)
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Write the feed into the folder of the language."""
    if _updated is None:
        return
    folder = _plan.folder(_plan.locale)
    home = f"{(config.site_url or '').rstrip('/')}/{folder}"
    name, about = unescape(config.site_name), unescape(config.site_description or "")
    entries = notes.every("feed").values()
    content = feed(entries, name, about, home, _plan.locale.tag, _updated)
    (Path(config.site_dir) / folder / FEED).write_bytes(content)
