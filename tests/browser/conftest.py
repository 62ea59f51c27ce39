"""The site of this repository, served on this machine and opened in Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from builds.building import ROOT, build

ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files with the headers that the site asks for, and says nothing."""

    def handle(self) -> None:
        """Answer; a reader may leave before the whole answer has come."""
        with suppress(ConnectionError):
            super().handle()

    def end_headers(self) -> None:
        """Add what the file ``_headers`` says for the address."""
        path = self.path.partition("?")[0]
        for pattern, name, value in header_rules(Path(self.directory)):
            if fnmatchcase(path, pattern):
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """Stay silent."""


@functools.cache
def header_rules(site: Path) -> list[tuple[str, str, str]]:
    """Pattern of addresses, name and value of each header in the file ``_headers`` of *site*."""
    rules, pattern = [], ""
    for line in (site / "_headers").read_text("utf-8").split("\n"):
        if line.startswith("/"):
            pattern = line
        elif line:
            name, _, value = line.strip().partition(": ")
            rules.append((pattern, name, value))
    return rules


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    return build(ROOT, tmp_path_factory.mktemp("browser") / "site")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with served(site) as found:
        yield found


@contextmanager
def served(site: Path, handler: Callable[..., Handler] = Handler) -> Iterator[str]:
    """The address of the folder *site* on this machine."""
    serve = functools.partial(handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


def launched(playwright: Playwright) -> Browser:
    """Chromium, the installed one if there is one."""
    return playwright.chromium.launch(executable_path=installed(), args=arguments())


def installed() -> str | None:
    """Where Chromium is on this machine, if it is installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def arguments() -> list[str]:
    """What Chromium is started with."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [*ARGUMENTS, *as_root]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page; the test fails if the site says anything in the console, or asks another site."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    complaints = listen(opened, address)
    yield opened
    context.close()
    assert complaints == []


def settle(page: Page) -> None:
    """Wait until *page* is loaded and has asked for nothing for two seconds.

    The browser calls a network idle that nobody used for half a second; a busy machine may need
    longer between two things that a page asks for.
    """
    page.wait_for_load_state("load")
    asked = [""]
    page.on("request", lambda request: asked.append(request.url))
    while asked:
        asked.clear()
        page.wait_for_timeout(2000)


def listen(page: Page, address: str) -> list[str]:
    """What is wrong with *page* while it is used, added as it happens.

    That is whatever it says in the console, what its policy forbids included, whatever it asks
    another site than the one at *address*, and whatever it asks in vain.
    """
    complaints: list[str] = []
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (violation) => "
        "console.error('policy', violation.violatedDirective, violation.blockedURI))"
    )
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(address) else complaints.append(request.url),
    )
    page.on(
        "response",
        lambda reply: (
            complaints.append(f"{reply.status} {reply.url}") if reply.status >= 400 else None
        ),
    )
    return complaints
