"""MkDocs hook: an article leads to related ones, and says when somebody last reviewed it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from annai.articles import Article, missing, read_article
from annai.errors import ContentError
from annai.plan import Plan, make_plan

_plan: Plan
_articles: dict[str, Article]
_files: Files


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin without articles."""
    global _plan, _articles
    _plan, _articles = make_plan(Path(config.config_file_path), os.environ), {}
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Read what the front matter says; a related page that is not there is an error."""
    global _files
    _files = files
    path = page.file.abs_src_path
    if path is None:
        return markdown
    try:
        article = read_article(page.file.content_string, _plan.site.shown(Path(path)))
        for problem in missing(article, _pages(files)):
            raise problem
    except ContentError as error:
        raise PluginError(str(error)) from None
    _articles[page.file.src_uri] = article
    return markdown


def _pages(files: Files) -> set[str]:
    """The pages that readers get, redirects apart."""
    return {
        file.src_uri
        for file in files.documentation_pages()
        if file.abs_src_path and (file.inclusion.is_included() or _plan.preview)  # type: ignore[no-untyped-call]
    }


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell templates the related pages, in the words of the locale, and the day of the review."""
    article = _articles.get(page.file.src_uri)
    if article is None:
        return context
    found = [_files.src_uris[name].page for _, name in article.related]
    return {**context, "related": found, "reviewed": article.reviewed}
