"""The corpus as a site of Annai: as this repository ships it, or its pages alone."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from babel.messages.plurals import get_plural

from annai.catalogs import catalog_path
from annai.locales import Locale
from annai.pofile import format_po, write
from annai.site import read_site
from annai.template import make_template

from .corpus import articles, translator

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
ADDRESS = "https://help.example.org/"
HOME = "# Help center\n\nHow can we help?\n"
PAGES_ALONE = ("publish", "locales", "translate", "reuse")
"""The hooks that make pages in every language, and nothing else."""


def admonition(title: str, text: str) -> str:
    """An admonition, as Python-Markdown's extension knows it."""
    return f'!!! warning "{title}"\n    {text}'


def extensions() -> Any:
    """The Markdown extensions of this repository's site, as `mkdocs.yml` has them."""
    return read_site(ROOT / "mkdocs.yml").data["markdown_extensions"]


def write_shipped(folder: Path, pages: int, locales: Sequence[str]) -> None:
    """Write a site with all hooks, templates and Markdown extensions of this repository."""
    _write(folder, _shipped(), pages, locales)


def write_alone(folder: Path, pages: int, locales: Sequence[str]) -> None:
    """Write a site whose hooks make pages alone, as the theme Material shows them."""
    config = _shipped()
    hooks = [str(ROOT / "hooks" / f"{name}.py") for name in PAGES_ALONE]
    _write(folder, {**config, "hooks": hooks, "plugins": []}, pages, locales)


def write_small(folder: Path, pages: int, locales: Sequence[str]) -> None:
    """Write a site whose hooks make pages alone, with a layout like that of Hugo's (peers.py)."""
    write_alone(folder, pages, locales)
    config = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    config["theme"] = {"name": None, "custom_dir": str(HERE / "layouts" / "annai")}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")


def _shipped() -> dict[str, Any]:
    """The configuration of this repository's site, without what belongs to its own articles."""
    data = read_site(ROOT / "mkdocs.yml").data
    ours = {key: data["extra"]["annai"][key] for key in ("publish_at", "icons", "color")}
    return {
        "site_name": "Help center",
        "site_description": "A help center that nobody wrote.",
        "site_url": ADDRESS,
        "hooks": [str(ROOT / path) for path in data["hooks"]],
        "theme": {**data["theme"], "custom_dir": str(ROOT / "overrides")},
        "extra": {"generator": False, "annai": ours},
        **{key: data[key] for key in ("plugins", "extra_css", "markdown_extensions")},
    }


def _write(folder: Path, config: dict[str, Any], pages: int, locales: Sequence[str]) -> None:
    """Write configuration, articles and, but for the source language, catalogs to *folder*."""
    for name in ("images", "styles"):
        shutil.copytree(ROOT / "docs" / name, folder / "docs" / name)
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    (folder / "docs" / "index.md").write_text(HOME, "utf-8")
    for article in articles(pages):
        path = folder / "docs" / article.src_uri
        path.parent.mkdir(exist_ok=True)
        path.write_text(article.markdown(lambda text: text, admonition), "utf-8")
    template = make_template(read_site(folder / "mkdocs.yml"))
    for name in locales[1:]:
        translate = translator(name)
        template.metadata["Plural-Forms"] = get_plural(Locale(name).cldr).plural_forms
        for entry in template:
            if entry.msgid_plural:
                forms = range(get_plural(Locale(name).cldr).num_plurals)
                entry.msgstr_plural = {n: translate(entry.msgid_plural) for n in forms}
            else:
                entry.msgstr = translate(entry.msgid)
        write(catalog_path(folder / "locales", Locale(name)), format_po(template))
