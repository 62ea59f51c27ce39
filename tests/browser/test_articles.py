"""An article: its steps, where it leads in the end, what readers say about it, and paper."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Handler, listen, served, settle
from builds.building import ROOT, SITES, build

ARTICLE = "problems/hacked/"
STUCK = ["start/choose-channel/", "prepare/ticket-checklist/", "talk/follow-up/"]
SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"
AXE = ROOT / ".venv" / "node" / "node_modules" / "axe-core" / "axe.min.js"
PARTS = [".md-path", ".annai-reviewed", "article > ol", ".annai-after"]
CLIPBOARD = ["clipboard-read", "clipboard-write"]
REPORTS = {
    "": "Page: My account was hacked\nAddress: /problems/hacked/\nLanguage: English (en)\n"
    "Section: The whole page\nDate: {day}\n\nNo word of <b>my phone</b> & {text}",
    "ja/": "ページ：アカウントが乗っ取られた\nアドレス：/ja/problems/hacked/\n言語：日本語 (ja)\n"
    "項目：ページ全体\n日付：{day}\n\nNo word of <b>my phone</b> & {text}",
    "ar/": "الصفحة: ⁨تعرّض حسابي للاختراق⁩\nالعنوان: ⁨/ar/problems/hacked/⁩\nاللغة: ⁨العربية (ar)⁩\n"
    "القسم: ⁨الصفحة كلها⁩\nالتاريخ: ⁨{day}⁩\n\nNo word of <b>my phone</b> & {text}",
}


def opened(page: Page, address: str = ARTICLE) -> Page:
    """The article, with the report for a reader whom it did not help."""
    page.goto(address)
    page.locator("[data-do=no]").click()
    expect(page.locator("#annai-report")).to_be_visible()
    return page


def said(page: Page) -> str:
    """What the question says last."""
    return page.locator(".annai-helpful [role=status]").inner_text()


# The way to it, and from it


@pytest.mark.parametrize("folder", REPORTS)
def test_every_article_and_the_checklist_offer_the_same_help_in_the_same_order(
    folder: str, site: Path
) -> None:
    for path in ("problems/hacked", "security/never-share", *(each.rstrip("/") for each in STUCK)):
        html = (site / folder / path / "index.html").read_text("utf-8")
        listed = html.partition('id="annai-stuck"')[2].partition("</nav>")[0]
        links = [link.lstrip("./") for link in re.findall('href="([^"]*)"', listed)]
        expected = [each for each in STUCK if each != f"{path}/"]
        assert [next(each for each in STUCK if each.endswith(link)) for link in links] == expected
        assert listed.count('class="annai-card__text"') == len(expected)
        related = html.partition('id="annai-related"')[2].partition("</nav>")[0]
        assert not [each for each in STUCK if each in related], "twice on a page"


def test_pages_that_are_no_articles_do_not_ask(site: Path) -> None:
    for path in ("", "articles/", "translations/", "prepare/ticket-checklist/", "404.html"):
        name = path if path.endswith(".html") else f"{path}index.html"
        assert "annai-helpful" not in (site / name).read_text("utf-8"), name
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        assert html.count('id="annai-related"') <= 1, path
        assert html.count('class="annai-reviewed"') <= 1, path


@pytest.mark.parametrize("folder", REPORTS)
def test_an_article_tells_where_it_is_and_leads_to_the_one_before(folder: str, page: Page) -> None:
    page.goto(f"{folder}problems/account-locked/")
    home = page.locator(".md-path a").first
    assert home.evaluate("each => each.href") == page.evaluate(f"origin + '/{folder}'")
    names = page.get_by_role("navigation").evaluate_all("all => all.map((each) => each.ariaLabel)")
    assert len(set(names) - {None}) == len([name for name in names if name])
    page.locator(".md-footer__link--prev").click()
    page.wait_for_url(f"**/{folder}{ARTICLE}")


@pytest.mark.parametrize("folder", REPORTS)
def test_steps_have_numbers_at_the_side_where_a_line_begins(folder: str, page: Page) -> None:
    page.goto(f"{folder}{ARTICLE}")
    side = "right" if folder == "ar/" else "left"
    step = (
        page.locator("article > ol > li")
        .nth(1)
        .evaluate(
            """(each, side) => {
          const {content, [side]: place} = getComputedStyle(each, "::before");
          return [content, place];
        }""",
            side,
        )
    )
    assert step == ["counter(list-item)", "0px"]
    inside = page.locator("article > ol ul > li").first
    assert inside.evaluate("each => getComputedStyle(each, '::before').content") == "none"


# What readers say


@pytest.mark.parametrize("folder", REPORTS)
def test_a_report_says_which_page_it_is_about_and_asks_nobody(
    folder: str, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, permissions=CLIPBOARD)
    page = context.new_page()
    complaints = listen(page, address)
    page.goto(f"{folder}{ARTICLE}")
    settle(page)
    kept = "JSON.stringify([localStorage, sessionStorage, document.cookie])"
    before = page.evaluate(kept)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(100)
    assert asked == []
    page.locator("[data-do=no]").click()
    page.locator("#annai-report select").select_option("")
    page.wait_for_timeout(100)
    assert [url.rpartition("/")[2] for url in asked] == ["panel.js", "report.js"]
    asked.clear()
    page.locator("#annai-report textarea").fill("No word of <b>my phone</b> & {text}")
    page.locator("[data-do=copy]").click()
    expect(page.locator(".annai-helpful [role=status]")).not_to_be_empty()
    day = datetime.datetime.now().astimezone().date().isoformat()
    expected = REPORTS[folder].replace("{day}", day)
    assert page.evaluate("navigator.clipboard.readText()").replace("\r", "") == expected
    assert page.locator("#annai-report pre").evaluate("each => each.textContent") == expected
    assert {url.rpartition("/")[0] for url in asked} == {f"{address}assets/javascripts/secrets"}
    assert page.evaluate(kept) == before
    assert complaints == []
    context.close()


def test_the_section_is_the_one_that_is_read(page: Page) -> None:
    page.goto(ARTICLE)
    top = page.locator("article h2").nth(2).evaluate("each => each.getBoundingClientRect().top")
    page.set_viewport_size({"width": 1280, "height": 2 * int(top) + 100})  # all of it is seen
    opened(page)
    chosen = "each => each.selectedOptions[0].text"
    assert page.locator("#annai-report select").evaluate(chosen) == "What to have ready for support"
    names = page.locator("#annai-report option").all_inner_texts()
    assert names[:2] == ["The whole page", "What to do now"]
    page.locator("#annai-report select").select_option("What to do now")
    expect(page.locator("#annai-report pre")).to_contain_text("Section: What to do now")


def test_facts_of_a_report_are_filled_in_once_and_times_are_those_of_the_reader(page: Page) -> None:
    page.goto(ARTICLE)
    found = page.evaluate(
        """async () => {
          const {dayOf, sectionAt, write} = await import("/assets/javascripts/helpful/report.js");
          const facts = {title: "{date} $&", address: "/a/", language: "", section: "", date: ""};
          return {
            written: write("{title}|{address}|{text}|{other}", facts, "{title}", false),
            isolated: write("{address} {text}", facts, "", true),
            sections: [[], [10], [10, 20], [10, 20, 30]].map((tops) => sectionAt(tops, 20)),
            day: dayOf(new Date(2026, 0, 2, 0, 30)),
            night: dayOf(new Date(2026, 0, 2, 23, 30)),
          };
        }"""
    )
    assert found == {
        "written": "{date} $&|/a/|{title}|",
        "isolated": "\u2068/a/\u2069",
        "sections": [-1, 0, 1, 1],
        "day": "2026-01-02",
        "night": "2026-01-02",
    }


@pytest.mark.parametrize("folder", REPORTS)
def test_a_secret_is_not_copied_but_marked(folder: str, browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, permissions=CLIPBOARD)
    page = opened(context.new_page(), f"{folder}{ARTICLE}")
    page.evaluate("navigator.clipboard.writeText('before')")
    area = page.locator("#annai-report textarea")
    area.fill(f"my words are {SEED} ok")
    page.locator("[data-do=copy]").click()
    expect(area).to_be_focused()
    expect(page.locator(".annai-helpful [role=status]")).not_to_be_empty()
    assert SEED not in said(page)
    marked = "each => each.value.slice(each.selectionStart, each.selectionEnd)"
    assert SEED in area.evaluate(marked)
    assert page.evaluate("navigator.clipboard.readText()") == "before"
    context.close()


def test_a_secret_is_not_sent_and_neither_is_what_cannot_be_looked_at(
    browser: Browser, address: str, site: Path
) -> None:
    html = (site / ARTICLE / "index.html").read_text("utf-8")
    html = html.replace('annai-helpful" aria', 'annai-helpful" data-endpoint="/reports" aria')
    html = html.replace('data-do="copy"', 'data-do="send"').replace("not-copied", "not-sent")
    context = browser.new_context(base_url=address)
    context.route(f"**/{ARTICLE}", lambda route: route.fulfill(body=html, content_type="text/html"))
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = opened(context.new_page())
    status = page.locator(".annai-helpful [role=status]")
    page.locator("textarea").fill(SEED)
    page.locator("[data-do=send]").click()
    expect(status).to_contain_text("This looks like a secret")
    context.route("**/words.js", lambda route: route.abort())
    opened(page)
    page.locator("textarea").fill("nothing much")
    page.locator("[data-do=send]").click()
    expect(status).to_contain_text("did not work")
    assert f"{address}assets/javascripts/secrets/words.js" in asked
    assert f"{address}reports" not in asked
    context.close()


class Reader(Handler):
    """Serves files, and takes reports; one that says so is not taken, one is sent away."""

    reports: ClassVar[list[tuple[str, dict[str, str], Message]]] = []

    def do_POST(self) -> None:
        """Take a report."""
        report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.reports.append((self.path, report, self.headers))
        self.send_response({"fail": 500, "away": 307}.get(report["text"], 204))
        self.send_header("Location", "https://third.example/")
        self.end_headers()


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site is served that takes reports."""
    site = build(SITES / "articles-that-ask-readers", tmp_path_factory.mktemp("asking") / "site")
    with served(site, Reader) as found:
        yield found


