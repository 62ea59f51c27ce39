"""Where the links of finished pages come from: the line of the file that a person can mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePosixPath

from annai.built import BuiltSite, Dead
from annai.catalogs import Catalog, catalog_path
from annai.errors import ContentError, did_you_mean
from annai.locales import Locale
from annai.plan import Plan


def explained(dead: Iterable[Dead], built: BuiltSite, plan: Plan) -> Iterator[ContentError]:
    """The links *dead* of the site *built*, each at the line where it can be mended.

    A link that leads nowhere in several languages is one problem.
    """
    listed = sorted(dead, key=lambda each: _without_language(each, plan))
    for _, group in groupby(listed, key=lambda each: _without_language(each, plan)):
        same = sorted(group, key=lambda each: plan.locales.index(plan.owner(each.page)))
        first = same[0]
        path, line = _place(first, plan)
        tags = list(dict.fromkeys(plan.owner(each.page).tag for each in same))
        where = "" if len(tags) == len(plan.wanted) else f" (in {', '.join(tags)})"
        yield ContentError(path, line, f"{_problem(first)}{where}", _fix(first, built))


def _without_language(dead: Dead, plan: Plan) -> tuple[str, str, str]:
    """What is the same of *dead* in every language: its page, and what it leads to."""
    page = dead.page.removeprefix(plan.folder(plan.owner(dead.page)))
    return page, dead.target.removeprefix(plan.folder(plan.owner(dead.target))), dead.fragment


def _problem(dead: Dead) -> str:
    if dead.fragment:
        return f'"{dead.address}" leads to no place: {dead.target} has no id "{dead.fragment}"'
    return f'"{dead.address}" leads nowhere: the site has no {dead.target}'


def _fix(dead: Dead, built: BuiltSite) -> str:
    if dead.fragment:
        guess = did_you_mean(dead.fragment, built.leads(dead.target).ids)
        return f"{guess}name the id of a heading, or give it this one: {{#{dead.fragment}}}"
    return f"{did_you_mean(dead.target, built.files)}lead to a page or a file of the site"


def _place(dead: Dead, plan: Plan) -> tuple[str, int]:
    """File and 1-based line of the text that *dead* comes from.

    It is the page that a writer wrote, or the catalog; where neither has the link, as for one of a
    template, the built page.
    """
    site, owner = plan.site, plan.owner(dead.page)
    words = _words(dead)
    for name in _sources(dead.page.removeprefix(plan.folder(owner))):
        path = site.docs / name
        text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
        if line := _line(text, words):
            return site.shown(path), line
    if owner != plan.source and (line := _translated_line(plan, owner, words)):
        return site.shown(catalog_path(site.locales, owner)), line
    return f"{site.data.get('site_dir', 'site')}/{dead.page}", dead.line


def _sources(page: str) -> Iterator[str]:
    """The files below the folder of the pages that *page*, below a locale, may be made of.

    >>> list(_sources("guide/index.html"))
    ['guide/index.html', 'guide/index.md', 'guide/README.md', 'guide.md']
    """
    path = PurePosixPath(page)
    yield page
    yield str(path.with_suffix(".md"))
    if path.stem == "index":
        yield str(path.with_name("README.md"))
        if path.parent.name:
            yield f"{path.parent}.md"


def _words(dead: Dead) -> list[str]:
    """What may stand in the text that *dead* comes from, the surest first.

    A writer calls a page by its file, and a page of HTML maybe by its folder.
    """
    path = PurePosixPath(dead.target)
    name = path.parent.name if path.name == "index.html" else path.stem
    named = [f"{name}.md", f"{name}/"] if path.suffix == ".html" and name else []
    words = [dead.address, dead.fragment and f"#{dead.fragment}", *named, path.name]
    return [each for each in words if re.search(r"\w", each) and each != "index.html"]


def _line(text: str, words: Iterable[str]) -> int:
    """The 1-based line of *text* with the first of *words* that it has; 0 if it has none."""
    start = next((text.find(each) for each in words if each in text), -1)
    return text.count("\n", 0, start) + 1 if start >= 0 else 0


def _translated_line(plan: Plan, locale: Locale, words: Iterable[str]) -> int:
    """The same for the translations into *locale*; the line is that of the msgid."""
    catalog = plan.catalog_of(locale)
    for word in words:
        for entry in catalog if isinstance(catalog, Catalog) else ():
            if word in entry.msgstr and word not in entry.msgid:
                return int(entry.linenum or 0)
    return 0
