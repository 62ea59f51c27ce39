"""Kills a publication of a site before each of its steps, and looks whether the site is whole.

Steps are Python's audit events: each file that is opened, moved or removed is one. Run with a
folder, and with "at-once" or "in-two-steps".
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path

from annai import staging
from annai.staging import Staging

FILES = ("index.html", "page.html", "ja/index.html")


def write(folder: Path, text: str) -> None:
    """Make *folder* a site that says *text* on each page."""
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def state(site: Path) -> set[str]:
    """What the pages of *site* say; one word if it is whole."""
    paths = [site / name for name in FILES]
    return {path.read_text() if path.is_file() else "missing" for path in paths}


def publish(site: Path, steps: int) -> None:
    """Publish a new site, and be killed after so many *steps*; else end with 0."""
    place = Staging(site)
    write(place.root, "new")
    left = iter(range(steps, -1, -1))

    def audit(event: str, arguments: object) -> None:
        if event != "os.kill" and next(left, 0) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(audit)
    place.publish()
    os._exit(0)


def main(folder: Path, way: str) -> None:
    """Try every step; print how many there are."""
    if way == "in-two-steps":
        staging._exchange_at_once = lambda new, old: False
    site = folder / "site"
    seen = set()
    for steps in itertools.count():
        write(site, "old")
        (site / ".git").mkdir(exist_ok=True)
        pid = os.fork()
        if pid == 0:
            publish(site, steps)
        _, status = os.waitpid(pid, 0)
        assert way == "in-two-steps" or state(site) in ({"old"}, {"new"}), (steps, state(site))
        Staging(site).discard()  # the next build
        assert state(site) in ({"old"}, {"new"}), (steps, state(site))
        assert (site / ".git").is_dir(), steps
        assert [each.name for each in folder.iterdir()] == ["site"], steps
        seen |= state(site)
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
    assert seen == {"old", "new"}
    sys.stdout.write(f"{steps}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
