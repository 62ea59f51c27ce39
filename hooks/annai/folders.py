"""What stands in a folder and the folders in it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

Stamp = tuple[int, int]
"""Size in bytes of a file, and the time of its last change in ns."""

NO_FILE = -1, -1
"""In the place of the stamp of a link that leads nowhere."""


def stamp(path: Path | os.DirEntry[str]) -> Stamp | None:
    """The stamp of the file *path*; None if there is none."""
    try:
        said = path.stat()
    except OSError:
        return None
    return said.st_size, said.st_mtime_ns


def files_below(folder: Path) -> Iterator[str]:
    """The paths of all files below *folder*, from there and with slashes."""
    return (path for path, _ in _below(folder, ""))


def stamps_below(folder: Path, without: Collection[str] = ()) -> dict[str, Stamp]:
    """The stamps of all files below *folder*, by their paths, but for the names *without* in it."""
    return {path: stamp(entry) or NO_FILE for path, entry in _below(folder, "", without)}


def _below(
    folder: str | Path, start: str, without: Collection[str] = ()
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files below *folder*, whose paths have *start* before them; linked folders have none."""
    try:
        entries = sorted(os.scandir(folder), key=lambda each: each.name)
    except OSError:
        return
    for entry in entries:
        if entry.name in without:
            continue
        if not entry.is_dir():
            yield f"{start}{entry.name}", entry
        elif not entry.is_symlink():
            yield from _below(entry.path, f"{start}{entry.name}/")
