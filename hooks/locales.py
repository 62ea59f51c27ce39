"""MkDocs hook: a build renders one locale, at the addresses of that locale.

The source language is at the root of the site, every other locale below the folder of its
language tag. Links, images and styles find each other because MkDocs makes their addresses from
those of the pages.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import is_error_template

from annai.addresses import root
from annai.errors import ContentError
from annai.locales import closest
from annai.plan import Plan, make_plan

_plan: Plan


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make the theme speak the language of this build."""
    global _plan
    try:
        _plan = make_plan(Path(config.config_file_path), os.environ)
    except ContentError as error:
        raise PluginError(str(error)) from None
    folders = [Path(folder) / "partials" / "languages" for folder in config.theme.dirs]
    spoken = sorted({path.stem for folder in folders for path in folder.glob("*.html")})
    config.theme["language"] = closest(_plan.locale, spoken) or "en"
    config.theme["language_tag"] = _plan.locale.tag
    config.theme["direction"] = _plan.locale.direction
    config.watch.append(str(_plan.site.locales))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Move the pages to the folder of the locale, and leave the rest to the build of the source."""
    if _plan.child:
        config.theme.static_templates.clear()
        for file in list(files):
            if file.is_documentation_page():
                file.dest_uri = _plan.folder(_plan.child) + file.dest_uri
                vars(file).pop("url", None)
            elif file.src_dir in config.theme.dirs:
                files.remove(file)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Lead readers home in their own language."""
    folder = _plan.folder(_plan.locale)
    if nav.homepage is None:
        urls = (folder, f"{folder}index.html")
        nav.homepage = next((each for each in nav.pages if each.url in urls), None)
    return nav


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell the theme's language switcher where this same page is in each language."""
    folder = _plan.folder(_plan.locale)
    _lead_to(config, "", page.url.removeprefix(folder))
    return {**context, "locale": _plan.locale, "locale_url": folder or "./"}


def on_template_context(
    context: dict[str, Any], template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Tell the page for what is not there, which can be at any address, where home is."""
    if not is_error_template(template_name):
        return context
    _lead_to(config, root(config.site_url or ""), "")
    return {**context, "locale": _plan.locale, "locale_url": _plan.folder(_plan.locale)}


def _lead_to(config: MkDocsConfig, start: str, own: str) -> None:
    """Have the switcher lead to *own*, below the folder of each language, which is in *start*."""
    if len(_plan.locales) > 1:
        config.extra["alternate"] = [
            {"name": each.name, "link": start + _plan.folder(each) + own or "./", "lang": each.tag}
            for each in _plan.locales
        ]
