"""The corpus in the form of other generators, and how each of them builds it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import polib
import yaml

from annai.locales import Locale
from annai.pofile import format_po, write

from .corpus import articles, section_title, translator
from .sites import ADDRESS, HERE, HOME, admonition, extensions

Written = Callable[[str, str], str]
"""How an admonition with a title and a text is written."""


def write_i18n(folder: Path, pages: int, locales: Sequence[str], *features: str) -> None:
    """Write a site for mkdocs-static-i18n: a folder of Markdown for each language."""
    for locale in locales:
        _write_copies(folder / "docs" / locale, pages, locale, admonition)
    languages = [
        {"locale": each, "name": each, "build": True, "default": each == locales[0]}
        for each in locales
    ]
    plugins = ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}]
    _write_config(folder, features=features, plugins=plugins)


def write_pruned(folder: Path, pages: int, locales: Sequence[str]) -> None:
    """Write the same, with as little navigation on a page as Material can."""
    write_i18n(folder, pages, locales, "navigation.prune")


def write_zensical(folder: Path, pages: int, locales: Sequence[str]) -> None:
    """Write a site of Zensical for each language."""
    for locale in locales:
        own = folder / locale
        _write_copies(own / "docs", pages, locale, admonition)
        _write_config(own, language=locale)


def write_hugo(folder: Path, pages: int, locales: Sequence[str]) -> None:
    """Write a site of Hugo: a folder of Markdown for each language, and a small layout."""
    languages = {}
    for weight, locale in enumerate(locales, 1):
        content = folder / "content" / locale
        _write_copies(content, pages, locale, lambda title, text: f"> [!WARNING] {title}\n> {text}")
        (content / "index.md").rename(content / "_index.md")
        for title, section in _sections(content, locale):
            (section / "_index.md").write_text(f"---\ntitle: {title}\n---\n", "utf-8")
        languages[locale] = {
            "label": Locale(locale).name,
            "direction": Locale(locale).direction,
            "contentDir": f"content/{locale}",
            "weight": weight,
        }
    shutil.copytree(HERE / "layouts" / "hugo", folder / "layouts")
    config = {
        "baseURL": ADDRESS,
        "title": "Help center",
        "defaultContentLanguage": "en",
        "disableKinds": ["404", "rss", "sitemap", "taxonomy", "term"],
        "languages": languages,
        "markup": {"tableOfContents": {"startLevel": 2, "endLevel": 2}},
    }
    (folder / "hugo.json").write_text(json.dumps(config), "utf-8")


def write_sphinx(folder: Path, pages: int, locales: Sequence[str]) -> None:
    """Write a site of Sphinx with MyST, and its catalogs, one a section, as sphinx-intl keeps them.

    Sphinx alone compiles and uses them.
    """
    source = folder / "source"
    _write_copies(source, pages, locales[0], _directive)
    for title, section in _sections(source, locales[0]):
        (section / "index.md").write_text(f"# {title}\n\n{_toctree('*')}", "utf-8")
    with (source / "index.md").open("a", encoding="utf-8") as home:
        home.write("\n" + _toctree("*/index"))
    (source / "conf.py").write_text(
        'project = "Help center"\nextensions = ["myst_parser"]\n'
        'myst_enable_extensions = ["colon_fence"]\nlocale_dirs = ["locale"]\n',
        "utf-8",
    )
    for locale in locales[1:]:
        translate = translator(locale)
        catalogs: dict[str, dict[str, None]] = {}
        for article in articles(pages):
            domain = article.src_uri.split("/")[0]
            catalogs.setdefault(domain, {}).update(dict.fromkeys(article.messages()))
        for domain, messages in catalogs.items():
            catalog = polib.POFile()
            catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
            catalog += [polib.POEntry(msgid=each, msgstr=translate(each)) for each in messages]
            path = source / "locale" / locale / "LC_MESSAGES" / f"{domain}.po"
            write(path, format_po(catalog))


def _write_copies(folder: Path, pages: int, locale: str, notice: Written) -> None:
    """Write every page in the language *locale* to *folder*."""
    translate = translator(locale)
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(HOME, "utf-8")
    for article in articles(pages):
        path = folder / article.src_uri
        path.parent.mkdir(exist_ok=True)
        path.write_text(article.markdown(translate, notice), "utf-8")


def _sections(folder: Path, locale: str) -> Iterator[tuple[str, Path]]:
    """The title and the folder of each section below *folder*."""
    for number, section in enumerate(sorted(folder.glob("section-*")), 1):
        yield translator(locale)(section_title(number)), section


def _write_config(
    folder: Path, language: str = "en", features: Sequence[str] = (), **more: Any
) -> None:
    config = {
        "site_name": "Help center",
        "site_url": ADDRESS,
        "theme": {
            "name": "material", "language": language, "font": False, "features": [*features]
        },
        "markdown_extensions": extensions(),
        **more,
    }  # fmt: skip
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")


def _directive(title: str, text: str) -> str:
    return f":::{{admonition}} {title}\n:class: warning\n{text}\n:::"


def _toctree(pattern: str) -> str:
    return f"```{{toctree}}\n:glob:\n\n{pattern}\n```\n"
