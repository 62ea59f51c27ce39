"""One site of the parts that several builds made of it (`annai.plan.ONLY`)."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Sequence
from pathlib import Path

from annai.errors import ContentError
from annai.folders import files_below
from annai.staging import Staging


def union(parts: Sequence[Path]) -> dict[str, Path]:
    """Every file of the *parts* by its path in the site, in the order of these paths.

    Raises ContentError for a part that is not there or is empty, and for two that do not agree.
    """
    found: dict[str, tuple[Path, Path]] = {}
    for part in parts:
        paths = list(files_below(part))
        if not paths:
            problem = "there is no part of a site" if not part.is_dir() else "this part is empty"
            raise ContentError(part, 1, problem, "name the folders that the builds wrote")
        for path in paths:
            file = part / path
            other, known = found.setdefault(path, (part, file))
            if not filecmp.cmp(known, file, shallow=False):
                problem = f"{path} differs in {other} and in {part}"
                fix = "build all parts of one commit, at one time (SOURCE_DATE_EPOCH), in folders"
                raise ContentError(file, 1, problem, f"{fix} that were empty")
    return {path: found[path][1] for path in sorted(found)}


def collect(files: dict[str, Path], place: Staging) -> None:
    """Copy *files*, by their paths in the site, to the root of *place*."""
    for path, file in files.items():
        target = place.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
