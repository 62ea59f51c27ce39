"""A place beside the site to build in, and the swap of the new site for the old one."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ABANDONED_AFTER = 3600
"""Seconds after which a staging folder is taken to be left over from a build that was killed."""


class Staging:
    """A folder next to *site*, on the same disk, that holds a site while it is being built.

    Nothing touches *site* until `publish`.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        prefix = f".{site.name}-"
        site.parent.mkdir(parents=True, exist_ok=True)
        for old in site.parent.glob(f"{prefix}*"):
            if time.time() - old.stat().st_mtime > ABANDONED_AFTER:
                shutil.rmtree(old, ignore_errors=True)
        self.folder = Path(tempfile.mkdtemp(prefix=prefix, dir=site.parent))
        self.root = self.folder / "root"
        self.root.mkdir()

    def part(self, name: str) -> Path:
        """A folder for a part of the site that another process builds."""
        return self.folder / "parts" / name

    def clear(self) -> None:
        """Empty `root`."""
        shutil.rmtree(self.root)
        self.root.mkdir()

    def add(self, name: str, folder: str) -> None:
        """Move *folder* of the part *name* into `root`. Raises FileExistsError if it is there."""
        target = self.root / folder
        if target.exists():
            raise FileExistsError(target)
        os.rename(self.part(name) / folder, target)

    def publish(self) -> None:
        """Put `root` in the place of the site, and remove what was there."""
        exchange(self.root, self.site)
        self.discard()

    def discard(self) -> None:
        """Remove the staging folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def exchange(new: Path, old: Path) -> None:
    """Put *new* where *old* is; *old*, if there is one, ends up where *new* was.

    One step where the system has such a call, so that *old* is never missing; else two, and
    if the second fails, the first is taken back.
    """
    if not old.exists():
        os.rename(new, old)
    elif not _exchange_at_once(new, old):
        aside = new.with_name(f"{new.name}-aside")
        os.rename(old, aside)
        try:
            os.rename(new, old)
        except OSError:
            os.rename(aside, old)
            raise
        os.rename(aside, new)


def _exchange_at_once(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system cannot.

    Linux: renameat2(2) with RENAME_EXCHANGE (2). macOS: renamex_np(2) with RENAME_SWAP (2).
    """
    if sys.platform not in ("linux", "darwin"):
        return False
    paths = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*paths, 2) == 0)
        here = -100  # AT_FDCWD, fcntl.h
        return bool(library.renameat2(here, paths[0], here, paths[1], 2) == 0)
    except (AttributeError, OSError):
        return False
