"""Which languages a build has to make anew, since something that it reads of them has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from annai.catalogs import catalog_path, targets
from annai.inputs import content, pages
from annai.locales import Locale
from annai.memory import FOLDER, digest, keep, recall
from annai.parts import Asked, Part, Parts
from annai.plan import Plan, asked
from annai.summary import summary

FRESH = "ANNAI_FRESH"
"""Environment variable that, if it is not empty, has a build make everything anew."""

BASIS = "ANNAI_BASIS"
"""Environment variable that a build sets for itself and its children: a hash of what all pages are
made of (annai.inputs)."""

ASKED = "asked.json"
"""The file, beside what it makes, in which a build says what it asked of other languages."""


@dataclass(frozen=True)
class Read:
    """What is read for a site, as hashes."""

    basis: str
    shared: str
    """Pages, and what builds know of each other's languages."""
    catalogs: Mapping[str, str]
    """By their folders."""


class Reuse:
    """What earlier builds made of the languages of *plan*, and this one need not.

    *basis* gives a hash of what all pages are made of, but for themselves and catalogs; there is
    none if nobody knows. The file *coverage* is what the builds know of each other's languages.
    Of what changes while it is being read, nothing is kept.
    """

    def __init__(self, plan: Plan, basis: Callable[[], str] | None, coverage: Path) -> None:
        self._plan = plan
        self._basis = basis
        self._coverage = coverage
        self._folder = plan.site.path.parent / FOLDER
        self._parts = Parts(parts_folder(plan))
        self._before = self._read()
        self._versions: dict[str, str] = {}
        """Of what is wanted, by the folders of the locales."""

    @property
    def basis(self) -> str:
        """A hash of what all pages are made of; empty if nobody knows."""
        return self._before.basis if self._before else ""

    @cached_property
    def ready(self) -> dict[Locale, Part]:
        """The locales of the plan that are there, in its order. Raises ContentError."""
        if self._before is None:
            return {}
        known: dict[str, str] | None = recall(self._known, self._whole)
        for each in self._plan.wanted if known is None else ():  # else no catalog has to be read
            self._versions[each.folder] = self._version(each, self._parts.asked(each.folder))
        self._versions.update(known or {})
        names = {each: each.folder for each in self._plan.wanted}
        found = {each: self._parts.find(name, self._versions[name]) for each, name in names.items()}
        return {each: part for each, part in found.items() if part}

    def keep(
        self, locale: Locale, built: Path, warnings: Iterable[tuple[str, str]], asked: Asked
    ) -> None:
        """Keep the folder *built*, made for *locale* by a build that gave *warnings*.

        *asked* are texts whose translations into other languages it needed.
        """
        if self.is_steady:
            version = self._versions[locale.folder] = self._version(locale, asked)
            self._parts.keep(locale.folder, version, built, warnings, asked)
            keep(self._known, self._whole, self._versions)

    def problems(self) -> list[str] | None:
        """What an earlier build found wrong with the whole of the same site, if one looked."""
        found: list[str] | None = recall(self._problems, self._whole) if self._before else None
        return found

    def keep_problems(self, problems: list[str]) -> None:
        """Keep what is wrong with the whole of this site."""
        if self.is_steady:
            keep(self._problems, self._whole, problems)

    @cached_property
    def is_steady(self) -> bool:
        """Whether everything that was read is still the same, once all is built."""
        return self._before is not None and self._before == self._read()

    @property
    def _problems(self) -> Path:
        return self._folder / "problems.json"

    @property
    def _known(self) -> Path:
        """Where the versions are, for as long as nothing at all has changed."""
        return parts_folder(self._plan) / "versions.json"

    @property
    def _whole(self) -> str:
        return digest(self._before, [each.folder for each in self._plan.wanted])

    def _read(self) -> Read | None:
        """What is read, as it is now."""
        site = self._plan.site
        if self._basis is None:
            return None
        shared = digest(pages(site), content(self._coverage))
        paths = {each.folder: catalog_path(site.locales, each) for each in targets(site)}
        return Read(self._basis(), shared, {each: content(path) for each, path in paths.items()})

    def _version(self, locale: Locale, asked: Asked) -> str:
        """A hash of what the build of *locale* reads, if it asks others for the texts *asked*.

        The build of the source counts what is translated in every catalog.
        """
        assert self._before
        site, guard = self._plan.site, self._plan.guard
        own = [self._before.catalogs.get(locale.folder)]
        if locale == self._plan.source:
            own = [summary(site, each, guard).states for each in targets(site)]
        answers = [
            (each.folder, sorted(self._plan.translations(asked[each.folder], each).items()))
            for each in self._plan.locales
            if each.folder in asked
        ]
        return digest(self._before.basis, self._before.shared, locale.folder, own, answers)


def parts_folder(plan: Plan) -> Path:
    """Where the parts of the site of *plan* are kept; those for translators are others."""
    return plan.site.path.parent / FOLDER / ("preview" if plan.preview else "parts")


def leads_file(plan: Plan, locale: Locale) -> Path:
    """Where it is noted how the files of *locale* lead to others (annai.leads)."""
    return parts_folder(plan) / f"{locale.folder}.leads.json"


def write_asked(folder: Path) -> None:
    """Write what this build asked of other languages into *folder*, for its parent."""
    said = {each: sorted(texts) for each, texts in asked.items()}
    (folder / ASKED).write_text(json.dumps(said), "utf-8")


def read_asked(folder: Path) -> Asked:
    """What `write_asked` wrote into *folder*."""
    found: Asked = json.loads((folder / ASKED).read_text("utf-8"))
    return found
