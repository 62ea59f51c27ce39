"""MkDocs hook: a page that would be what the build before has made of it is not made again.

That is so if the page is the same, the words of its messages are, everything that pages are made
of is (annai.inputs), and if it would find the same in all others: their titles, addresses and
front matter. A page with a template of its own may show anything, so it is always made anew.

MkDocs leaves out pages that are excluded from the site. So the pages that are there already are
excluded for the two moments at which it collects what to read, and what to write.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from annai.catalogs import catalog_path
from annai.coverage import Coverage, read_coverage
from annai.errors import ContentError
from annai.folders import stamp
from annai.history import read_history
from annai.inputs import content
from annai.kept import KeptCatalog
from annai.listener import Listener
from annai.memory import digest
from annai.notes import notes
from annai.objects import write_objects
from annai.parts import link
from annai.plan import Plan, make_plan
from annai.pofile import reference
from annai.records import Record, Records, read_records
from annai.reuse import BASIS, parts_folder
from annai.speech import Asked, answers

_plan: Plan
_coverage: Coverage
_lines: Mapping[str, int]
_files: Files
_before: Records
_basis: str
_whole: str
_pages: Sequence[File]
"""All that the site has."""
_there: dict[str, Record]
"""The pages that are there already."""
_titled: set[str]
"""Those of them whose title is the one that they had."""
_hidden: dict[str, InclusionLevel]
"""Those that MkDocs does not see, and what they are to it else."""


_doubts = Listener(logging.WARNING)
"""Listens to what is said about pages: those that are kept would say nothing."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read what is known of the build before."""
    global _plan, _coverage, _before, _lines, _there, _titled, _hidden
    _there, _titled, _hidden = {}, set(), {}
    try:
        _plan = make_plan(Path(config.config_file_path), os.environ)
        _coverage = read_coverage(_plan, os.environ)
        catalog = _plan.read_catalog()
    except ContentError as error:
        raise PluginError(str(error)) from None
    is_edited = config.edit_uri or config.edit_uri_template
    _lines = catalog.first_lines if isinstance(catalog, KeptCatalog) and is_edited else {}
    _before = read_records(_records()) if os.environ.get(BASIS) else Records()
    _doubts.listen()
    return config


@event_priority(-100)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Take the pages that are there already from the build before, and hide them from MkDocs."""
    global _files, _basis
    _files = files
    shown = sorted((each.src_uri, each.dest_uri, each.inclusion.value) for each in files)
    _basis = digest(os.environ.get(BASIS), _plan.locale.folder, shown)
    if _before.basis == _based(_before.asked):
        for name, record in _before.pages.items():
            file = files.get_file_from_path(name)
            if file and _is_there(file, record):
                _restore(file, record, config)
    _hide()
    return nav


def _based(asked: frozenset[Asked]) -> str:
    """A hash of what all pages are made of, as far as it is known, with what was *asked*.

    What is translated with the very words of the source differs from what is not: see `language`.
    """
    every, catalog = sorted(asked, key=repr), _plan.read_catalog()
    known = [catalog and name == "gettext" and catalog.translate(*said) for name, said in every]
    return digest(_basis, every, answers(_plan.words(), every), known)


def _is_there(file: File, record: Record) -> bool:
    """Whether the page of *file* would be the one of *record*, as far as it goes."""
    is_same = stamp(_folder() / _below(file)) == record.stamp
    return is_same and _version(file, record.notes["messages"]) == record.version


def _version(file: File, messages: Sequence[int]) -> str:
    """A hash of what only the page of *file*, with these *messages*, is made of.

    Where one is not translated, while serving the page tells of its place in the catalog.
    """
    catalog = _plan.read_catalog()
    path = catalog_path(_plan.site.locales, _plan.locale)
    said = catalog.version(messages) if isinstance(catalog, KeptCatalog) else ""
    return digest(
        file.content_bytes,
        content(path) if said is None else said,
        [each.folder for each in _coverage.having(_plan.locales, messages)],
        read_history(_plan.site.docs).days.get(file.src_uri),
        _lines.get(reference(_plan.site.shown(_plan.site.docs / file.src_uri))),
    )


def _restore(file: File, record: Record, config: MkDocsConfig) -> None:
    """Let the page of *file* be as it was when it was made."""
    page = file.page or Page(None, file, config)
    page.meta = dict(record.meta)
    if "title" not in vars(page):  # else the navigation has given it one
        page.title = record.title
        _titled.add(file.src_uri)
    page.update_date = record.updated
    page.present_anchor_ids = set(record.anchors)
    found = ((_files.get_file_from_path(name), links) for name, links in record.links.items())
    page.links_to_anchors = {file: dict(links) for file, links in found if file}
    notes.restore(file.src_uri, record.notes)
    _there[file.src_uri] = record


def _hide() -> None:
    """Let MkDocs not see the pages that are there already."""
    for name in _there:
        _hidden[name] = _files.src_uris[name].inclusion
        _files.src_uris[name].inclusion = InclusionLevel.EXCLUDED


def _show() -> None:
    """Let everything be seen again."""
    for name, level in _hidden.items():
        _files.src_uris[name].inclusion = level
    _hidden.clear()


@event_priority(100)
def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Let pages find each other."""
    _show()
    _doubts.page = page.file.src_uri
    return page


