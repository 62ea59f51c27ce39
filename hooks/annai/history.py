"""When pages were last changed, as git knows it: from one ``git log`` for all of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from functools import cache
from pathlib import Path

HEADER = "\1"
"""What a commit begins with in the output of `LOG`, and no name of a file."""

LOG = (
    "log", "-z", "--name-only", "--no-renames", "--no-show-signature", "--relative",
    f"--format={HEADER}%ct %P", "--", ".",
)  # fmt: skip
"""Every commit that changed something in a folder, with its time, its parents, and the files."""

QUIET = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"}
"""Environment of git: English messages; what a partial clone lacks is not asked for."""

SHALLOW = "this clone has only a part of the history; fetch all of it (fetch-depth: 0 in CI)"


@dataclass(frozen=True)
class History:
    """What git knows of a folder."""

    days: Mapping[str, date] = field(default_factory=dict)
    """From paths below the folder, with slashes, to the days (in UTC) of their last commits."""
    note: str = ""
    """Why some files, or all, have no day; empty if all that are committed have one."""


@cache
def read_history(folder: Path) -> History:
    """The history of the files below *folder*, read once in each build.

    Where there is no git, or no repository, it is empty. What is not committed does not count, so
    that all builds of a commit say the same. In a shallow clone the oldest commits seem to bring
    all files, so they count for nothing.
    """
    try:
        is_shallow = _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"
        days = parse_log(_git(folder, *LOG), is_shallow)
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip()
        return History(note=said.split("\n")[0])
    except OSError as error:
        return History(note=f"git: {error.strerror}")
    return History(days, SHALLOW if is_shallow else "")


def parse_log(output: str, is_shallow: bool = False) -> dict[str, date]:
    r"""The days of the last commits in the *output* of `LOG`, by path.

    Commits without parents are left out if the clone *is_shallow*.

    >>> parse_log("\1" "86400 b7\0\na.md\0\1" "0 \0\na.md\0b.md\0", is_shallow=True)
    {'a.md': datetime.date(1970, 1, 2)}
    """
    times: dict[str, int] = {}
    time, is_known = 0, False
    for record in output.split("\0"):
        if record.startswith(HEADER):
            said, parents = record[1:].split(" ", 1)
            time, is_known = int(said), bool(parents) or not is_shallow
        elif (path := record.removeprefix("\n")) and is_known:
            times[path] = max(time, times.get(path, 0))
    return {path: datetime.fromtimestamp(time, timezone.utc).date() for path, time in times.items()}


def _git(folder: Path, *command: str) -> str:
    """What git says to *command* in *folder*. Raises OSError or CalledProcessError."""
    result = subprocess.run(
        ["git", "-C", str(folder), *command],  # noqa: S607 (the one that the writers use)
        env={**os.environ, **QUIET},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    return result.stdout.decode("utf-8", "surrogateescape")
