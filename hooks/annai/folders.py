"""What stands in a folder and the folders in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def files_below(folder: Path) -> Iterator[str]:
    """The paths of all files below *folder*, from there and with slashes."""
    for name, _, files in os.walk(folder):
        path = Path(name).relative_to(folder).as_posix()
        start = "" if path == "." else f"{path}/"
        yield from (f"{start}{each}" for each in files)
