"""MkDocs hook: search engines, and programs that show links, find each page in the right language.

A page says what it is called, where it is in each language, and whether it is worth finding there:
not if less than half of it is translated (annai.coverage). The build of the source writes the
sitemap, ``robots.txt`` and the picture that stands for the site.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from annai.addresses import root
from annai.coverage import Coverage, read_coverage
from annai.errors import ContentError
from annai.locales import Locale
from annai.notes import notes
from annai.opengraph import picture_properties, properties
from annai.picture import PICTURE, SIZE, picture, size
from annai.plan import Plan, make_plan
from annai.sections import plain
from annai.sitemap import ROBOTS, SITEMAP, Entry, alternates, robots_file, sitemap_files
from annai.structured import article, breadcrumbs, data_block

ANSWERS = ("offline.html", "redirect.html")
"""Templates of pages in the place of others. They say themselves that nobody should find them."""

TRANSLATIONS = "translations.html"
"""The template of the page about the translations, which helps nobody who comes from elsewhere."""

HIDDEN = frozenset(("noindex", "none"))
"""What a page says to robots that should not show it (Google, "Robots meta tag")."""

_plan: Plan
_coverage: Coverage
_own: set[str]
"""Those of our files that the site has its own of."""
_picture: tuple[str, tuple[int, int]] | None
"""The address of the picture from the root of the site, and its size in px."""
_icon: File | None
"""What it is made of, if it is made."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find out what is translated into every language."""
    global _plan, _coverage
    try:
        _plan = make_plan(Path(config.config_file_path), os.environ)
        _coverage = read_coverage(_plan, os.environ)
    except ContentError as error:
        raise PluginError(str(error)) from None
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put our sitemap in the place of MkDocs' own, which knows one language."""
    global _own
    config.theme.static_templates.discard(SITEMAP)
    _own = {name for name in (SITEMAP, ROBOTS) if files.get_file_from_path(name)}
    return files


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Find the picture that stands for the site, or the largest icon, of which it is made.

    A picture that is not there, or that other programs cannot read, is an error.
    """
    global _picture, _icon
    _picture = _icon = None
    name = _plan.site.picture
    if not files.documentation_pages():  # the build of a shard leaves it to another
        return env
    sizes = {}
    for path in [name] if name else _plan.site.icons:
        file = files.get_file_from_path(path)
        if file and (found := size(file.content_bytes)):
            sizes[file] = found
    best = max(sizes, key=lambda file: sizes[file], default=None)
    if name and not best:
        problem, folder = f'"{name}" is no PNG, JPEG or WebP', _plan.site.shown(_plan.site.docs)
        fix = f"name a picture of {SIZE[0]} × {SIZE[1]} px by its path from {folder}"
        raise PluginError(str(_plan.site.error(("picture",), problem, fix)))
    if best and config.site_url:  # else no page can say where it is
        _picture = (best.url, sizes[best]) if name else (PICTURE, SIZE)
        _icon = None if name else best
    return env


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell templates what the page says of itself, and note where it is."""
    messages = _said(page)
    found = _coverage.having(_plan.locales, messages)
    folder = _plan.folder(_plan.locale)
    own = page.url.removeprefix(folder)
    addresses = {each.tag: _address(config, _plan.folder(each) + own) for each in found}
    links = addresses if _plan.locale in found else {}
    is_choice = len(_plan.locales) > 1  # else the theme's links are those of the configuration
    robots = _robots(page, _plan.locale in found)
    said: dict[str, Any] = {
        "robots": ", ".join(robots),
        "alternates": (alternates(links) if config.site_url else links) if is_choice else None,
    }
    if not HIDDEN.intersection(robots) and page.meta.get("template") not in ANSWERS:
        changed = context.get("updated") or context.get("reviewed")
        title = _title(page, nav, config)
        said["card"] = list(_card(page, config, title, found, bool(context.get("is_article"))))
        way = list(_way(page, nav, title))
        data = [breadcrumbs(way)] if way else []
        if context.get("is_article"):
            image = _address(config, _picture[0]) if _picture else ""
            address = page.canonical_url or ""
            data.append(article(title, _plan.locale.tag, changed, address, image))
        said["data"] = data_block(data)
        if page.file.inclusion.is_included():  # type: ignore[no-untyped-call]
            notes.note(page.file.src_uri, "sitemap", Entry(addresses, changed))
    return {**context, "discovery": said}


