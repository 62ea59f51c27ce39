"""MkDocs hook: pages show what writers keep as data, facts and the glossary (annai.embeds)."""

from __future__ import annotations

import logging
import os
import xml.etree.ElementTree as etree
from pathlib import Path
from typing import Any

import jinja2
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from annai.clock import now
from annai.embeds import EmbedExtension, Render
from annai.errors import ContentError
from annai.extension import AnnaiExtension
from annai.facts import Fact, Ledger
from annai.glossary import Term, site_glossary
from annai.ledger import site_ledger, unused, wanted
from annai.notes import notes
from annai.once import make_once
from annai.plan import Plan, make_plan
from annai.speech import sayer, speak

log = logging.getLogger("mkdocs.hooks.data")

_plan: Plan
_ledger: Ledger | None
_md: Markdown


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the data, and let pages show it."""
    global _plan, _ledger, _md
    _plan = make_plan(Path(config.config_file_path), os.environ)
    try:
        _ledger, terms = site_ledger(_plan.site), site_glossary(_plan.site)
        _md = _plan.site.markdown()
        env = _templates(config) if _plan.site.embeds else None
    except ContentError as error:
        raise PluginError(str(error)) from None
    if env:
        renders = _glossary(env, terms) if _plan.site.glossary_path else {}
        renders |= _facts(env, _ledger) if _ledger else {}
        extensions: list[Any] = config.markdown_extensions
        config["markdown_extensions"] = [*extensions, EmbedExtension(renders)]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Keep the data itself out of the site."""
    paths = (_plan.site.ledger_path, _plan.site.glossary_path)
    data = {path.resolve() for path in paths if path}
    for file in list(files):
        if file.abs_src_path and Path(file.abs_src_path).resolve() in data:
            files.remove(file)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Note which facts the page shows; one that is not there is an error."""
    if _ledger and page.file.abs_src_path:
        shown, facts = _plan.site.shown(Path(page.file.abs_src_path)), set()
        for found in wanted(page.file.content_string, shown, _ledger, _md):
            if isinstance(found, ContentError):
                raise PluginError(str(found))
            facts.add(found)
        notes.note(page.file.src_uri, "facts", facts)
    return markdown


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Warn of facts that no page shows; a strict build then fails."""
    is_whole = not _plan.child and _plan.source in _plan.wanted
    shown = {key for keys in notes.every("facts").values() for key in keys}
    for problem in unused(_ledger, shown) if _ledger and is_whole else ():
        log.warning(str(problem))
    return env


def _templates(config: MkDocsConfig) -> jinja2.Environment:
    """The templates of the site, before MkDocs has them, in the words of the locale."""
    extensions: list[Any] = config.markdown_extensions
    speaker = next(each for each in extensions if isinstance(each, AnnaiExtension))
    env = config.theme.get_env()
    make_once(env, _plan.site.path.parent)
    speak(env, _plan.words(), _plan.locale, notes.asked)
    say = sayer(lambda text: speaker.words.find(text), _plan.source)
    env.globals.update(say=say, day=now().date(), locale=_plan.locale, source=_plan.source)
    return env


def _facts(env: jinja2.Environment, ledger: Ledger) -> dict[str, Render]:
    """What makes elements of facts."""

    def find(kind: str, key: str) -> list[Fact]:
        try:
            found = [ledger.fact(key)] if kind == "fact" else ledger.about(key)
        except KeyError:
            raise PluginError(f'{ledger.shown}:1: the ledger has no {kind} "{key}"') from None
        return found

    def fact(key: str) -> etree.Element:
        return _rendered(env, "partials/fact.html", fact=find("fact", key)[0])

    def facts(service: str) -> etree.Element:
        groups: dict[str, list[Fact]] = {}
        for each in find("facts", service):
            groups.setdefault(each.channel, []).append(each)
        return _rendered(env, "partials/facts.html", groups=groups)

    return {"fact": fact, "facts": facts}


def _glossary(env: jinja2.Environment, terms: list[Term]) -> dict[str, Render]:
    """What makes elements of the glossary, sorted as the language of the build does."""
    folder = _plan.locale.folder

    def glossary(key: str) -> etree.Element:
        found = sorted(terms, key=lambda term: term.sort_key(folder))
        return _rendered(env, "partials/glossary.html", terms=found)

    return {"glossary": glossary}


def _rendered(env: jinja2.Environment, name: str, **values: Any) -> etree.Element:
    """An element with what the template *name* makes of *values*, which has to be XML."""
    html = env.get_template(name).render(**values)
    try:
        return etree.fromstring(f"<div>{html}</div>")  # noqa: S314 (from the site's own templates)
    except etree.ParseError as error:
        fix = "close every element, and write characters in the place of entities"
        raise PluginError(f"{name}: this is not well-formed: {error}\nfix: {fix}") from None
