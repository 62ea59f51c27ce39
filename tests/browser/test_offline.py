"""The site without a connection, with the real service worker."""

from __future__ import annotations

import functools
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from annai.offline import LIST, SHARED, WORKER, listing
from annai.responses import HEADERS, headers_file
from browser.conftest import Handler, listen, served, settle
from builds.building import ROOT, SITES, build

FOLDERS = ("", "ar/", "ja/", "zh-Hans/")
SCRIPTS = ROOT / "overrides" / "assets" / "javascripts" / "offline"
ARTICLE = "ja/problems/hacked/"
STYLE = "styles/site.css"

SEEN = f"""async () => {{
  const read = async (path) => (await fetch(new URL(path, __md_scope))).text();
  const style = await read("{STYLE}").catch(() => "--version: none;");
  const root = document.documentElement;
  const used = getComputedStyle(root).getPropertyValue("--version").trim();
  return [root.dataset.version, used, style.match(/--version: (\\w+)/)[1]];
}}"""
"""The versions of the page that is shown, of a style sheet that it uses, and of one it asks for."""

KEPT = f"""async (folder) => {{
  const scope = __md_scope.href;
  const state = await (await caches.match(scope, {{cacheName: `annai ${{scope}} state`}}))?.json();
  const cacheName = state?.kept[folder]?.name;
  const style = cacheName && await caches.match(`${{scope}}{STYLE}`, {{cacheName}});
  const names = (await caches.keys()).filter((name) => !name.endsWith(" state"));
  return [style && (await style.text()).match(/--version: (\\w+)|$/)[1], names.length];
}}"""
"""The version that is kept of a language, and how many caches there are."""


@dataclass
class Server:
    """A copy of the site below a folder of a host, which a test can change and disturb."""

    folder: Path
    address: str = ""
    asked: list[str] = field(default_factory=list)
    """What was asked for, from the root of the site."""
    answers: threading.Event = field(default_factory=threading.Event)
    """Whether pages get an answer."""
    max_age: int = 600
    """For how many seconds browsers need not ask again; some hosts say so of everything."""
    is_broken: bool = False
    """Whether each page is a failure of the server."""

    def publish(self, version: str, folder: str = "ja/") -> None:
        """Put another version of a language there, and of a file that all languages share."""
        for path in (self.folder / folder).rglob("index.html"):
            html = re.sub(" data-version=\\w+", "", path.read_text("utf-8"))
            path.write_text(html.replace("<html", f"<html data-version={version}", 1), "utf-8")
        (self.folder / STYLE).write_text(f":root {{ --version: {version}; }}", "utf-8")
        for name, answer in ((SHARED, ""), (folder, f"{folder}offline/")):
            path = self.folder / name / LIST
            listed = json.loads(path.read_text("utf-8"))["files"]
            files = [f"{each}index.html" if each.endswith("/") else each for each in listed]
            path.write_bytes(listing(self.folder, files, answer))


class Disturbed(Handler):
    """Answers as a test wants it to."""

    def __init__(self, *arguments: Any, copy: Server, directory: str) -> None:
        self.copy = copy
        super().__init__(*arguments, directory=directory)

    def end_headers(self) -> None:
        """Say how long the answer counts."""
        self.send_header("Cache-Control", f"max-age={self.copy.max_age}")
        super().end_headers()

    def do_GET(self) -> None:
        """Note what is asked for; pages may have to wait, or fail."""
        self.copy.asked.append(self.path.removeprefix("/copy/"))
        is_page = self.path.partition("?")[0].endswith("/")
        if is_page:
            self.copy.answers.wait(20)
        if is_page and self.copy.is_broken:
            self.send_error(503)
        else:
            super().do_GET()


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Iterator[Server]:
    """A copy of the site, served."""
    server = Server(Path(shutil.copytree(site, tmp_path / "copy")))
    server.answers.set()
    (tmp_path / HEADERS).write_text(headers_file("https://a.example/copy/", "", FOLDERS), "utf-8")
    with served(tmp_path, functools.partial(Disturbed, copy=server)) as found:
        server.address = f"{found}copy/"
        yield server
        server.answers.set()


@pytest.fixture
def reader(browser: Browser, copy: Server) -> Iterator[Page]:
    """A page in a browser that has never been on the copy."""
    context = browser.new_context(base_url=copy.address)
    yield context.new_page()
    context.close()


def act(page: Page) -> None:
    """Do something that means nothing."""
    page.keyboard.press("Shift")


def keep(page: Page, version: str, folder: str = "ja/") -> None:
    """Act on a page of a language until this version of it is kept."""
    kept = f"({KEPT})('{folder}').then(([version]) => version)"
    wait_for(page, kept, version, lambda: visit(page, folder))


def visit(page: Page, folder: str) -> None:
    """Open a page of a language, and act."""
    page.goto(folder)
    act(page)


def wait_for(page: Page, script: str, expected: Any, work: Callable[[], Any]) -> None:
    """Do this *work*, again if need be, until *script*, a promise, has the value expected.

    A worker may be without a connection for a moment longer than the page, and what it could not
    get it gets when the reader acts on another page.
    """
    for count in range(600):
        if count % 150 == 0:
            work()
        if (found := page.evaluate(script)) == expected:
            return
        page.wait_for_timeout(100)
    raise AssertionError(found)


