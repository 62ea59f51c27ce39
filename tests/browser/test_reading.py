"""What a reader does: open a page, change its language, search, choose colors."""

from __future__ import annotations

import json

import pytest
from markdown import Markdown
from playwright.sync_api import Page, expect

from annai.extension import AnnaiExtension
from annai.locales import Locale

HACKED = {
    "": "My account was hacked",
    "ja/": "アカウントが乗っ取られた",
    "ar/": "تعرّض حسابي للاختراق",
}


def choose_language(page: Page, name: str) -> None:
    """Open the language menu with the keyboard, and follow the link with *name*."""
    menu = page.locator(".md-select")
    menu.get_by_role("button").focus()
    link = menu.get_by_role("link", name=name, exact=True)
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")


def open_search(page: Page, key: str = "/") -> None:
    """Press the *key* for the search, once the theme has built its index."""
    config = json.loads(page.locator("#__config").inner_text())
    ready = config["translations"]["search.result.placeholder"]
    expect(page.locator(".md-search-result__meta")).to_have_text(ready, timeout=60_000)
    page.keyboard.press(key)
    expect(page.locator(".md-search__input")).to_be_focused()


def test_changing_the_language_stays_on_the_page(page: Page, address: str) -> None:
    page.goto("problems/hacked/")
    for name, folder in (("日本語", "ja/"), ("العربية", "ar/"), ("English", "")):
        choose_language(page, name)
        page.wait_for_url(f"{address}{folder}problems/hacked/")
        expect(page.get_by_role("heading", level=1)).to_contain_text(HACKED[folder])


def test_each_language_is_named_in_itself_and_the_current_one_is_marked(page: Page) -> None:
    page.goto("ja/problems/hacked/")
    links = page.locator(".md-select__link")
    assert links.all_inner_texts() == ["English", "العربية", "日本語", "简体中文"]
    assert [link.get_attribute("lang") for link in links.all()] == ["en", "ar", "ja", "zh-Hans"]
    assert links.nth(2).get_attribute("aria-current") == "page"
    assert links.nth(0).get_attribute("aria-current") is None


@pytest.mark.parametrize(
    ("folder", "query", "title"),
    [
        ("", "hacked", "My account was hacked"),
        ("ja/", "入金", "入金が反映されない"),
        ("ar/", "للاختراق", "تعرّض حسابي للاختراق"),
    ],
)
def test_search_finds_pages_in_the_language_of_the_page(
    folder: str, query: str, title: str, page: Page, address: str
) -> None:
    page.goto(f"{folder}talk/etiquette/")
    open_search(page)
    page.keyboard.type(query)
    page.keyboard.press("End")  # the theme waits for a key, and Japanese is typed here without
    result = page.locator(".md-search-result__link").filter(has_text=title).first
    expect(result).to_be_visible()
    result.click()
    page.wait_for_url(f"{address}{folder}**")
    assert "/talk/" not in page.url


def test_arabic_pages_run_from_right_to_left_and_examples_from_left_to_right(page: Page) -> None:
    page.goto("ar/talk/other-language/")
    expect(page.locator("body")).to_have_css("direction", "rtl")
    expect(page.locator("article")).to_have_css("direction", "rtl")
    for example in page.locator("article div[lang]").all():
        expect(example).to_have_css("direction", "ltr")


@pytest.mark.parametrize(("folder", "across"), [("", "none"), ("ar/", "matrix(-1, 0, 0, 1, 0, 0)")])
def test_arrows_point_where_the_line_goes(folder: str, across: str, page: Page) -> None:
    page.goto(folder)
    icons = page.locator(".annai-card__icon")
    turned = icons.evaluate_all("icons => icons.map((each) => getComputedStyle(each).transform)")
    expected = ["none", across, across, across, *["none"] * 5]  # deposit, withdrawal, sign-in
    assert turned == expected
    page.goto(f"{folder}problems/hacked/")
    arrow = "each => getComputedStyle(each, '::before').transform"
    assert page.locator(".md-path__item").last.evaluate(arrow) == across


def test_names_and_dates_keep_their_order_in_arabic_text(page: Page) -> None:
    text = "منصة Binance، bitbank في 2026-11-22"
    html = Markdown(extensions=[AnnaiExtension(lambda *_: text, Locale("ar"))]).convert("A")
    page.goto("ar/")
    article = page.locator("article")
    article.evaluate("(article, html) => article.innerHTML = html", html)
    left = [box["x"] for each in article.locator("bdi").all() if (box := each.bounding_box())]
    assert len(left) == 3
    assert left == sorted(left, reverse=True)


@pytest.mark.parametrize("folder", HACKED)
def test_the_logo_leads_home_in_the_same_language(folder: str, page: Page, address: str) -> None:
    page.goto(f"{folder}problems/hacked/")
    page.locator(".md-header .md-logo").click()
    page.wait_for_url(f"{address}{folder}")


@pytest.mark.parametrize("folder", HACKED)
def test_colors_can_be_chosen_and_stay_in_every_language(folder: str, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{folder}problems/hacked/")
    body = page.locator("body")
    for scheme in ("default", "slate"):
        page.locator("form[data-md-component=palette] label:visible").click()
        expect(body).to_have_attribute("data-md-color-scheme", scheme)
    page.goto("ja/talk/etiquette/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


SECTIONS = {"": "Problems", "ja/": "困ったとき", "ar/": "المشكلات"}


@pytest.mark.parametrize("folder", SECTIONS)
def test_the_title_of_a_section_leads_to_its_articles(folder: str, page: Page) -> None:
    page.goto(f"{folder}talk/etiquette/")
    page.locator(".md-nav--primary").get_by_role("link", name=SECTIONS[folder], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SECTIONS[folder])
    page.get_by_role("article").get_by_role("link", name=HACKED[folder]).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(HACKED[folder])


def test_a_card_leads_on_wherever_it_is_touched(page: Page, address: str) -> None:
    page.goto("problems/")
    box = page.locator(".annai-card").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 5)
    page.wait_for_url(f"{address}problems/hacked/")
