"""MkDocs hook: a page whose front matter has a checklist asks for the facts of a ticket.

The page has a template of its own (overrides/checklist.html) and may ask nobody for anything, so
everything it needs is in it: the words of its tickets in each language of the site, and the
addresses of two modules, with word lists and with articles to be suggested.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from annai.checklist import Checklist, dead_links, read_checklist
from annai.errors import ContentError
from annai.notes import notes
from annai.plan import Plan, make_plan
from annai.sections import plain
from annai.speech import sayer, spoken
from annai.suggestions import Suggestion, suggestions_module
from annai.variants import han_variants
from annai.wordlists import word_lists

WORDS = "partials/checklist-words.html"
"""The template of what the script says."""

BLANK = "blank-ticket"
"""Where the blank tickets are."""

WORD_LISTS = "assets/javascripts/secrets/words.js"
"""The address of the module with the word lists of seed phrases."""

TERMS = "assets/javascripts/secrets/terms.js"
"""The address of the module with the words that announce a secret, of all languages of the site."""

ARTICLES = "search/articles.js"
"""The address, below the folder of the locale, of the module with articles to be suggested."""

THEME_STYLES = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
"""The theme's style sheets, whose names change with every version."""

STYLES = ("assets/stylesheets/annai.css", "assets/stylesheets/checklist.css")
"""Our own."""

COMMA = re.compile("[,，、،]")

_plan: Plan
_checklists: dict[str, Checklist]
_files: Files
_words: dict[str, Any]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin without checklists."""
    global _plan, _checklists
    _plan, _checklists = make_plan(Path(config.config_file_path), os.environ), {}
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Read the checklist; a page it leads to that is not there is an error."""
    global _files
    _files = files
    if page.file.abs_src_path is None:
        return markdown
    shown = _plan.site.shown(Path(page.file.abs_src_path))
    try:
        checklist = read_checklist(page.file.content_string, shown)
        if checklist:
            _checklists[page.file.src_uri] = checklist
            pages = {file.src_uri for file in files.documentation_pages()}
            for problem in dead_links(checklist, pages):
                raise problem
    except ContentError as error:
        raise PluginError(str(error)) from None
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Note what tells the article, and where in a checklist other pages can lead."""
    checklist = _checklists.get(page.file.src_uri)
    if checklist and page.present_anchor_ids is not None:
        categories = checklist.data["categories"]
        page.present_anchor_ids |= {BLANK, *(f"category={each['id']}" for each in categories)}
    if checklist is None and page.file.abs_src_path and page.file.inclusion.is_included():  # type: ignore[no-untyped-call]
        module = _plan.folder(_plan.locale) + ARTICLES
        article = Suggestion(
            page.file.src_uri,
            get_relative_url(page.file.url, module),
            plain(str(page.title or "")),
            [unescape(each.title) for part in page.toc for each in part.children],
            str(page.meta.get("keywords") or ""),
        )
        notes.note(page.file.src_uri, "article", article)
    return html


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Note what the script says to readers, and that other pages can look for secrets, too."""
    global _words
    env.globals["has_secret_check"] = bool(_checklists)
    if _checklists:
        _words = spoken(env, WORDS)
    return env


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the template the checklist, and what its script needs."""
    checklist = _checklists.get(page.file.src_uri)
    if checklist is None:
        return context
    texts = {each.tag: _plan.translations(checklist.texts(), each) for each in _plan.locales}
    own = _plan.translations(checklist.all_texts(), _plan.locale)
    known = {**_known(checklist, page, own), "texts": texts}
    return {
        **context,
        "checklist": checklist.data,
        "checklist_json": _json(known),
        "words_json": _json(_words),
        "say": sayer(own.get, _plan.source),
        "texts": texts,
        "locales": _plan.locales,
        "source": _plan.source,
        "linked": known["pages"],
        "styles": [*_styles(config), *STYLES, *map(str, config.extra_css)],
        "articles_module": _plan.folder(_plan.locale) + ARTICLES,
        "words_module": WORD_LISTS,
        "is_preview": _plan.preview,
    }


def _known(checklist: Checklist, page: Page, own: dict[str, str]) -> dict[str, Any]:
    """What the script has to know, but for the words of tickets; *own* are those of the page."""
    data = checklist.data
    return {
        "tag": _plan.locale.tag,
        "source": _plan.source.tag,
        "locales": [
            {
                "tag": each.tag,
                "direction": each.direction,
                "names": {other.tag: each.name_in(other) for other in _plan.locales},
            }
            for each in _plan.locales
        ],
        "categories": [
            {**each, "keywords": _listed([own.get(each["keywords"], "")])}
            for each in data["categories"]
        ],
        "fields": [{key: each[key] for key in each if key != "hint"} for each in data["fields"]],
        "advice": [
            {**each, **{key: own.get(each[key], each[key]) for key in ("text", "reason")}}
            for each in data["advice"]
        ],
        "words": {each["id"]: each["text"] for each in data["words"]},
        "secrets": _secrets(checklist),
        "pages": {
            name: {
                "url": get_relative_url(_files.src_uris[name].url, page.file.url),
                "title": str(getattr(_files.src_uris[name].page, "title", "")),
            }
            for _, name in checklist.pages()
        },
    }


def _secrets(checklist: Checklist) -> dict[str, list[str]]:
    """The words that announce a secret, of every language of the site, by their groups."""
    every = [_plan.translations(checklist.secrets(), each) for each in _plan.locales]
    return {
        each["id"]: _listed(words[each["words"]] for words in every if each["words"] in words)
        for each in checklist.data["secrets"]
    }


def on_post_build(config: MkDocsConfig) -> None:
    """Write the modules that the page loads, and those that find secrets on other pages."""
    site = Path(config.site_dir)
    if not _checklists:
        return
    articles = [*notes.every("article").values()]
    variants = han_variants(_plan.locale.tag)
    target = site / _plan.folder(_plan.locale) / ARTICLES
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(suggestions_module(articles, variants))
    if not _plan.child:
        (site / WORD_LISTS).parent.mkdir(parents=True, exist_ok=True)
        (site / WORD_LISTS).write_bytes(word_lists())
        first = _checklists[min(_checklists)]
        (site / TERMS).write_bytes(f"export default {_json(_secrets(first))};\n".encode())


def _listed(texts: Iterable[str]) -> list[str]:
    """The words in *texts*, which have commas between them, each once."""
    words = (word.strip() for text in texts for word in COMMA.split(text))
    return list(dict.fromkeys(word for word in words if word))


def _styles(config: MkDocsConfig) -> list[str]:
    """The addresses of the theme's style sheets."""
    return [
        path.relative_to(folder).as_posix()
        for folder in config.theme.dirs
        for name in THEME_STYLES
        for path in sorted(Path(folder).glob(name))
    ]


def _json(data: Any) -> str:
    """*data* as it can stand in an element ``script``."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