def seen(page: Page, path: str) -> list[str]:
    """The versions of the page at *path*, and of a file that it asks for."""
    page.goto(path)
    versions: list[str] = page.evaluate(SEEN)
    return versions


def end_worker(page: Page) -> None:
    """End the worker as browsers do when it has nothing to do: it forgets what is in memory."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()


def test_pages_the_search_and_the_checklist_work_without_a_connection(
    reader: Page, copy: Server
) -> None:
    complaints = listen(reader, copy.address)
    reader.goto("ja/")
    line = reader.locator(".annai-offline")
    expect(line).to_be_empty()
    act(reader)
    expect(line).to_have_text("このヘルプセンターは、オフラインでも読めます。", timeout=30_000)
    expect(line).to_have_attribute("aria-live", "polite")
    asked = {path for path in copy.asked if path.endswith("/") and "?" not in path}
    assert f"{ARTICLE}" in asked
    assert {path.partition("/")[0] for path in asked} == {"ja"}, "no other language"
    reader.context.set_offline(True)
    for path in ("ja/", f"{ARTICLE}?h=a#police", f"{ARTICLE}index.html", "ja/talk/etiquette"):
        reader.goto(path)
        expect(line).to_contain_text("オフラインです")
    reader.locator(".md-search__input").fill("出金")
    reader.locator(".md-search__input").press("End")
    expect(reader.locator(".md-search-result__item").first).to_contain_text("出金")
    headers = "async (path) => [...(await fetch(path)).headers].join()"
    assert "default-src 'none'" in reader.evaluate(
        headers, f"{copy.address}assets/javascripts/search/worker.js"
    )
    reader.goto("ja/prepare/ticket-checklist/")
    form = reader.locator("#questions")
    form.get_by_role("textbox").first.fill("bitbank")
    form.locator("[data-do=next]").click()
    expect(form.locator("[data-step]:visible")).to_have_count(1)
    assert complaints == []


def test_nothing_is_asked_before_the_reader_acts(reader: Page, copy: Server) -> None:
    for path in ("ja/", f"{ARTICLE}#if-you-still-have-access"):
        reader.goto(path)
        settle(reader)
        count = len(copy.asked)
        reader.wait_for_timeout(1_500)
        assert copy.asked[count:] == []
    assert WORKER not in copy.asked
    assert reader.evaluate("navigator.serviceWorker.getRegistrations()") == []
    assert reader.evaluate("caches.keys()") == []


def test_a_browser_that_is_never_idle_keeps_the_language(reader: Page, copy: Server) -> None:
    reader.add_init_script(
        "requestIdleCallback = (work, {timeout} = {}) => timeout && setTimeout(work, timeout)"
    )
    copy.publish("one")
    keep(reader, "one")


def test_nothing_is_kept_for_readers_who_save_data(reader: Page, copy: Server) -> None:
    reader.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    visit(reader, "ja/")
    reader.wait_for_timeout(1_500)
    assert WORKER not in copy.asked


def test_a_new_version_is_seen_at_once_and_kept_as_a_whole(reader: Page, copy: Server) -> None:
    copy.publish("one")
    keep(reader, "one")
    copy.publish("two")
    for path in ("ja/talk/etiquette/", "ja/glossary/"):
        assert seen(reader, path) == ["two"] * 3, "who has a connection gets what is there"
    reader.context.set_offline(True)
    assert reader.evaluate(SEEN) == ["two", "two", "none"], (
        "a page from there gets nothing of the old"
    )
    assert seen(reader, ARTICLE) == ["one"] * 3
    reader.context.set_offline(False)
    keep(reader, "two")
    reader.context.set_offline(True)
    assert seen(reader, ARTICLE) == ["two"] * 3


def test_an_open_page_keeps_its_version_while_another_takes_its_place(
    reader: Page, copy: Server
) -> None:
    copy.publish("one")
    keep(reader, "one")
    reader.context.set_offline(True)
    assert seen(reader, ARTICLE) == ["one"] * 3
    reader.context.set_offline(False)
    copy.publish("two")
    other = reader.context.new_page()
    wait_for(other, f"({KEPT})('ja/')", ["two", 2], lambda: visit(other, "ja/"))
    assert reader.evaluate(SEEN) == ["one"] * 3
    end_worker(reader)
    assert reader.evaluate(SEEN) == ["one"] * 3, "what a page came from is written down"
    reader.context.set_offline(True)
    assert seen(other, ARTICLE) == ["two"] * 3


def test_a_version_that_does_not_arrive_as_a_whole_is_not_used(reader: Page, copy: Server) -> None:
    copy.publish("one")
    keep(reader, "one")
    copy.publish("two")
    mixed = copy.folder / "ja" / "glossary" / "index.html"
    right = mixed.read_text("utf-8")
    mixed.write_text(f"{right}<!-- of another version -->", "utf-8")
    for _ in range(2):
        count = len(copy.asked)
        visit(reader, "ja/")
        for _ in range(300):  # as long as a busy machine takes
            if "ja/glossary/" in copy.asked[count:]:
                break
            reader.wait_for_timeout(100)
        assert "ja/glossary/" in copy.asked[count:]
        reader.wait_for_timeout(1_000)
        assert reader.evaluate(f"({KEPT})('ja/')")[0] == "one"
    reader.context.set_offline(True)
    assert seen(reader, ARTICLE) == ["one"] * 3
    reader.context.set_offline(False)
    mixed.write_text(right, "utf-8")
    count = len(copy.asked)
    keep(reader, "two")
    again = [path for path in copy.asked[count:] if path.startswith("ja/") and path.endswith("/")]
    assert len(again) < 30, "what had arrived is not asked for again"


@pytest.mark.parametrize("is_broken", [True, False])
def test_where_the_server_fails_or_is_silent_the_kept_page_comes_with_its_own_files(
    is_broken: bool, reader: Page, copy: Server
) -> None:
    copy.publish("one")
    keep(reader, "one")
    copy.publish("two")
    copy.is_broken = is_broken
    if not is_broken:
        copy.answers.clear()
    assert seen(reader, ARTICLE) == ["one"] * 3


def test_a_page_that_is_not_kept_is_answered_in_the_language_of_the_reader(
    reader: Page, copy: Server
) -> None:
    complaints = listen(reader, copy.address)
    copy.publish("one")
    keep(reader, "one")
    reader.context.set_offline(True)
    reader.goto("ar/problems/hacked/")
    assert reader.url == f"{copy.address}ja/offline/#ar/problems/hacked/"
    expect(reader.locator("h1")).to_have_text("オフラインではこのページを見られません")
    reader.context.set_offline(False)
    reader.get_by_role("link", name="もう一度試す").click()
    expect(reader.locator("html")).to_have_attribute("lang", "ar")
    assert reader.url == f"{copy.address}ar/problems/hacked/"
    reader.goto("ja/offline/#//evil.example/")
    again = reader.get_by_role("link", name="もう一度試す")
    assert again.evaluate("link => link.href").startswith(copy.address)
    assert complaints == []


def test_what_could_not_be_kept_is_kept_once_the_connection_is_back(
    reader: Page, copy: Server
) -> None:
    copy.publish("one")
    reader.goto("ja/")
    copy.is_broken = True
    count = len(copy.asked)
    act(reader)
    for _ in range(300):
        if "ja/glossary/" in copy.asked[count:]:
            break
        reader.wait_for_timeout(100)
    kept = f"({KEPT})('ja/').then(([version]) => version ?? null)"
    assert reader.evaluate(kept) is None
    reader.context.set_offline(True)
    copy.is_broken = False
    reader.context.set_offline(False)
    wait_for(reader, kept, "one", lambda: None)


def test_who_reads_another_language_keeps_both(reader: Page, copy: Server) -> None:
    copy.publish("one")
    keep(reader, "one")
    copy.publish("one", "ar/")
    wait_for(reader, f"({KEPT})('ar/')", ["one", 2], lambda: visit(reader, "ar/"))
    reader.context.set_offline(True)
    assert seen(reader, "ar/problems/hacked/") == ["one"] * 3
    assert seen(reader, ARTICLE) == ["one"] * 3
    reader.goto("problems/hacked/")
    assert "/ar/offline/" in reader.url, "the language read last"


def test_switched_off_the_worker_ends_itself_and_nothing_stays(reader: Page, copy: Server) -> None:
    copy.max_age = 0
    copy.publish("one")
    keep(reader, "one")
    reader.context.set_offline(True)
    assert seen(reader, ARTICLE) == ["one"] * 3
    reader.context.set_offline(False)
    copy.publish("two")
    shutil.copy(SCRIPTS / "off.js", copy.folder / WORKER)
    other = reader.context.new_page()
    other.goto("ja/")
    update = "navigator.serviceWorker.getRegistration().then((each) => each?.update())"
    wait_for(other, "caches.keys()", [], lambda: other.evaluate(update))
    assert reader.evaluate(SEEN) == ["one", "one", "none"], (
        "an open page gets nothing of the new version"
    )
    reader.close()
    assert seen(other, ARTICLE) == ["two"] * 3
    wait_for(other, "navigator.serviceWorker.getRegistrations()", [], lambda: None)
    other.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        other.goto("ja/")


def test_a_site_without_folders_is_read_the_same_way(browser: Browser, tmp_path: Path) -> None:
    site = build(SITES / "read-without-a-connection", tmp_path / "site")
    with served(site) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        complaints = listen(page, address)
        page.goto("ja/index.html")
        act(page)
        expect(page.locator(".annai-offline")).not_to_be_empty(timeout=30_000)
        context.set_offline(True)
        for path in ("ja/", "ja/index.html", "ja/ガイド/使い方.html", "ja/ガイド/使い方"):
            page.goto(path)
            expect(page.locator("html")).to_have_attribute("lang", "ja")
            assert "offline" not in page.url
        page.goto("nowhere.html")
        assert page.url == f"{address}ja/offline.html#nowhere.html"
        assert complaints == []
        context.close()
