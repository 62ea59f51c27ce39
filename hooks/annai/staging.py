"""A place beside the site to build in, and the swap of the new site for the old one."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from pathlib import Path

from annai.errors import ContentError

OWNER = "process-id"
"""The file in a staging folder that names the process which builds in it."""


class Staging:
    """A folder next to *site*, on the same disk, that holds a site while it is being built.

    Nothing touches *site* until `publish`, which keeps hidden files and folders that the new
    site lacks, as MkDocs does (``.git`` of a published branch, ``.nojekyll``).
    """

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()
        if self.site.exists() and not self.site.is_dir():
            raise ContentError(site, 1, "this is a file, no site", "choose another site_dir")
        prefix = f".{self.site.name}.annai-"
        self.site.parent.mkdir(parents=True, exist_ok=True)
        for folder in self.site.parent.iterdir():
            if folder.name.startswith(prefix) and _is_abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)
        self.folder = Path(tempfile.mkdtemp(prefix=prefix, dir=self.site.parent))
        (self.folder / OWNER).write_text(str(os.getpid()), "ascii")
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
        kept = [] if not self.site.is_dir() else _hidden(self.site, self.root)
        if os.path.ismount(self.site):
            _refill(self.site, self.root)
        else:
            exchange(self.root, self.site)
            for name in kept:
                os.rename(self.root / name, self.site / name)
        self.discard()

    def discard(self) -> None:
        """Remove the staging folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    """Whether the process that built in the staging folder *folder* has ended."""
    if os.name != "posix":
        return False  # os.kill would end the process, and there is no other way to ask
    try:
        os.kill(int((folder / OWNER).read_text("ascii")), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):
        return False
    return False


def _hidden(site: Path, new: Path) -> list[str]:
    """The hidden entries of *site* that *new* lacks."""
    names = (path.name for path in site.iterdir() if path.name.startswith("."))
    return [name for name in names if not (new / name).exists()]


def _refill(site: Path, new: Path) -> None:
    """Put the contents of *new* into *site*, a mount point, which cannot be moved."""
    for path in site.iterdir():
        if not path.name.startswith("."):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(new, site, dirs_exist_ok=True)


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
