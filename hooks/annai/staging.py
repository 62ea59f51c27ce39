"""A place beside the site to build in, and the swap of the new site for the old one."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from annai.errors import ContentError

KEPT = "kept"
"""The file in a staging folder that lists what the new site takes over from the old one."""

LENT = "lent"
"""The file in a staging folder that lists folders of the new site, each with the place that it was
borrowed from, or none if it must not go there along with what it is in: lines of JSON."""

ASIDE = "aside"
"""Where the old site is in a staging folder while the new one takes its place."""

FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""What the system says if a disk takes no more, or no more of this user, or no file so large."""


class Staging:
    """A folder next to *site*, on the same disk, that holds a site while it is being built.

    Nothing touches *site* until `publish`, which keeps hidden files and folders that the new
    site lacks, as MkDocs does (``.git`` of a published branch, ``.nojekyll``). What a build that
    was killed left behind is removed, and what it had of the old site put back before.
    """

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()
        if self.site.exists() and not self.site.is_dir():
            raise ContentError(site, 1, "this is a file, no site", "choose another site_dir")
        prefix = f".{self.site.name}.annai-"
        self.site.parent.mkdir(parents=True, exist_ok=True)
        for folder in self.site.parent.iterdir():
            if folder.name.startswith(prefix) and _has_ended(folder.name.removeprefix(prefix)):
                _rescue(folder, self.site)
                shutil.rmtree(folder, ignore_errors=True)
        own = f"{prefix}{os.getpid()}-"  # whose it is, from the first moment to the last
        self.folder = Path(tempfile.mkdtemp(prefix=own, dir=self.site.parent))
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

    def borrow(self, owner: Path, folder: str, others: Iterable[str] = ()) -> bool:
        """Move *owner* to *folder* in `root`, or in the place of `root`, which is empty so far.

        In the end it gets its own back, or what the old site has there, which has to be the same,
        but for its folders *others*. False if it cannot be moved, as to another disk.
        """
        pairs = [(folder, str(owner)), *((each, "") for each in others)]
        with (self.folder / LENT).open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(pair)}\n" for pair in pairs)
        try:
            os.rename(owner, self.root / folder)
        except OSError:
            return False
        return True

    @property
    def hidden(self) -> list[str]:
        """The names of what the new site takes over from the old one."""
        return _hidden(self.site, self.root) if self.site.is_dir() else []

    def publish(self) -> None:
        """Put `root` in the place of the site, and remove what was there."""
        kept = self.hidden
        if os.path.ismount(self.site):
            _refill(self.site, self.root)
        else:
            (self.folder / KEPT).write_text("\n".join(kept), "utf-8")
            exchange(self.root, self.site)
            _take_over(self.root, self.site, kept)
        self.discard()

    def discard(self) -> None:
        """Remove the staging folder; `publish` may have been ended in the middle."""
        _rescue(self.folder, self.site)
        shutil.rmtree(self.folder, ignore_errors=True)


def no_room(error: OSError, folder: Path) -> str:
    """What to tell a person of *error*, one of `FULL`, that came up while *folder* was written."""
    reason = os.strerror(error.errno or 0)
    return f"{reason[:1].lower()}{reason[1:]}: {folder}\nfix: make room there, and build again"


def _has_ended(name: str) -> bool:
    """Whether the process whose id *name* begins with has ended.

    One with the id of this process has: in a container, each build may get the same.
    """
    if name.startswith(f"{os.getpid()}-"):
        return True
    if os.name != "posix":
        return False  # os.kill would end the process, and there is no other way to ask
    try:
        os.kill(int(name.partition("-")[0]), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):
        return False
    return False


def _rescue(folder: Path, site: Path) -> None:
    """Put back what the staging folder *folder* of a build that ended has of *site*.

    That is all of it, if the end came between the first two steps of `exchange`, and hidden
    files, if it came later. What was borrowed goes back, too.
    """
    if not site.exists() and (folder / ASIDE).is_dir():
        os.rename(folder / ASIDE, site)
    if (folder / KEPT).is_file() and site.is_dir():
        for old in (folder / ASIDE, folder / "root"):
            _take_over(old, site, (folder / KEPT).read_text("utf-8").splitlines())
    if (folder / LENT).is_file():
        old = folder / ASIDE if (folder / ASIDE).is_dir() else folder / "root"
        for line in reversed((folder / LENT).read_text("utf-8").splitlines()):
            with suppress(ValueError):  # a line that the disk did not take, so nothing was moved
                name, owner = json.loads(line)
                _give_back(old / name, owner)


def _give_back(lent: Path, owner: str) -> None:
    """Put *lent* where its *owner* is missing, or remove it if it has none."""
    try:
        if not owner:
            shutil.rmtree(lent)
        else:
            os.rename(lent, owner)
    except OSError:
        return  # whoever misses it makes it anew


def _take_over(old: Path, new: Path, names: Iterable[str]) -> None:
    """Move the entries *names* of the site *old* that *new* lacks there."""
    for name in names:
        if (old / name).exists() and not (new / name).exists():
            os.rename(old / name, new / name)


def _hidden(site: Path, new: Path) -> list[str]:
    """The hidden entries of *site* that *new* lacks."""
    names = (path.name for path in site.iterdir() if path.name.startswith("."))
    return [name for name in names if not (new / name).exists()]


def _refill(site: Path, new: Path) -> None:
    """Put the contents of *new* into *site*, a mount point, which cannot be moved.

    All is copied to that disk before anything there is touched: it may be too small for both.
    """
    for left in site.glob(".annai-*"):
        shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=".annai-", dir=site))
    try:
        shutil.copytree(new, place / "new")
        (place / "old").mkdir()
        for path in site.iterdir():
            if not path.name.startswith(".") or (new / path.name).exists():
                os.rename(path, place / "old" / path.name)
        for path in (place / "new").iterdir():
            os.rename(path, site / path.name)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def exchange(new: Path, old: Path) -> None:
    """Put *new* where *old* is; *old*, if there is one, ends up where *new* was.

    One step where the system has such a call, so that *old* is never missing; else three, and
    if the second fails, the first is taken back.
    """
    if not old.exists():
        os.rename(new, old)
    elif not _exchange_at_once(new, old):
        aside = new.with_name(ASIDE)
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
