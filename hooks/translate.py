"""MkDocs hook: every page, title and template in the words of the locale being built."""

from __future__ import annotations

import logging
import os
from html import unescape
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import normalize_url

from annai.catalogs import Catalog
from annai.errors import ContentError
from annai.extension import AnnaiExtension
from annai.notes import notes
from annai.once import make_once
from annai.pages import translate_meta
from annai.plan import Plan, make_plan
from annai.pseudo import PseudoCatalog
from annai.sitetexts import translate_texts
from annai.speech import attribute, label, late, speak, teller
from annai.texts import decode
from annai.translation import Words

log = logging.getLogger("mkdocs.hooks.translate")

_plan: Plan
_catalog: Catalog | PseudoCatalog | None
_words: dict[str, Words]
_is_missing: dict[str, bool]
"""Whether a text that readers see is in the source's language, for want of a translation."""
_extension: AnnaiExtension


@event_priority(90)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the catalog, and translate what the configuration says to readers."""
    global _plan, _catalog, _words, _is_missing, _extension
    try:
        _plan = make_plan(Path(config.config_file_path), os.environ)
        _catalog = _plan.read_catalog()
    except ContentError as error:
        raise PluginError(str(error)) from None
    for refusal in _catalog.refused if isinstance(_catalog, Catalog) else ():
        log.warning(str(refusal))
    _words, _is_missing = {}, {}
    _extension = AnnaiExtension(_translate, _plan.locale, source=_plan.source.folder)
    extensions: list[str | AnnaiExtension] = [*config.markdown_extensions, _extension]
    config["markdown_extensions"] = extensions
    for key in ("copyright", "nav"):
        config[key] = translate_texts(config[key], _label, (key,))
    for key in ("site_name", "site_description"):  # the theme escapes neither
        config[key] = config[key] and attribute(_shown(config[key]))
    if "palette" in config.theme:
        config.theme["palette"] = translate_texts(
            config.theme["palette"], lambda text: attribute(_shown(text)), ("theme", "palette")
        )
    config.mdx_configs = translate_texts(config.mdx_configs, _shown, ("markdown_extensions",))
    return config


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Translate the titles that MkDocs made of the names of folders."""
    sections = [each for each in nav.items if each.is_section]
    for section in sections:
        section.title = _label(section.title or "")
        sections += [each for each in section.children or () if each.is_section]
    return nav


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Read a page; one that is not UTF-8 is an error that says where."""
    path = page.file.abs_src_path
    if path is None:
        return None
    try:
        return decode(page.file.content_bytes, _plan.site.shown(Path(path)))
    except ContentError as error:
        raise PluginError(str(error)) from None


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Translate the front matter that readers see; the page itself follows as it is rendered.

    A page that says ``stale: keep`` shows outdated translations, marked as such.
    """
    words = _words[page.file.src_uri] = _extension.words = Words(_translate, messages=[])
    if isinstance(_catalog, Catalog):
        words.outdated = _outdated if page.meta.get("stale") == "keep" else None
        words.describe = _catalog.describe if _plan.preview else None
    keys = _plan.site.front_matter
    title = page.meta.get("title")
    page.meta.update(translate_meta(page.meta, lambda text: words.find(text) or text, keys))
    if isinstance(title, str) and title != page.meta["title"]:
        page.meta["title"] = label(title, page.meta["title"])
    if isinstance(page.meta.get("description"), str):
        page.meta["description"] = attribute(page.meta["description"])
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Note what the page says, and which of its texts on other pages are not translated."""
    notes.note(page.file.src_uri, "messages", _extension.words.messages)
    texts = (unescape(str(text)) for text in (page.title, page.meta.get("description")))
    known = {text: _is_missing[text] for text in texts if text in _is_missing}
    notes.note(page.file.src_uri, "missing", known)
    return html


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Give templates the catalog's words."""
    make_once(env, _plan.site.path.parent)
    for known in notes.every("missing").values():  # of pages that are not made again, too
        for text, is_missing in known.items():
            _note(text, is_missing=is_missing)
    speak(env, _plan.words(), _plan.locale, notes.asked)
    tell = teller(lambda text: _is_missing.get(text, False), _plan.source)
    env.filters["language"] = late(tell)
    env.filters["from_root"] = _from_root
    return env


@jinja2.pass_context
def _from_root(context: jinja2.runtime.Context, url: str) -> str:
    """*url* by way of the root of the site: the same from every page at the same depth."""
    return normalize_url(str(url), base=context["base_url"]).replace("/./", "/")


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell templates how much of the page is translated, and where the original is."""
    words = _words[page.file.src_uri]
    translation = {
        "percent": words.percent,
        "missing": words.asked - words.translated - words.kept,
        "outdated": words.kept,
        "original": _plan.source,
        "original_name": _plan.source.name_in(_plan.locale),
        "original_url": page.url.removeprefix(_plan.folder(_plan.locale)) or "./",
    }
    return {**context, "translation": translation}


def on_shutdown() -> None:
    """Let go of the catalog: the process may build another language."""
    global _catalog
    _catalog = None


def _translate(msgid: str, context: str | None = None) -> str | None:
    msgstr = _catalog.translate(msgid, context) if _catalog else msgid
    _note(msgid if msgstr is None else msgstr, is_missing=msgstr is None)
    return msgstr


def _note(text: str, *, is_missing: bool) -> None:
    """Note whether *text* is missing; what is one of the translations is not."""
    _is_missing[text] = is_missing and _is_missing.get(text, True)


def _asked(msgid: str) -> str | None:
    notes.asked.add(("gettext", (msgid,)))
    return _translate(msgid)


def _outdated(msgid: str, context: str | None = None) -> str | None:
    return _catalog.outdated.get((context, msgid)) if isinstance(_catalog, Catalog) else None


def _shown(msgid: str) -> str:
    """What the configuration says, in the words of the locale."""
    return _asked(msgid) or msgid


def _label(msgid: str) -> str:
    """The same for a template that escapes nothing."""
    msgstr = _asked(msgid)
    return msgid if msgstr in (None, msgid) else label(msgid, msgstr or "")