def test_a_report_is_sent_only_if_the_reader_sends_it_and_kept_if_that_fails(
    browser: Browser, asking: str
) -> None:
    Reader.reports.clear()
    context = browser.new_context(base_url=asking)
    page = opened(context.new_page(), "guide/one/")
    third: list[str] = []
    page.on("request", lambda each: None if each.url.startswith(asking) else third.append(each.url))
    status, area = page.locator(".annai-helpful [role=status]"), page.locator("textarea")
    for text in ("fail", "away"):
        area.fill(text)
        page.wait_for_timeout(100)
        assert len(Reader.reports) == ("fail", "away").index(text)
        page.locator("[data-do=send]").click()
        expect(status).to_have_text(
            "Sending did not work. Your text is still here: try again, or copy it."
        )
        expect(area).to_have_value(text)
    page.locator("select").select_option("Look")
    area.fill("words")
    page.locator("[data-do=send]").click()
    expect(status).to_have_text("Sent. Thank you.")
    expect(area).to_be_hidden()
    expect(page.locator("[data-do=no]")).to_be_focused()
    path, report, headers = Reader.reports[-1]
    assert len(Reader.reports) == 3
    assert path == "/reports?from=help"
    assert {**report, "date": ""} == {
        "title": "One", "address": "/guide/one/", "language": "en", "section": "Look",
        "date": "", "text": "words",
    }  # fmt: skip
    assert headers["Content-Type"] == "application/json"
    assert "Cookie" not in headers
    assert "Referer" not in headers
    assert third == []
    context.close()


