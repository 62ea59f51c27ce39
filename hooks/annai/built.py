"""The finished site: what is there, and which of its links lead nowhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from annai.addresses import Place, clean, host
from annai.folders import Stamp, stamps_below
from annai.leads import Leads, read_leads
from annai.links import OTHERS, PAGES, Reference, read_links, read_text

TOP = ("", "top")
"""The fragments that stand for the beginning of any page (HTML, 7.4.6.4)."""


class Dead(NamedTuple):
    """A link that leads nowhere."""

    page: str
    """The file with the link, from the root of the site."""
    line: int
    address: str
    target: str
    """The file that it names, from the root of the site."""
    fragment: str
    """The place in that file which is not there; empty if the file is not there."""


class BuiltSite:
    """The files of a site in *folder*, which readers get at *site_url*, if that is known.

    *noted* are leads of files in it; if one has changed since, it is read again.
    """

    def __init__(
        self, folder: Path, site_url: str = "", noted: Mapping[str, Leads] | None = None
    ) -> None:
        self.folder = folder
        self._place = Place(site_url)
        self._noted = noted or {}
        self._leads: dict[str, Leads] = {}

    @cached_property
    def files(self) -> Mapping[str, Stamp]:
        """The stamps of all files, by their paths."""
        return stamps_below(self.folder)

    @property
    def pages(self) -> list[str]:
        """The paths of all pages, in order."""
        return sorted(path for path in self.files if path.endswith(PAGES))

    def leads(self, path: str) -> Leads:
        """The leads of the file *path*."""
        if path not in self._leads:
            leads = self._noted.get(path)
            if leads is None or leads.stamp != self.files.get(path):
                leads = read_leads(self.folder, path, self._place)
            self._leads[path] = leads
        return self._leads[path]

    def target(self, address: str, path: str) -> tuple[str, str] | None:
        """The file that *address*, in the file *path*, leads to, and the place in it.

        None if that is not on this site. A folder stands for its ``index.html``.
        """
        named = self._place.named(address, path)
        return None if named is None else self._target(named)

    def _target(self, named: str) -> tuple[str, str]:
        whole, _, fragment = named.partition("#")
        name = unquote(whole).lstrip("/")
        if name.endswith("/") or name not in self.files:
            inner = f"{name.rstrip('/')}/index.html".lstrip("/")
            name = inner if name.endswith("/") or inner in self.files or not name else name
        return name, unquote(fragment).partition(":~:")[0]

    def dead(self, is_known: Callable[[str], bool] = lambda path: True) -> Iterator[Dead]:
        """The links that lead nowhere, of those whose target *is_known*, being or not being there.

        Links in pages come first, then those in style sheets and in files for machines.
        """
        others = sorted(path for path in self.files if path.endswith(OTHERS))
        leads = {path: self.leads(path) for path in [*self.pages, *others]}
        every: set[str] = set().union(*(each.targets for each in leads.values()))
        lost = {each for each in every if self._is_lost(each)}
        for path, each in leads.items():
            if not lost.isdisjoint(each.targets):
                yield from (dead for dead in self._dead(path, lost) if is_known(dead.target))

    def _is_lost(self, named: str) -> bool:
        """Whether what `Place.named` gives is not there."""
        name, fragment = self._target(named)
        if name not in self.files:
            return True
        is_place = name.endswith(PAGES) and fragment.lower() not in TOP
        return is_place and fragment not in self.leads(name).ids

    def _dead(self, path: str, lost: Collection[str]) -> Iterator[Dead]:
        """The links in the file *path* to what is *lost*, each address once."""
        text = read_text(self.folder / path)
        first: dict[str, Reference] = {}
        for reference in read_links(text, path).references:
            first.setdefault(reference.address, reference)
        for address, reference in first.items():
            named = self._place.named(address, path)
            if named and named in lost:
                name, fragment = self._target(named)
                line = text.count("\n", 0, reference.start) + 1
                yield Dead(path, line, address, name, fragment if name in self.files else "")

    def external(self) -> dict[str, list[str]]:
        """The addresses on other sites that pages lead to, each with these pages; both in order."""
        found: dict[str, list[str]] = {}
        for path in self.pages:
            page = read_links(read_text(self.folder / path), path)
            links = (each.address for each in page.references if each.is_link)
            for address in dict.fromkeys(map(clean, links)):
                if host(address) not in ("", self._place.host):
                    found.setdefault(address, []).append(path)
        return dict(sorted(found.items()))
