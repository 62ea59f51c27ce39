"""MkDocs hook: every section of the navigation has a page that shows its articles.

It is the page that a writer has put there, an ``index.md``, or else one that is made here. The
theme's feature ``navigation.indexes`` has the title of the section lead to it.
"""

from __future__ import annotations

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from annai.overviews import folder_overviews, with_overviews
from annai.sections import plain
from annai.speech import attribute

SOURCE = "---\ntemplate: section.html\nsearch:\n  exclude: true\n---\n"

_made: dict[str, File]


@event_priority(40)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each section without one, behind pages that moved (redirects.py)."""
    global _made
    taken = {file.dest_uri for file in files}
    pages = {
        file.src_uri: file
        for file in files.documentation_pages()
        if file.inclusion.is_included()  # type: ignore[no-untyped-call]
    }

    def is_free(path: str) -> bool:
        return _page(config, path).dest_uri not in taken

    if config.nav is None:
        own = [path for path, file in pages.items() if file.inclusion.is_in_nav()]  # type: ignore[no-untyped-call]
        added = folder_overviews(own, is_free)
    else:
        config.nav, added = with_overviews(config.nav, pages, is_free)
    _made = {path: _page(config, path) for path in added}
    for file in _made.values():
        files.append(file)
    return files


@event_priority(-50)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Call each page what its section is called in the language of this build."""
    for page in nav.pages:
        if page.file.src_uri in _made and page.parent:
            page.title = page.parent.title
    return nav


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Describe each page, for those who find it, by the titles of what its section has."""
    for page in (file.page for file in _made.values() if file.page):
        items = page.parent.children if page.parent else ()
        titles = [plain(each.title) for each in items if each != page and each.title]
        page.meta["description"] = attribute(" · ".join(titles))
    return env


def _page(config: MkDocsConfig, path: str) -> File:
    return File.generated(config, path, content=SOURCE, inclusion=InclusionLevel.INCLUDED)