def test_the_keyboard_is_enough_to_answer(browser: Browser, asking: str) -> None:
    Reader.reports.clear()
    context = browser.new_context(base_url=asking)
    page = context.new_page()
    page.goto("guide/one/")
    page.locator(".annai-after a").last.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert said(page) == "Thank you."
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-do=no]")).to_have_attribute("aria-expanded", "true")
    assert said(page) == ""
    for keys in (("Tab",), ("Tab", "a", "b"), ("Tab", "Tab", "Enter")):
        for key in keys:
            page.keyboard.press(key)
    expect(page.locator(".annai-helpful [role=status]")).to_have_text("Sent. Thank you.")
    assert Reader.reports[0][1]["text"] == "ab"
    page.keyboard.press("Enter")
    expect(page.locator("#annai-report")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#annai-report")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_without_scripts_nobody_is_asked(scripts: bool, browser: Browser, asking: str) -> None:
    context = browser.new_context(base_url=asking, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("guide/one/")
    expect(page.locator(".annai-helpful")).to_be_visible(visible=scripts)
    expect(page.locator(".annai-card").first).to_be_visible()
    page.goto("quiet/")
    expect(page.locator(".annai-helpful")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("folder", REPORTS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(folder: str, scheme: Any, browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    page = opened(context.new_page(), f"{folder}{ARTICLE}")
    page.locator("[data-do=yes]").hover()
    page.evaluate(AXE.read_text("utf-8"))
    run = "parts => axe.run({include: parts}, {resultTypes: ['violations']})"
    found = page.evaluate(run, [[each] for each in PARTS])["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    context.close()


@pytest.mark.parametrize("folder", REPORTS)
def test_what_is_pressed_is_large_and_nothing_is_wider_than_a_phone(
    folder: str, page: Page
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    opened(page, f"{folder}{ARTICLE}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    pressed = page.locator(".annai-helpful :is(button, select, textarea)")
    assert min(pressed.evaluate_all("all => all.map((each) => each.offsetHeight)")) >= 44


# Paper


def test_on_paper_there_is_content_alone(browser: Browser, asking: str) -> None:
    context = browser.new_context(
        base_url=asking, color_scheme="dark", viewport={"width": 688, "height": 1000}
    )  # A4 without its margins
    page = context.new_page()
    page.goto("guide/one/")
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".md-header", ".md-footer", ".md-sidebar", ".md-path", ".annai-after"):
        expect(page.locator(hidden).first).to_be_hidden()
    text = page.locator("article").inner_text()
    assert text.startswith("Small · https://small.example/help/guide/one/\n")
    assert "What is closed." in text
    places = [
        page.locator("article").get_by_text(each, exact=True).bounding_box()
        for each in ("Left tab", "In the first.", "Right tab", "In the second.")
    ]
    assert places == sorted(places, key=lambda box: (box["x"] // 300, box["y"]))
    for gone in ("Was this helpful?", "Still stuck?", "Related"):
        assert gone not in text
    style = "getComputedStyle(document.querySelector('article'))"
    assert page.evaluate(f"[{style}.color, {style}.columnWidth]") == ["rgb(0, 0, 0)", "287.244px"]
    link = page.get_by_role("link", name="Elsewhere")
    after = "each => getComputedStyle(each, '::after').content"
    assert link.evaluate(after) == '" <https://example.org/page>"'
    context.close()


def test_a_closed_part_is_on_paper_without_scripts_too(browser: Browser, asking: str) -> None:
    context = browser.new_context(base_url=asking, java_script_enabled=False)
    page = context.new_page()
    page.goto("guide/one/")
    expect(page.get_by_text("What is closed.")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("What is closed.")).to_be_visible()
    context.close()


def test_the_style_sheet_for_paper_keeps_nobody_waiting(site: Path) -> None:
    html = (site / ARTICLE / "index.html").read_text("utf-8")
    assert re.search('<link rel="stylesheet" href="[^"]*print.css" media="print">', html)


def test_a_reader_is_told_when_the_report_cannot_be_loaded(browser: Browser, asking: str) -> None:
    context = browser.new_context(base_url=asking)
    context.route("**/panel.js", lambda route: route.abort())
    page = context.new_page()
    page.goto("guide/one/")
    page.locator("[data-do=no]").click()
    status = page.locator(".annai-helpful [role=status]")
    expect(status).to_have_text("This could not be loaded. Check your connection, and try again.")
    page.locator("[data-do=yes]").click()
    expect(status).to_have_text("Thank you.")
    context.close()
