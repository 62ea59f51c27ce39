"""Readers find their language: an offer in it, a switcher that keeps the place, a page for 404."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from browser.conftest import listen, settle
from builds.building import ROOT

AXE = ROOT / ".venv" / "node" / "node_modules" / "axe-core" / "axe.min.js"
HACKED = "problems/hacked/"
KEY = "/annai.language"


@pytest.fixture
def reader(browser: Browser, address: str, site: Path) -> Iterator[Callable[..., Page]]:
    """Opens pages for a reader with these settings; a page that is not there is the 404 page."""
    contexts: list[BrowserContext] = []
    listened: list[list[str]] = []

    def answer(route: Route) -> None:
        path = site / route.request.url.removeprefix(address).partition("?")[0].partition("#")[0]
        if path.exists():
            route.continue_()
        else:
            body = (site / "404.html").read_bytes()
            route.fulfill(status=200, body=body, content_type="text/html; charset=utf-8")

    def open_for(**settings: Any) -> Page:
        context = browser.new_context(base_url=address, **settings)
        contexts.append(context)
        context.route(f"{address}**", answer)
        page = context.new_page()
        listened.append(listen(page, address))
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert [each for found in listened for each in found] == []


# Which language


MATCHES = [
    (["ja-JP", "en"], ["en", "ja"], "ja"),
    (["fr", "ja", "en"], ["en", "ja"], "ja"),
    (["zh-CN"], ["en", "zh-Hans"], "zh-Hans"),
    (["zh-SG"], ["en", "zh-Hans"], "zh-Hans"),
    (["zh"], ["en", "zh-Hans"], "zh-Hans"),
    (["zh-TW"], ["en", "zh-Hans"], None),
    (["zh-HK", "en"], ["en", "zh-Hans"], "en"),
    (["zh-HK"], ["zh-Hans", "zh-Hant"], "zh-Hant"),
    (["zh-TW"], ["zh-Hant-HK", "zh-Hant"], "zh-Hant"),
    (["zh-MO"], ["zh-Hant", "zh-Hant-MO"], "zh-Hant-MO"),
    (["pt-PT"], ["en", "pt-BR"], "pt-BR"),
    (["pt-PT"], ["pt-BR", "pt-PT"], "pt-PT"),
    (["pt"], ["pt-PT", "pt-BR"], "pt-BR"),
    (["en-GB"], ["en", "ja"], "en"),
    (["ar-EG"], ["en", "ar"], "ar"),
    (["sr-Latn"], ["sr"], None),
    (["iw"], ["he"], "he"),
    (["x_wrong", "", "ja"], ["ja"], "ja"),
    ([], ["en"], None),
]


@pytest.fixture(scope="module")
def module(browser: Browser, address: str) -> Iterator[Page]:
    """A page that can load our modules."""
    page = browser.new_page(base_url=address)
    page.goto("search/search_index.json")
    yield page
    page.close()


@pytest.mark.parametrize(("wanted", "tags", "expected"), MATCHES)
def test_a_reader_gets_the_first_language_of_theirs_that_the_site_has(
    wanted: list[str], tags: list[str], expected: str | None, module: Page
) -> None:
    found = module.evaluate(
        """async ([wanted, tags]) =>
          (await import("/assets/javascripts/language/match.js")).best(wanted, tags) ?? null""",
        [wanted, tags],
    )
    assert found == expected


# The offer


@pytest.mark.parametrize(
    ("browser_language", "folder", "text", "tag", "direction"),
    [
        ("ja-JP", "", "このページを日本語で読む", "ja", "ltr"),
        ("ar-EG", "", "اقرأ هذه الصفحة بالعربية", "ar", "rtl"),
        ("zh-SG", "ja/", "用简体中文阅读本页", "zh-Hans", "ltr"),
        ("en-GB", "ar/", "Read this page in English", "en", "ltr"),
    ],
)
@pytest.mark.parametrize("path", [HACKED, "prepare/ticket-checklist/"])
def test_a_page_is_offered_in_the_language_of_the_browser(
    path: str,
    browser_language: str,
    folder: str,
    text: str,
    tag: str,
    direction: str,
    reader: Callable[..., Page],
) -> None:
    page = reader(locale=browser_language)
    page.goto(folder + path)
    offer = page.get_by_role("complementary", name=text)
    expect(offer).to_be_visible()
    expect(offer).to_have_attribute("lang", tag)
    expect(offer).to_have_css("direction", direction)
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip, .annai-skip")).to_be_focused()
    page.keyboard.press("Tab")
    link = offer.get_by_role("link", name=text)
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{'' if tag == 'en' else tag + '/'}{path}")
    expect(page.locator("html")).to_have_attribute("lang", tag)
    expect(page.locator(".annai-language-offer")).to_have_count(0)


def test_nothing_is_kept_and_nothing_asked_until_the_reader_says_something(
    reader: Callable[..., Page],
) -> None:
    page = reader(locale="ja")
    page.goto(HACKED)
    settle(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator(".annai-language-offer")).to_be_visible()
    page.wait_for_timeout(300)
    assert asked == []
    assert page.evaluate(f"localStorage.getItem('{KEY}')") is None


@pytest.mark.parametrize("language", ["en-US", "zh-TW", "fr"])
def test_no_other_language_is_offered(language: str, reader: Callable[..., Page]) -> None:
    page = reader(locale=language)
    page.goto(HACKED, wait_until="load")
    expect(page.locator(".annai-language-offer")).to_have_count(0)


def test_an_offer_that_was_closed_stays_away(reader: Callable[..., Page]) -> None:
    page = reader(locale="ja")
    page.goto(HACKED)
    page.get_by_role("button", name="閉じる").click()
    expect(page.locator(".annai-language-offer")).to_have_count(0)
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == ""
    for path in (HACKED, "ar/"):
        page.goto(path, wait_until="load")
        expect(page.locator(".annai-language-offer")).to_have_count(0)


def test_a_chosen_language_is_remembered_and_offered_elsewhere(
    reader: Callable[..., Page],
) -> None:
    page = reader(locale="en-US")
    page.goto(HACKED)
    menu = page.locator(".md-select")
    menu.get_by_role("button").focus()
    menu.get_by_role("link", name="العربية", exact=True).click()
    page.wait_for_url(f"**/ar/{HACKED}")
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == "ar"
    expect(page.locator(".annai-language-offer")).to_have_count(0)
    page.goto("talk/etiquette/")
    expect(page.locator(".annai-language-offer")).to_have_attribute("lang", "ar")


def test_a_change_of_language_keeps_the_place_on_the_page(reader: Callable[..., Page]) -> None:
    page = reader(locale="ja")
    page.goto(HACKED)
    anchor = page.locator("article h2[id]").nth(1).get_attribute("id")
    page.goto(f"{HACKED}#{anchor}")
    page.locator(".annai-language-offer a").click()
    page.wait_for_url(f"**/ja/{HACKED}#{anchor}")
    menu = page.locator(".md-select")
    menu.get_by_role("button").focus()
    menu.get_by_role("link", name="English", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{HACKED}#{anchor}")
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


@pytest.mark.parametrize("language", ["ja", "ar"])
def test_the_offer_moves_nothing_and_hides_nothing_on_a_small_phone(
    language: str, reader: Callable[..., Page]
) -> None:
    page = reader(locale=language, viewport={"width": 320, "height": 568})
    page.add_init_script(
        "window.moved = []; new PerformanceObserver((list) => {"
        "for (const {sources} of list.getEntries()) moved.push(...sources.map(({node}) => node));"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(HACKED, wait_until="load")
    offer = page.locator(".annai-language-offer")
    expect(offer).to_be_visible()
    page.wait_for_timeout(200)
    outside = "moved.filter((each) => !document.querySelector('.md-header').contains(each)).length"
    assert page.evaluate(outside) == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    box = offer.bounding_box()
    assert box is not None
    assert box["height"] <= 56
    for part in offer.locator("a, button").all():
        size = part.bounding_box()
        assert size is not None
        assert size["height"] >= 44
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    end = page.locator(".md-footer").bounding_box()
    assert end is not None
    assert end["y"] + end["height"] <= box["y"] + 1


# The page for what is not there


@pytest.mark.parametrize(
    ("path", "tag", "title", "suggested"),
    [
        ("ja/problms/hacked/", "ja", "このページは見つかりません", "ja/problems/hacked/"),
        ("ar/Problems/account_loked.html?a=b", "ar", "تعذّر", "ar/problems/account-locked/"),
        ("zh-hans/hacked", "zh-Hans", "找不到", "zh-Hans/problems/hacked/"),
        ("fr/problems/hacked/", "en", "This page cannot be found", "problems/hacked/"),
        ("email", "en", "This page cannot be found", "channels/email/"),
        ("nothing/", "en", "This page cannot be found", None),
        ("ja/%ff%22/", "ja", "このページは見つかりません", None),
    ],
)
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(
    path: str,
    tag: str,
    title: str,
    suggested: str | None,
    reader: Callable[..., Page],
    address: str,
) -> None:
    page = reader()
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", tag)
    expect(page.locator("body")).to_have_css("direction", "rtl" if tag == "ar" else "ltr")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    assert page.url == address + path
    folder = "" if tag == "en" else f"{tag}/"
    article = page.locator("article")
    expect(article.locator(f"a[href='/{folder}']")).to_be_visible()
    expect(article.locator(f"a[href='/{folder}articles/']")).to_be_visible()
    nearest = page.locator("#annai-nearest a")
    if suggested is None:
        expect(page.locator("#annai-nearest")).to_be_hidden()
        return
    expect(nearest.first).to_have_attribute("href", f"/{suggested}")
    words = nearest.first.inner_text()
    nearest.first.click()
    page.wait_for_url(f"**/{suggested}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


@pytest.mark.parametrize(("folder", "query"), [("ja/", "出金"), ("ar/", "سحب"), ("", "fee")])
def test_the_search_works_where_a_page_is_not_there(
    folder: str, query: str, reader: Callable[..., Page]
) -> None:
    page = reader(viewport={"width": 390, "height": 800})
    page.goto(f"{folder}problms/hackd/")
    expect(page.locator(".md-search-result__meta")).not_to_be_empty()
    page.locator(".annai-ways button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type(query)
    page.keyboard.press("End")
    result = page.locator(".md-search-result__link").first
    expect(result).to_be_visible()
    result.click()
    page.wait_for_url(f"**/{folder}**/?h=**")


def test_without_scripts_every_language_says_it(reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    page.goto("ja/problms/")
    sections = page.locator("article section[lang]")
    expect(sections.locator("h2")).to_have_text(
        ["تعذّر العثور على هذه الصفحة", "このページは見つかりません", "找不到这个页面"]
    )
    expect(sections.first).to_have_css("direction", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page cannot be found")
    home = sections.nth(1).get_by_role("link", name="ホーム")
    expect(home).to_have_attribute("href", "/ja/")


@pytest.mark.parametrize("address_of_page", ["ja/404.html", "ja/404.html#//other.example/"])
def test_nothing_but_the_page_that_leads_there_gives_it_an_address(
    address_of_page: str, reader: Callable[..., Page], address: str
) -> None:
    page = reader()
    page.goto(address_of_page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url == address + address_of_page


DISTANCES = [
    ("problms/hacked/", ["problems/hacked/", "problems/outage/"], ["problems/hacked/"]),
    ("hakced", ["problems/hacked/"], ["problems/hacked/"]),
    ("Problems/Hacked/index.html", ["problems/hacked/"], ["problems/hacked/"]),
    ("account-hacked", ["problems/hacked/"], ["problems/hacked/"]),
    ("%E3%82%AC%E3%82%A4%E3%83%89", ["ガイド/"], ["ガイド/"]),
    ("guide/使い方", ["ガイド/使い方.html"], ["ガイド/使い方.html"]),
    ("xyz", ["problems/hacked/", ""], []),
    ("", ["problems/hacked/", ""], []),
    ("a/page", ["a/page1", "b/page", "a/pages", "a/pag"], ["b/page", "a/page1", "a/pages"]),
]


@pytest.mark.parametrize(("path", "pages", "expected"), DISTANCES)
def test_the_nearest_addresses_come_first(
    path: str, pages: list[str], expected: list[str], module: Page
) -> None:
    found = module.evaluate(
        """async ([path, pages]) => {
          const {nearest} = await import("/assets/javascripts/not-found/nearest.js");
          return nearest(path, pages.map((url) => [url, ""])).map(([url]) => url);
        }""",
        [path, pages],
    )
    assert found[: len(expected)] == expected if expected else found == []


@pytest.mark.parametrize("path", ["problms/hacked/", "ja/problms/hacked/", "ar/problms/hacked/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(path: str, scheme: Any, reader: Callable[..., Page]) -> None:
    page = reader(color_scheme=scheme, bypass_csp=True, locale="zh-CN")
    parts = {path: "main", path.replace("problms", "problems"): ".annai-language-offer"}
    for address, part in parts.items():
        page.goto(address)
        expect(page.locator(part)).to_be_visible()
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate(f"axe.run('{part}', {{resultTypes: ['violations']}})")["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
