"""`mkdocs serve` shows what people type, and the last good page while something is wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from builds.test_reuse import EDITS, make_site, replaced

PATIENCE = 60
"""Seconds for a page to be there; on a machine with much to do."""


@contextmanager
def served(site: Path) -> Iterator[Callable[[str], str]]:
    """What gives the page at an address of *site*, below its folder, while `mkdocs serve` runs."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{found.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", host]
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with (site / "said.txt").open("wb") as said:
        server = subprocess.Popen(command, cwd=site, env=environ, stdout=said, stderr=said)

    def page(path: str) -> str:
        try:
            with urllib.request.urlopen(f"http://{host}/guide/{path}", timeout=PATIENCE) as found:
                return str(found.read().decode("utf-8"))
        except ConnectionError:
            return ""
        except OSError:
            assert server.poll() is None, (site / "said.txt").read_text("utf-8")
            return ""

    try:
        yield page
    finally:
        server.terminate()
        server.wait()


def wait_for(is_there: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_there():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_edit_shows_in_every_language_and_a_mistake_leaves_the_last_good_page(
    tmp_path: Path,
) -> None:
    site = make_site(tmp_path)
    said = site / "said.txt"
    with served(site) as page:
        wait_for(lambda: "Write down what you see." in page("guide/ask/"))
        assert "JA Ask the shop." in page("ja/guide/ask/")
        EDITS["a paragraph"](site)
        wait_for(lambda: "all that you see" in page("guide/ask/"))
        assert "all that you see" in page("ja/guide/ask/")
        EDITS["a translation"](site)
        wait_for(lambda: "店に聞いてください。" in page("ja/guide/ask/"))
        replaced("docs/guide/wait.md", "title: Wait", "title: [Wait")(site)
        wait_for(lambda: "docs/guide/wait.md:3: this is not YAML" in said.read_text("utf-8"))
        assert "all that you see" in page("guide/ask/")
        assert "店に聞いてください。" in page("ja/guide/ask/")
        replaced("docs/guide/wait.md", "title: [Wait", "title: Wait on")(site)
        wait_for(lambda: "<title>Wait on" in page("guide/wait/"))
