"""MkDocs hook: an article says when somebody last reviewed or changed it, and where to go next.

It leads to related articles, then to the same help on every page, and asks whether it was helpful.
An article is a page that names no template of its own, but for the home page. A home page offers
pages as cards.

The day of the last change of a page is the one in its front matter, or that of the last commit of
its file, whatever the locale: a catalog is one file for all pages, so its commits tell nothing of
one. It is ``page.meta["updated"]`` from `on_page_markdown` on, for other hooks and for templates.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from annai.articles import Article, missing, missing_help, read_article
from annai.errors import ContentError
from annai.history import History, read_history
from annai.plan import Plan, make_plan
from annai.tasks import read_out

log = logging.getLogger("mkdocs.hooks.articles")

_plan: Plan
_history: History
_articles: dict[str, Article]
_files: Files
_pages: frozenset[str]
"""The pages that readers get, redirects apart."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin without articles, and ask git once for all of them."""
    global _plan, _history, _articles
    _plan, _articles = make_plan(Path(config.config_file_path), os.environ), {}
    _history = read_history(_plan.site.docs)
    if _history.note and not _plan.child:
        log.info("not every page can say when it was changed: %s", _history.note)
    return config


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Note which pages there are, now that all are known."""
    global _files, _pages
    _files = files
    _pages = frozenset(
        file.src_uri
        for file in files.documentation_pages()
        if file.abs_src_path and (file.inclusion.is_included() or _plan.preview)  # type: ignore[no-untyped-call]
    )
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Read what the front matter says; a related page that is not there is an error."""
    path = page.file.abs_src_path
    if path is None:
        return markdown
    try:
        article = read_article(page.file.content_string, _plan.site.shown(Path(path)))
        for problem in [*missing(article, _pages), *_unknown_icons(article, config)]:
            raise problem
    except ContentError as error:
        raise PluginError(str(error)) from None
    _articles[page.file.src_uri] = article
    if updated := article.updated or _history.days.get(page.file.src_uri):
        page.meta["updated"] = updated
        page.update_date = updated.isoformat()
    return markdown


def _unknown_icons(article: Article, config: MkDocsConfig) -> Iterator[ContentError]:
    """Icons of cards that the theme does not have."""
    folders = [Path(folder) / ".icons" for folder in config.theme.dirs]
    for card in [card for _, group in article.offers for card in group if card.icon]:
        if not any((folder / f"{card.icon}.svg").is_file() for folder in folders):
            problem = f'there is no icon "{card.icon}"'
            fix = "name one of the theme's, for example material/lock"
            yield ContentError(article.shown, card.line, problem, fix)


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Make sure that the pages for readers who are still stuck are there."""
    if files.documentation_pages():  # the build of a shard leaves them to another
        for problem in missing_help(_plan.site, _pages):
            raise PluginError(str(problem))
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let lists of tasks be read out."""
    return read_out(html)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell templates where the page leads, in the words of the locale, and when it was reviewed."""
    article = _articles.get(page.file.src_uri)
    if article is None:
        return context
    still_stuck = _plan.site.still_stuck
    related = (name for _, name in article.related if name not in still_stuck)
    is_article = "template" not in page.meta and page != nav.homepage
    return {
        **context,
        "is_article": is_article,
        "asks_readers": is_article and "feedback" not in (page.meta.get("hide") or ()),
        "endpoint": _plan.site.feedback,
        "offers": list(_offers(page, article)),
        "related": _shown(related),
        "reviewed": article.reviewed,
        "updated": page.meta.get("updated"),
        "still_stuck": _shown(name for name in still_stuck if name != page.file.src_uri),
    }


def _offers(page: Page, article: Article) -> Iterator[dict[str, Any]]:
    """The groups of cards that the page offers."""
    for said, (_, cards) in zip(page.meta.get("offers", ()), article.offers, strict=True):
        shown = [{"page": _files.src_uris[card.page].page, "icon": card.icon} for card in cards]
        yield {"title": said["title"], "cards": shown}


def _shown(names: Iterable[str]) -> list[Page | None]:
    """The pages with *names*, in the words of the locale."""
    return [_files.src_uris[name].page for name in names]
