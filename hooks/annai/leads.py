"""Where finished files lead, noted by the build that made them: to read a whole site takes long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from annai.addresses import Place
from annai.folders import Stamp, stamp, stamps_below
from annai.links import OTHERS, PAGES, read_links, read_text
from annai.memory import digest, keep, program, recall


@dataclass(frozen=True)
class Leads:
    """What it takes of a file to know whether its links lead anywhere."""

    stamp: Stamp | None
    """Of the file as it was read (annai.folders)."""
    targets: Sequence[str]
    """Where it leads on its site, each once, as `Place.named` has it."""
    ids: Sequence[str]
    """What the fragments of addresses can name in it."""


def read_leads(folder: Path, path: str, place: Place) -> Leads:
    """The leads of the file *path* of the site in *folder*, which readers get at *place*."""
    made = stamp(folder / path)
    found = read_links(read_text(folder / path), path)
    named = (place.named(each, path) for each in {each.address for each in found.references})
    return Leads(made, sorted({each for each in named if each is not None}), sorted(found.ids))


def note_leads(folder: Path, site_url: str, file: Path) -> None:
    """Note the leads of what stands below *folder*, a part of the site at *site_url*, in *file*.

    What has not changed since that was last written is not read again.
    """
    noted, place = read_noted([file], site_url), Place(site_url)
    numbers: dict[str, int] = {}
    files = {}
    for path, made in stamps_below(folder).items():
        if not path.endswith((*PAGES, *OTHERS)):
            continue
        leads = noted.get(path)
        if leads is None or leads.stamp != made:
            leads = read_leads(folder, path, place)
        texts = leads.targets, leads.ids
        listed = [[numbers.setdefault(text, len(numbers)) for text in each] for each in texts]
        files[path] = [leads.stamp, *listed]
    keep(file, _version(site_url), {"texts": list(numbers), "files": files})


def read_noted(files: Iterable[Path], site_url: str) -> dict[str, Leads]:
    """What is noted in *files* of the site at *site_url*, by paths from its root."""
    found = {}
    for file in files:
        known = recall(file, _version(site_url)) or {"texts": [], "files": {}}
        texts = known["texts"]
        for path, (made, *listed) in known["files"].items():
            targets, ids = ([texts[number] for number in each] for each in listed)
            found[path] = Leads(made and tuple(made), targets, ids)
    return found


def _version(site_url: str) -> str:
    return digest(program(), site_url)
