"""How long an edit takes until it is on the page that a generator serves."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request

from .generators import Site
from .measure import ENVIRON

PAUSE = 0.01
"""Seconds between two looks at the page."""
PATIENCE = 1200
"""Seconds that a server has for its first build."""


def seconds_to_page(site: Site, words: list[str]) -> list[float]:
    """How long each of *words*, added to a paragraph in one language, takes to be served.

    The site is built anew, and served with everything that the generator does for that.
    """
    site.clear()
    assert site.generator.serve
    host = f"127.0.0.1:{_free_port()}"
    server = subprocess.Popen(
        site.generator.serve(host),
        cwd=site.folder,
        env={**os.environ, **ENVIRON},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://{host}/{site.url}"
        _wait(server, address, site.paragraph)
        times = []
        for word in words:
            time.sleep(1)  # as a writer would, who reads the page before the next edit
            text = site.edit(word)
            start = time.perf_counter()
            _wait(server, address, text)
            times.append(time.perf_counter() - start)
        return times
    finally:
        server.terminate()
        server.wait()
        site.edit()


def _wait(server: subprocess.Popen[bytes], address: str, text: str) -> None:
    """Wait until the page at *address* has the paragraph *text*."""
    end = time.monotonic() + PATIENCE
    while f"{text}</p>" not in _page(address):
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"nothing serves {text!r} at {address}")
        time.sleep(PAUSE)


def _page(address: str) -> str:
    """The page at *address*; empty while there is none."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:
            text: str = response.read().decode("utf-8")
            return text
    except OSError:
        return ""


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        number: int = found.getsockname()[1]
        return number
