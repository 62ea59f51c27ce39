"""What earlier builds made of each language, for builds that would make the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annai.folders import Stamp, stamps_below
from annai.memory import keep, recall

Asked = Mapping[str, Iterable[str]]
"""Texts whose translations into other languages a build asked for, by the folders of these."""


@dataclass(frozen=True)
class Part:
    """The files of one language as they were built, and what the build said."""

    folder: Path
    files: Mapping[str, Stamp]
    """Their stamps, by their paths below the folder."""
    warnings: tuple[tuple[str, str], ...]
    """Level and text of each."""

    def put(self, target: Path) -> None:
        """Have the files stand below the folder *target*, too."""
        link(self.folder, self.files, target)

    def is_at(self, target: Path, others: Collection[str]) -> bool:
        """Whether the files stand below *target*, with nothing beside but what *others* names."""
        return self.files == stamps_below(target, others)


class Parts:
    """The parts that are kept in *folder*. Whoever deletes it loses time only.

    A part shares its files with the sites that were made of it, so one that anybody has changed
    in place since is not used again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def asked(self, name: str) -> Asked:
        """What the build of the part *name* asked of other languages; nothing if it is not kept."""
        found: Asked = recall(self._note(name, "asked"), "") or {}
        return found

    def find(self, name: str, version: str) -> Part | None:
        """The part *name*, if it is kept in this *version* and whole."""
        known = recall(self._note(name, "part"), version)
        folder = self.folder / name
        files = stamps_below(folder)
        if known is None or known["files"] != {path: [*each] for path, each in files.items()}:
            return None
        warnings = tuple((level, text) for level, text in known["warnings"])
        return Part(folder, files, warnings)

    def keep(
        self,
        name: str,
        version: str,
        built: Path,
        warnings: Iterable[tuple[str, str]],
        asked: Asked,
    ) -> None:
        """Keep the files below the folder *built* as the part *name*.

        Where nothing can be written, nothing is kept.
        """
        try:
            _replace(self.folder / name, built)
        except OSError:
            return
        files = stamps_below(self.folder / name)
        keep(self._note(name, "part"), version, {"files": files, "warnings": list(warnings)})
        keep(self._note(name, "asked"), "", {each: sorted(texts) for each, texts in asked.items()})

    def _note(self, name: str, what: str) -> Path:
        return self.folder / f"{name}.{what}.json"


def _replace(old: Path, new: Path) -> None:
    """Have the files below *new*, and no others, stand below *old*."""
    before, after = stamps_below(old), stamps_below(new)
    for path in before:
        if before[path] != after.get(path):
            (old / path).unlink()
            with suppress(OSError):  # other files are in the folder
                os.removedirs((old / path).parent)
    link(new, [path for path in after if before.get(path) != after[path]], old)


def link(source: Path, paths: Iterable[str], target: Path) -> None:
    """Have the files *paths* of *source* stand below *target*, as copies where links cannot be."""
    for path in paths:
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source / path, place)
        except OSError:
            shutil.copy2(source / path, place)
