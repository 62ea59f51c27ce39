"""Which locales a site has, and which of them one run builds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from gettext import NullTranslations
from pathlib import Path

from annai import pseudo
from annai.catalogs import Catalog, targets
from annai.errors import ContentError, did_you_mean
from annai.guard import Guard, site_guard
from annai.kept import read_catalog
from annai.locales import Locale
from annai.pseudo import PseudoCatalog
from annai.publication import is_published
from annai.site import Site, read_site
from annai.summary import answers, summary

ONLY = "ANNAI_LOCALES"
"""Environment variable: the locales to build, with commas between them. Unset: all, but for the
pseudo-locales, which have to be asked for."""

CHILD = "ANNAI_CHILD"
"""Environment variable that a build sets for its children: the one locale to render."""

PUBLISHED = "ANNAI_PUBLISHED"
"""Environment variable that a build sets for its children: the locales that readers get."""

COVERAGE = "ANNAI_COVERAGE"
"""Environment variable that a build sets for itself and its children: a file with what is
translated into each language (annai.coverage), so that only one process has to read all catalogs.
"""

READY = "ANNAI_READY"
"""Environment variable that a build sets for itself: the locales, among those to build, that are as
an earlier one made them."""

PREVIEW = "ANNAI_PREVIEW"
"""Environment variable that is set while serving: translators get every locale, and see what is
not translated."""


asked: defaultdict[str, set[str]] = defaultdict(set)
"""Texts whose translations into other locales this build has asked for, by their folders."""


@dataclass(frozen=True)
class Plan:
    """What this process has to do."""

    site: Site
    locales: tuple[Locale, ...]
    """Every locale that readers get, the source first."""
    held: tuple[Locale, ...]
    """Those that are not translated far enough."""
    wanted: tuple[Locale, ...]
    """Those that this run builds."""
    child: Locale | None
    """The one locale that this process renders for its parent; None in the parent."""
    preview: bool
    """Whether this is for translators and not for readers."""

    @property
    def source(self) -> Locale:
        """The locale that pages are written in."""
        return self.locales[0]

    @property
    def locale(self) -> Locale:
        """The locale that this process renders."""
        return self.child or self.source

    @property
    def children(self) -> tuple[Locale, ...]:
        """The locales to be rendered in processes of their own."""
        return () if self.child else tuple(each for each in self.wanted if each != self.source)

    def folder(self, locale: Locale) -> str:
        """The folder of *locale* in the site: empty for the source, else its tag and a slash."""
        return "" if locale == self.source else f"{locale.tag}/"

    def owner(self, path: str) -> Locale:
        """The locale whose build writes the file *path* of the site; the source for shared ones."""
        own = (each for each in self.locales[1:] if path.startswith(self.folder(each)))
        return next(own, self.source)

    def read_catalog(self) -> Catalog | PseudoCatalog | None:
        """The catalog of `locale`, None for the source. Raises ContentError."""
        return self.catalog_of(self.locale)

    def catalog_of(self, locale: Locale) -> Catalog | PseudoCatalog | None:
        """The catalog of *locale*, None for the source. Raises ContentError."""
        if locale == self.source:
            return None
        if locale in pseudo.LOCALES:
            return PseudoCatalog(locale)
        return read_catalog(self.site, locale, self.guard)

    @cached_property
    def guard(self) -> Guard:
        """The guard of the site. Raises ContentError."""
        return site_guard(self.site)

    def words_of(self, locale: Locale, said: Mapping[str, str]) -> dict[str, str] | None:
        """The texts *said* by their names, in the words of *locale*; None if it lacks any of them.

        Raises ContentError.
        """
        known = self.translations(said.values(), locale)
        is_whole = all(text in known for text in said.values())
        return {name: known[text] for name, text in said.items()} if is_whole else None

    def translations(self, texts: Iterable[str], locale: Locale) -> dict[str, str]:
        """*texts* with their translations into *locale*, without those that may not be shown.

        They are noted in `asked`, if *locale* is another one. Raises ContentError.
        """
        every = list(texts)
        if locale in (self.source, self.locale) or locale in pseudo.LOCALES:
            catalog = self.catalog_of(locale)
            found = {text: catalog.translate(text) if catalog else text for text in every}
        else:
            asked[locale.folder].update(every)
            found = answers(self.site, locale, self.guard, every)
        return {text: msgstr for text, msgstr in found.items() if msgstr is not None}

    def words(self) -> NullTranslations:
        """The words of `locale` for programs that speak gettext. Raises ContentError."""
        catalog = self.read_catalog()
        return catalog.gettext() if catalog else NullTranslations()


def make_plan(config: Path, environ: Mapping[str, str]) -> Plan:
    """The plan for the site configured in the file *config*, in the environment *environ*.

    As long as one build goes on, which has its own `COVERAGE`, it is made once. Raises ContentError
    for a catalog folder or an environment variable that names no locale.
    """
    names = (ONLY, CHILD, PUBLISHED, READY, PREVIEW, COVERAGE)
    said = tuple((name, environ[name]) for name in names if name in environ)
    return _known_plan(config, said) if COVERAGE in environ else _new_plan(config, dict(said))


@lru_cache(maxsize=1)
def _known_plan(config: Path, said: tuple[tuple[str, str], ...]) -> Plan:
    return _new_plan(config, dict(said))


def _new_plan(config: Path, environ: Mapping[str, str]) -> Plan:
    site = read_site(config)
    preview = PREVIEW in environ
    found = targets(site)
    held = () if preview else tuple(each for each in found if not _published(site, each, environ))
    names = environ.get(ONLY, "")
    listed = [name.strip().replace("-", "_") for name in names.split(",")]
    asked = [each for each in pseudo.LOCALES if each.folder in listed]
    every = (site.source, *found, *asked)
    locales = tuple(each for each in every if each not in held)
    chosen = _chosen(names, every)
    child, ready = environ.get(CHILD), environ.get(READY, "").split(",")
    return Plan(
        site,
        locales,
        held,
        tuple(each for each in locales if each in chosen and each.folder not in ready),
        next((each for each in locales if each.folder == child), None),
        preview,
    )


def _published(site: Site, locale: Locale, environ: Mapping[str, str]) -> bool:
    """Whether readers get *locale*. Raises ContentError if its catalog cannot be read."""
    if PUBLISHED in environ:
        return locale.folder in environ[PUBLISHED].split(",")
    if not site.publish_at:
        return True
    found = summary(site, locale, site_guard(site))
    return is_published(found.count.percent, found.was_published, site.publish_at)


def _chosen(names: str, locales: tuple[Locale, ...]) -> tuple[Locale, ...]:
    """The locales that *names* lists, by folder or tag; all of them if it lists none."""
    by_name = {name: each for each in locales for name in (each.folder, each.tag)}
    listed = [name.strip() for name in names.split(",") if name.strip()]
    for name in listed:
        if name not in by_name:
            known = ", ".join(each.folder for each in locales)
            raise ContentError(
                ONLY,
                1,
                f'this site has no locale "{name}"',
                f"{did_you_mean(name, by_name)}the locales are: {known}",
            )
    return tuple(by_name[name] for name in listed) or locales
