"""MkDocs hook: a search index for each locale (annai.index), for the worker in overrides/.

The theme's search plugin stays switched on, for its form, and has nothing to index. A site that
does without the templates in overrides/ keeps the search of its theme.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from annai.errors import ContentError, did_you_mean
from annai.glossary import site_glossary
from annai.index import SearchPage, build_index, digest
from annai.notes import notes
from annai.opensearch import describe
from annai.plan import Plan, make_plan
from annai.sections import SectionsExtension, plain
from annai.speech import spoken
from annai.variants import han_variants

MESSAGES = "partials/search-messages.html"
"""The template of what the search says."""

ARTICLES = "articles.html"
"""The template of the page that lists all articles."""

FOLDER = "search"
STUB = "search_index.json"
"""What the theme's script asks for on every page, in the place of its whole index."""

OPENSEARCH = "opensearch.xml"
"""Lets a browser search the site from its address bar (OpenSearch 1.1)."""

_plan: Plan
_extension: SectionsExtension | None
_messages: dict[str, Any]
_help: str


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Collect the sections of pages as they are rendered."""
    global _plan, _extension
    try:
        _plan = make_plan(Path(config.config_file_path), os.environ)
    except ContentError as error:
        raise PluginError(str(error)) from None
    _extension = None
    if any((Path(folder) / MESSAGES).is_file() for folder in config.theme.dirs):
        _extension = SectionsExtension(_plan.locale.tag)
        extensions: list[Any] = config.markdown_extensions
        config["markdown_extensions"] = [*extensions, _extension]
    return config


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep what can be found on the page, and keep the theme's plugin from reading it again."""
    if _extension is None:
        return html
    options = page.meta.get("search")
    options = options if isinstance(options, Mapping) else {}
    sections = _extension.processor.sections
    if not options.get("exclude") and page.file.abs_src_path:
        url = page.url.removeprefix(_plan.folder(_plan.locale))
        top, title = sections[0], plain(str(page.title or ""))
        top.heading = top.heading or title
        keywords = str(page.meta.get("keywords") or "")
        found = SearchPage(url, title or top.heading, sections, keywords)
        notes.note(page.file.src_uri, "search", found)
    page.meta["search"] = {**options, "exclude": True}
    return html


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Have what the search says to readers translated, and find the pages that it leads to."""
    global _messages, _help
    if _extension is None:
        return env
    pages = [file.page for file in files.documentation_pages() if file.page]
    found = (page.url for page in pages if page.meta.get("template") == ARTICLES)
    env.globals["articles_url"] = next(found, None)
    if config.site_url:
        env.globals["opensearch_url"] = f"{_plan.folder(_plan.locale)}{FOLDER}/{OPENSEARCH}"
    _messages = spoken(env, MESSAGES)
    has_pages = bool(files.documentation_pages())  # the build of a shard leaves them to another
    _help = _help_url(files) if _plan.site.help and has_pages else ""
    return env


def _help_url(files: Files) -> str:
    """The address, from the folder of the locale, of the page for searches that find nothing."""
    name = _plan.site.help
    file = files.get_file_from_path(name)
    if file is None or not file.is_documentation_page():
        known = [each.src_uri for each in files.documentation_pages()]
        fix = f"{did_you_mean(name, known)}name a page by its path from the folder of the pages"
        raise PluginError(str(_plan.site.error(("help", name), f'there is no page "{name}"', fix)))
    return file.url.removeprefix(_plan.folder(_plan.locale))


def on_post_build(config: MkDocsConfig) -> None:
    """Write the index of the locale into its folder."""
    site = Path(config.site_dir)
    written = site / FOLDER / STUB
    if _extension is None or not written.is_file():  # the theme's plugin is switched off
        return
    tag = _plan.locale.tag
    synonyms = [term.words(_plan.locale.folder) for term in site_glossary(_plan.site)]
    pages = [*notes.every("search").values()]
    files = build_index(pages, tag, han_variants(tag), synonyms)
    name = digest(files)
    target = site / _plan.folder(_plan.locale) / FOLDER
    shutil.rmtree(target / name, ignore_errors=True)
    (target / name).mkdir(parents=True)
    for path, content in files.items():
        (target / name / path).write_bytes(content)
    stub = json.loads(written.read_text("utf-8"))
    stub["config"]["annai"] = {"index": name, "help": _help, "messages": _messages}
    if config.site_url:
        address = f"{config.site_url.rstrip('/')}/{_plan.folder(_plan.locale)}"
        title, text = (unescape(each or "") for each in (config.site_name, config.site_description))
        described = describe(title, text, address, tag)
        (target / OPENSEARCH).write_bytes(described)
    text = json.dumps(stub, ensure_ascii=False, separators=(",", ":"))
    (target / STUB).write_text(text, "utf-8", newline="\n")
