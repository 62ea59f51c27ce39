"""MkDocs hook: a page that moved leads to where it is now, in every language.

``extra.annai.redirects`` of the configuration maps old paths to new ones.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from annai.plan import make_plan
from annai.redirects import redirect_mistakes

SOURCE = "---\ntemplate: redirect.html\nsearch:\n  exclude: true\n---\n"

_redirects: dict[str, str]
_files: Files


@event_priority(50)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put a page where each old one was."""
    global _redirects, _files
    site = make_plan(Path(config.config_file_path), os.environ).site
    _redirects, _files = site.redirects, files
    pages = {
        file.src_uri
        for file in files.documentation_pages()
        if file.inclusion.is_included()  # type: ignore[no-untyped-call]
    }
    for problem in redirect_mistakes(site, pages) if pages else ():
        raise PluginError(str(problem))
    for old in _redirects if pages else ():
        page = File.generated(config, old, content=SOURCE, inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(page)
    return files


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell the page where to lead."""
    if page.file.src_uri in _redirects:
        context["target"] = _files.src_uris[_redirects[page.file.src_uri]].page
    return context
