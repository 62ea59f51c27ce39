"""Kills a publication of a site before each of its steps, and looks whether the site is whole.

Steps are Python's audit events: each file that is opened, moved or removed is one. Run with a
folder, and with "at-once" or "in-two-steps". All of the site is new, or one language is, and the
others are borrowed.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from annai import staging
from annai.folders import files_below
from annai.staging import Staging

JAPANESE = ("ja/index.html",)
KEPT = {"en": ("index.html", "page.html"), "ar": ("index.html",)}
"""What is kept of languages that can be borrowed."""

FILES = ("index.html", "page.html", "ar/index.html", *JAPANESE)


def write(folder: Path, text: str, names: Iterable[str] = FILES) -> None:
    """Let the pages *names* of *folder* say *text*."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def state(site: Path, names: Iterable[str] = FILES) -> set[str]:
    """What the pages *names* of *site* say; one word if it is whole."""
    paths = [site / name for name in names]
    return {path.read_text() if path.is_file() else "missing" for path in paths}


def publish(site: Path, steps: int, new: Iterable[str]) -> None:
    """Publish a site with *new* pages, and be killed after so many *steps*; else end with 0."""
    place, parts = Staging(site), site.parent / "parts"
    write(place.part("ja"), "new", JAPANESE)
    left = iter(range(steps, -1, -1))

    def audit(event: str, arguments: object) -> None:
        if event != "os.kill" and next(left, 0) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(audit)
    if new == FILES:
        write(place.root, "new", set(FILES) - {*JAPANESE})
    else:
        assert place.borrow(parts / "en", "", ["ar", "ja"])
        assert place.borrow(parts / "ar", "ar")
    place.add("ja", "ja")
    place.publish()
    os._exit(0)


def count(folder: Path, way: str, new: Iterable[str]) -> int:
    """Try every step; how many there are."""
    site, parts, seen = folder / "site", folder / "parts", set()
    for steps in itertools.count():
        write(site, "old")
        for name, pages in KEPT.items():
            write(parts / name, "old", pages)
        (site / ".git").mkdir(exist_ok=True)
        pid = os.fork()
        if pid == 0:
            publish(site, steps, new)
        _, status = os.waitpid(pid, 0)
        now = state(site, new)
        assert way == "in-two-steps" or now in ({"old"}, {"new"}), (steps, now)
        Staging(site).discard()  # the next build
        now = state(site, new)
        assert now in ({"old"}, {"new"}), (steps, now)
        assert state(site, set(FILES).difference(new)) <= {"old"}, steps
        assert (site / ".git").is_dir(), steps
        assert {each.name for each in folder.iterdir()} == {"site", "parts"}, steps
        for name, pages in KEPT.items():
            assert {*files_below(parts / name)} == {*pages}, (steps, name)
            assert state(parts / name, pages) == {"old"}, (steps, name)
        seen |= now
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
    assert seen == {"old", "new"}
    return steps


def main(folder: Path, way: str) -> None:
    """Print how many steps there are, all new and with what is borrowed."""
    if way == "in-two-steps":
        staging._exchange_at_once = lambda new, old: False
    sys.stdout.write(" ".join(str(count(folder, way, new)) for new in (FILES, JAPANESE)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