@event_priority(100)
def _find_all(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    _show()
    _doubts.page = ""
    return env


@event_priority(-100)
def _make_others(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Make all pages anew if they would find something else in others."""
    global _whole, _pages
    _whole = digest(list(_seen(env, files)))
    seen = InclusionLevel.is_in_serve if _plan.preview else InclusionLevel.is_included
    _pages = files.documentation_pages(inclusion=seen)
    if _before.whole != _whole:
        for name in [*_there]:
            _render(_files.src_uris[name], config)
    _hide()
    return env


on_env = CombinedEvent(_find_all, _make_others)


def _seen(env: jinja2.Environment, files: Files) -> Iterator[object]:
    """What a page can find in others, and what hooks tell all templates."""
    tell = env.filters["language"]
    for file in files.documentation_pages():
        if page := file.page:
            texts = str(page.title), str(page.meta.get("description"))
            told = [tell(None, text) for text in texts]
            yield file.src_uri, texts, told, sorted(page.meta.items(), key=repr)
    for name, value in sorted(env.globals.items()):
        if value is None or isinstance(value, (str, bool, int, dict)):
            yield name, value


def _render(file: File, config: MkDocsConfig) -> None:
    """Read the page of *file* as MkDocs does (mkdocs.commands.build._populate_page, 1.6)."""
    page = file.page
    assert page
    del _there[file.src_uri]
    if file.src_uri in _titled:
        del page.title
    page = config.plugins.on_pre_page(page, config=config, files=_files)
    page.read_source(config)
    text = config.plugins.on_page_markdown(
        page.markdown or "", page=page, config=config, files=_files
    )
    page.markdown = text
    page.render(config, _files)
    page.content = config.plugins.on_page_content(
        page.content or "", page=page, config=config, files=_files
    )


@event_priority(100)
def on_pre_template(template: jinja2.Template, template_name: str, config: MkDocsConfig) -> None:
    """Let templates that are no page's find all pages."""
    _show()


@event_priority(-100)
def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Hide the pages again: what MkDocs collects next is what to write."""
    _hide()
    return output_content


@event_priority(100)
def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Let templates find all pages."""
    _show()
    _doubts.page = page.file.src_uri
    return {**context, "pages": _pages}


@event_priority(100)
def _put_pages(config: MkDocsConfig) -> None:
    """Put the pages that are there already into the site, and check where they lead."""
    _show()
    _doubts.page = ""
    paths = [_below(_files.src_uris[name]) for name in _there]
    link(_folder(), paths, Path(config.site_dir, _plan.folder(_plan.locale)))
    for name in _there:
        page = _files.src_uris[name].page
        assert page
        page.validate_anchor_links(files=_files, log_level=config.validation.links.anchors)


@event_priority(-90)
def _keep_pages(config: MkDocsConfig) -> None:
    """Keep what is known of the pages for the next build."""
    _doubts.stop()
    if not os.environ.get(BASIS) or not _files.documentation_pages():
        return
    asked = notes.asked | (_before.asked if _there else set())
    pages = {name: replace(each, notes=notes.about(name)) for name, each in _there.items()}
    for name in [each for each in notes.every("messages") if each not in _there]:
        page = _files.src_uris[name].page
        assert page
        if _can_be_kept(page, config) and (record := _record(page)):
            pages[name] = record
    write_objects(_records(), Records(_based(frozenset(asked)), _whole, frozenset(asked), pages))


on_post_build = CombinedEvent(_put_pages, _keep_pages)


def _can_be_kept(page: Page, config: MkDocsConfig) -> bool:
    """Whether all that is made of *page* is known; the search of the theme keeps nothing of it."""
    modules: Any = config.hooks
    has_search = any(name not in modules for name in config.plugins)
    options = page.meta.get("search")
    is_read = has_search and not (isinstance(options, dict) and options.get("exclude"))
    is_sure = page.file.abs_src_path and page.file.src_uri not in _doubts.pages
    return bool(is_sure) and "template" not in page.meta and not is_read


def _record(page: Page) -> Record | None:
    """What is known of *page*, which has been made; None if it has no file."""
    file, made = page.file, stamp(Path(page.file.abs_dest_path))
    if made is None:
        return None
    return Record(
        _version(file, notes.about(file.src_uri)["messages"]),
        str(page.title),
        str(page.update_date),
        dict(page.meta),
        frozenset(page.present_anchor_ids or ()),
        {each.src_uri: links for each, links in (page.links_to_anchors or {}).items()},
        notes.about(file.src_uri),
        made,
    )


def _records() -> Path:
    """Where the records are."""
    return parts_folder(_plan) / f"{_plan.locale.folder}.pages"


def _folder() -> Path:
    """Where the pages are that the build before has made."""
    return parts_folder(_plan) / _plan.locale.folder


def _below(file: File) -> str:
    """The path of the page of *file*, from the folder of its language."""
    return file.dest_uri.removeprefix(_plan.folder(_plan.locale))