def _said(page: Page) -> list[int]:
    """The numbers of the messages of *page*; one that is made for a section shows its articles."""
    if page.file.abs_src_path is None and page.parent:
        return [message for each in _written(page.parent) for message in _said(each)]
    said: list[int] = notes.about(page.file.src_uri).get("messages", [])  # none of a draft
    return said


def _written(section: Section) -> Iterator[Page]:
    """The pages in *section*, however deep they are, without those that are made."""
    for item in section.children:
        if isinstance(item, Section):
            yield from _written(item)
        elif isinstance(item, Page) and item.file.abs_src_path:
            yield item


def _robots(page: Page, is_readable: bool) -> list[str]:
    """What the page says to robots: what its writer says, and whether to keep it from being found.

    A page in the place of another says it itself.
    """
    said = str(page.meta.get("robots") or "").lower().split(",")
    words = [word.strip() for word in said if word.strip()]
    is_hidden = page.meta.get("template") == TRANSLATIONS or not is_readable
    return [*words, "noindex"] if is_hidden and not HIDDEN.intersection(words) else words


def _address(config: MkDocsConfig, url: str) -> str:
    """The whole address of *url*, from the root of the site, if the site has one."""
    return urljoin(config.site_url, url) if config.site_url else url


def _title(page: Page, nav: Navigation, config: MkDocsConfig) -> str:
    """What the page is called; the home page is called as the site."""
    title = page.meta.get("title") or (page.title if page != nav.homepage else "")
    return plain(str(title or config.site_name))


def _card(
    page: Page, config: MkDocsConfig, title: str, found: list[Locale], is_article: bool
) -> Iterator[tuple[str, str]]:
    """What programs show of the page where it is shared; *found* are the locales that have it."""
    description = unescape(str(page.meta.get("description") or config.site_description or ""))
    name, address = unescape(config.site_name), page.canonical_url or ""
    yield from properties(title, description, name, address, _plan.locale, found, is_article)
    if _picture:
        yield from picture_properties(_address(config, _picture[0]), *_picture[1])


def _way(page: Page, nav: Navigation, title: str) -> Iterator[tuple[str, str]]:
    """Titles and addresses of the pages that lead to this one, as it says them at its top."""
    if page.canonical_url and nav.homepage and page.ancestors:
        yield plain(str(nav.homepage.title)), str(nav.homepage.canonical_url)
        sections = [each for each in page.ancestors if isinstance(each, Section)]
        for section in reversed(sections):
            pages = (each for each in section.children if isinstance(each, Page))
            index = next((each for each in pages if each.is_index), None)
            if index and index != page:
                yield plain(str(section.title)), str(index.canonical_url)
        yield title, page.canonical_url


@event_priority(-60)
def on_post_build(config: MkDocsConfig) -> None:
    """Write what all languages share, behind the list of what is kept without a connection.

    A file ``robots.txt`` counts at the root of a host alone (RFC 9309, 2.3).
    """
    entries = [*notes.every("sitemap").values()]
    if _plan.child or not (config.site_url and entries):
        return
    site = Path(config.site_dir)
    files = sitemap_files(entries, config.site_url)
    if root(config.site_url) == "/":
        files[ROBOTS] = robots_file(_address(config, SITEMAP)).encode()
    if _icon:
        try:
            files[PICTURE] = picture(_icon.content_bytes, _plan.site.color)
        except OSError as error:
            problem, fix = f'"{_icon.src_uri}" cannot be read: {error}', "save it again"
            place = ("icons", "*", _icon.src_uri)
            raise PluginError(str(_plan.site.error(place, problem, fix))) from None
    for path, content in files.items():
        if path not in _own:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(content)
