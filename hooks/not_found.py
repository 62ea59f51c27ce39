"""MkDocs hook: what readers see in the place of a page that is not there, in each language.

Most servers send the ``404.html`` at the root of the site, whatever the address; some send the
nearest one. So each language has its own in its folder, and the one at the root leads there. Where
scripts are switched off, the one at the root says it in every language.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from annai.addresses import root
from annai.errors import ContentError
from annai.plan import Plan, make_plan
from annai.sections import plain
from annai.speech import spoken

TEMPLATE = "404.html"

WORDS = "partials/not-found-words.html"
"""The template of what the page says."""

_plan: Plan
_says: dict[str, str]
_pages: list[tuple[str, str]]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find out which languages there are."""
    global _plan
    _plan = make_plan(Path(config.config_file_path), os.environ)
    return config


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Make the page in every language, and note where it may lead."""
    global _says, _pages
    if _plan.child:
        config.theme.static_templates.add(TEMPLATE)
    _says = spoken(env, WORDS)
    _pages = [
        (_below(file.url), plain(str(file.page.title or "")))
        for file in files.documentation_pages()
        if file.page and _is_shown(file)
    ]
    return env


def on_template_context(
    context: dict[str, Any], template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Tell the page where it may lead, and the one at the root how the other languages say it."""
    if template_name != TEMPLATE:
        return context
    start = root(config.site_url or "")
    others = [each for each in _plan.locales if each != _plan.source and not _plan.child]
    try:
        words = {each: _plan.words_of(each, _says) for each in others}
    except ContentError as error:
        raise PluginError(str(error)) from None
    return {
        **context,
        "root": start,
        "says": _says,
        "known": {"home": start + _plan.folder(_plan.locale), "pages": _pages},
        "others": [
            {"locale": each, "folder": _plan.folder(each), "says": said}
            for each, said in words.items()
        ],
    }


def on_post_build(config: MkDocsConfig) -> None:
    """Put the page into the folder of its language."""
    site = Path(config.site_dir)
    if _plan.child:
        (site / TEMPLATE).replace(site / _plan.folder(_plan.child) / TEMPLATE)


def _below(url: str) -> str:
    """*url* from the folder of the language."""
    return url.removeprefix(_plan.folder(_plan.locale)).removeprefix("./")


def _is_shown(file: File) -> bool:
    """Whether readers get the page in *file*, and not only because another one is not there."""
    is_answer = file.abs_src_path is None and file.inclusion.is_not_in_nav()  # type: ignore[no-untyped-call]
    return not is_answer and (file.inclusion.is_included() or _plan.preview)  # type: ignore[no-untyped-call]
