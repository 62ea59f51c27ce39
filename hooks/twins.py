"""MkDocs hook: every page has a twin in Markdown, for programs that answer questions (annai.twins).

Where the site has an address, ``llms.txt`` lists the twins of a language, and ``llms-full.txt`` has
them all (annai.llms). Pages that are not found by a search, such as lists of articles, have none,
and neither have those that are mostly in another language than their own. While serving there are
none, so that an edit shows at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from annai.articles import is_found
from annai.llms import FULL, LLMS, Listed, full_file, llms_file
from annai.memory import digest
from annai.notes import notes
from annai.plan import Plan, make_plan
from annai.publication import is_mostly_translated
from annai.sections import plain
from annai.speech import spoken
from annai.twins import ENDING, Twin, Written, front_matter, leader, markdown

TEMPLATE = "twin.html"
"""What of a page is in its twin, as HTML."""

WORDS = "partials/llms-words.html"
"""The template of what the lists say."""


@dataclass(frozen=True)
class Found:
    """A page that has a twin."""

    page: Page
    twin: Twin


_plan: Plan
_env: jinja2.Environment
_says: dict[str, str]
_nav: Navigation
_files: Files
_found: set[str]
"""The pages that a search may find."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin without twins."""
    global _plan, _found
    _plan, _found = make_plan(Path(config.config_file_path), os.environ), set()
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Note whether a search may find the page, before the search takes that from its theme."""
    if page.file.abs_src_path and is_found(page.meta) and not _plan.preview:
        _found.add(page.file.src_uri)
    return markdown


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Have what the lists say translated."""
    global _env, _says, _files
    _env, _files, _says = env, files, spoken(env, WORDS)
    return env


@event_priority(50)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep the order of the pages."""
    global _nav
    _nav = nav
    return nav


@event_priority(-50)
def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Keep what the page says, once all that templates need to know is there."""
    percent = context["translation"]["percent"]
    if page.file.src_uri not in _found or not is_mostly_translated(percent):
        return context
    path = str(PurePosixPath(page.file.dest_uri).with_suffix(ENDING))
    html = _env.get_template(TEMPLATE).render(context)
    notes.note(page.file.src_uri, "twin", Twin(path, html, percent))
    return {**context, "twin_url": quote(path)}


def on_post_build(config: MkDocsConfig) -> None:
    """Write the twins beside their pages, and the lists into the folder of the language."""
    pages = {file.src_uri: file.page for file in _files.documentation_pages() if file.page}
    twins = [
        Found(page, notes.about(name)["twin"])
        for name, page in pages.items()
        if "twin" in notes.about(name)
    ]
    ways = {each.page.url.removeprefix("./"): quote(each.twin.path) for each in twins}
    version = digest(config.site_url, ways)
    written = {}
    for each in twins:
        text = _written(each, ways, version, config.site_url or "")
        (Path(config.site_dir) / each.twin.path).write_text(text, "utf-8", newline="\n")
        written[each.page.file.src_uri] = text
    if config.site_url and pages and not _plan.preview:
        _write_lists(config, twins, written)


def _written(found: Found, ways: Mapping[str, str], version: str, site_url: str) -> str:
    """The text of the twin *found*; *ways*, of this *version*, are those to all of them."""
    name, twin = found.page.file.src_uri, found.twin
    known: Written | None = notes.about(name).get("written")
    if known is None or known.version != version:
        lead = leader(found.page.url, quote(twin.path), ways, site_url)
        known = Written(version, f"{front_matter(_about(found))}\n{markdown(twin.html, lead)}")
        notes.note(name, "written", known)
    return known.text


def _about(found: Found) -> dict[str, Any]:
    """What a twin says about itself."""
    meta, percent = found.page.meta, found.twin.translated
    return {
        "title": _title(found.page),
        "description": _description(found.page),
        "language": _plan.locale.tag,
        "address": found.page.canonical_url,
        "reviewed": meta.get("reviewed"),
        "updated": meta.get("updated"),
        "translated": f"{percent} %" if percent < 100 else "",
    }


def _title(page: Page) -> str:
    return _line(page.meta.get("title") or page.title)


def _description(page: Page) -> str:
    return _line(page.meta.get("description"))


def _line(html: Any) -> str:
    """The text of *html*, in one line; None is empty."""
    return " ".join(plain(str(html or "")).split())


def _write_lists(config: MkDocsConfig, twins: list[Found], written: Mapping[str, str]) -> None:
    """Write the lists of the *twins*, whose texts are *written*; not over files of the writers'."""
    folder, root = _plan.folder(_plan.locale), f"{(config.site_url or '').rstrip('/')}/"
    name, about = unescape(config.site_name), unescape(config.site_description or "")
    in_nav = dict.fromkeys(page.file.src_uri for page in _nav.pages)
    places = {page: place for place, page in enumerate(in_nav)}
    last = len(places)
    twins = sorted(twins, key=lambda each: places.get(each.page.file.src_uri, last))
    full = (_says["all"], f"{root}{folder}{FULL}")
    languages = [
        Listed(f"{root}{_plan.folder(each)}{LLMS}", each.name, "")
        for each in _plan.locales
        if each != _plan.locale
    ]
    lists = {
        LLMS: llms_file(
            name, about, full, _sections(twins, root, name), (_says["languages"], languages)
        ),
        FULL: full_file(name, about, (written[each.page.file.src_uri] for each in twins)),
    }
    own = {file.dest_uri for file in _files}
    for path, text in lists.items():
        if folder + path not in own:
            (Path(config.site_dir) / folder / path).write_text(text, "utf-8", newline="\n")


def _sections(twins: Iterable[Found], root: str, rest: str) -> dict[str, list[Listed]]:
    """The *twins* of the site at *root*, by their sections; *rest* is that of those without."""
    sections: dict[str, list[Listed]] = {}
    for each in twins:
        *_, top = [None, *each.page.ancestors]
        title = plain(str(top.title)) if top else rest
        listed = Listed(root + quote(each.twin.path), _title(each.page), _description(each.page))
        sections.setdefault(title, []).append(listed)
    return sections
