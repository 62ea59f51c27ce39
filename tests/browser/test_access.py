"""Whether everybody can use the pages: axe, the keyboard, a narrow screen, text set wide, calm."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import listen, settle
from browser.test_reading import choose_language, open_search
from builds.building import ROOT

AXE = (ROOT / ".venv" / "node" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
FOLDERS = ("", "ja/", "ar/")
PAGES = {
    "home": "",
    "article with tasks": "problems/hacked/",
    "article with tabs and details": "start/official-or-fake/",
    "article with tables and footnotes": "talk/follow-up/",
    "chooser": "start/choose-channel/",
    "section": "problems/",
    "facts": "services/bitbank/",
    "glossary": "glossary/",
    "articles": "articles/",
    "translations": "translations/",
    "not found": "404.html",
    "offline": "offline/",
}
"""A page of every kind, the checklist apart (test_checklist.py). A new template needs one here."""

ARTICLES = ("problems/hacked/", "start/official-or-fake/", "talk/follow-up/")


def pages(site: Path, folder: str) -> list[str]:
    """The address of a page of every kind that there is in the language of *folder*."""
    found = [
        f"{folder}{path}"
        for path in PAGES.values()
        if (site / folder / path / ("" if path.endswith(".html") else "index.html")).is_file()
    ]
    assert len(found) >= len(PAGES) - 1  # one page says that nothing is there, in every language
    return found


@pytest.fixture
def calm(browser: Browser, address: str) -> Iterator[Page]:
    """A page that axe may be put into, on a device that asks for little motion."""
    context = browser.new_context(base_url=address, bypass_csp=True, reduced_motion="reduce")
    opened = context.new_page()
    complaints = listen(opened, address)
    yield opened
    context.close()
    assert complaints == []


def violations(page: Page) -> list[tuple[str, str, str]]:
    """What axe finds on *page* as it is: page and rule, element, and what is wrong with it."""
    page.evaluate(AXE)
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
    )["violations"]
    return [
        (f"{page.url} {each['id']}", node["html"][:200], node["failureSummary"][:300])
        for each in found
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(
    ("folder", "scheme", "width"),
    [(folder, *look) for folder in FOLDERS for look in (("light", 390), ("dark", 1280))],
)
def test_axe_finds_nothing_on_any_kind_of_page(
    folder: str, scheme: Literal["light", "dark"], width: int, calm: Page, site: Path
) -> None:
    """Contrast and the size of targets included; everything that opens is open."""
    calm.emulate_media(color_scheme=scheme)
    calm.set_viewport_size({"width": width, "height": 800})
    for path in pages(site, folder):
        calm.goto(path)
        calm.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert violations(calm) == []


@pytest.mark.parametrize(("scheme", "width"), [("dark", 390), ("light", 1280)])
def test_axe_finds_nothing_on_articles_in_the_other_colors(
    scheme: Literal["light", "dark"], width: int, calm: Page
) -> None:
    calm.emulate_media(color_scheme=scheme)
    calm.set_viewport_size({"width": width, "height": 800})
    for path in ("", "zh-Hans/", *ARTICLES, "zh-Hans/start/official-or-fake/"):
        calm.goto(path)
        assert violations(calm) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("folder", "query"), [("", "withdrawal"), ("ar/", "سحب")])
def test_axe_finds_nothing_where_a_search_a_menu_or_the_languages_are_open(
    folder: str, query: str, scheme: Literal["light", "dark"], calm: Page
) -> None:
    calm.emulate_media(color_scheme=scheme)
    calm.goto(f"{folder}talk/follow-up/")
    open_search(calm)
    calm.keyboard.type(query)
    calm.keyboard.press("End")  # the theme waits for a key, and Arabic is typed here without
    expect(calm.locator(".md-search-result__link").first).to_be_visible()
    assert violations(calm) == []
    calm.keyboard.press("Escape")
    calm.locator(".md-select button").focus()
    assert violations(calm) == []
    calm.set_viewport_size({"width": 390, "height": 800})
    calm.locator(".md-header [for=__drawer]").click()
    assert violations(calm) == []


# The keyboard

SEEN = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const shown = focused.matches(".md-option") ? focused.nextElementSibling
    : focused.matches(".tabbed-set > input") ? focused.parentElement.querySelector(".tabbed-labels")
    : focused;
  const styles = ["", "::after"].map((part) => getComputedStyle(shown, part)), wrong = [];
  const style = styles.find(({outlineStyle}) => outlineStyle !== "none") ?? styles[0];
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  if (!outlined) wrong.push("no outline");
  if (!shown.checkVisibility({opacityProperty: true, visibilityProperty: true})) {
    wrong.push("not shown");
  }
  const [line] = shown.getClientRects();
  const middle = line && line.top + line.height / 2;
  const across = line ? [line.left + 3, line.left + line.width / 2, line.right - 3] : [];
  const tops = across.map((x) => document.elementFromPoint(x, middle));
  if (!tops.some((top) => top && (shown.contains(top) || top.contains(shown)))) {
    wrong.push("covered or not on the screen");
  }
  let around = parseFloat(style.outlineOffset) < 0 ? shown : shown.parentElement;
  const background = () => getComputedStyle(around).backgroundColor;
  const isClear = () => parseFloat(background().split(",")[3] ?? "1") < 0.8;
  while (around.parentElement && isClear()) around = around.parentElement;
  const name = focused.outerHTML.slice(0, 120);
  return {name, wrong, outline: style.outlineColor, around: background()};
}"""
"""The element that has the focus, or None: whether readers see that it has; colors of and around
its outline."""


def luminance(color: str) -> float:
    """How bright a color is (WCAG 2.2, relative luminance); it is ``rgb(1, 2, 3)``."""
    parts = [float(part) / 255 for part in color.partition("(")[2].rstrip(")").split(",")[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colors, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def focus(page: Page) -> str | None:
    """What has the focus, which has to be seen (WCAG 2.2, 2.4.7, 2.4.11, 2.4.13), or None."""
    seen: Any = page.evaluate(SEEN)
    if seen and seen["wrong"]:  # the search opens when it gets the focus
        page.wait_for_timeout(300)
        seen = page.evaluate(SEEN)
    if seen is None:
        return None
    assert seen["wrong"] == [], (page.url, seen)
    assert contrast(seen["outline"], seen["around"]) >= 3, (page.url, seen)
    return str(seen["name"])


def walk(page: Page) -> list[str]:
    """Where the Tab key leads, from the start of *page* until it leaves it, as it must (2.1.2)."""
    stops: list[str] = []
    while len(stops) < 250:
        page.keyboard.press("Tab")
        stop = focus(page)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"{page.url}: the focus does not leave the page")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_focus_is_seen_wherever_it_goes(
    width: int, scheme: Literal["light", "dark"], calm: Page
) -> None:
    calm.emulate_media(color_scheme=scheme)
    calm.set_viewport_size({"width": width, "height": 800})
    for path in ("ar/start/official-or-fake/", "talk/follow-up/", "ja/"):
        calm.goto(path)
        settle(calm)
        stops = walk(calm)
        assert len(set(stops)) > 10


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_first_stop_leads_past_the_navigation(folder: str, calm: Page) -> None:
    calm.goto(f"{folder}start/official-or-fake/")
    calm.keyboard.press("Tab")
    expect(calm.locator(".md-skip")).to_be_focused()
    expect(calm.locator(".md-skip")).to_be_visible()
    calm.keyboard.press("Enter")
    calm.keyboard.press("Tab")
    assert calm.evaluate("!!document.activeElement.closest('article')")


@pytest.mark.parametrize(("folder", "query"), [("", "hacked"), ("ar/", "للاختراق")])
@pytest.mark.parametrize("key", ["/", "s"])
def test_a_search_needs_no_mouse(folder: str, query: str, key: str, calm: Page) -> None:
    calm.goto(f"{folder}talk/follow-up/")
    open_search(calm, key)
    calm.keyboard.type(query)
    calm.keyboard.press("End")  # the theme waits for a key, and Arabic is typed here without
    first = calm.locator(".md-search-result__link").first
    expect(first).to_be_visible()
    calm.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    calm.keyboard.press("Enter")
    calm.wait_for_url(f"**/{folder}problems/hacked/**")
    calm.keyboard.press("Tab")
    expect(calm.locator(".md-skip")).to_be_focused()


def test_another_language_needs_no_mouse(calm: Page) -> None:
    calm.goto("talk/follow-up/")
    calm.locator(".md-select button").focus()
    for _ in range(2):
        calm.keyboard.press("Tab")
    focused = calm.locator(".md-select :focus")
    expect(focused).to_have_text("العربية")
    calm.keyboard.press("Enter")
    calm.wait_for_url("**/ar/talk/follow-up/")
    choose_language(calm, "日本語")
    calm.wait_for_url("**/ja/talk/follow-up/")


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("key", ["Enter", " "])
def test_the_menu_of_a_phone_needs_no_mouse(folder: str, key: str, calm: Page) -> None:
    calm.set_viewport_size({"width": 390, "height": 800})
    calm.goto(f"{folder}talk/follow-up/")
    button = calm.locator(".md-header [for=__drawer] [role=button]")
    menu = calm.locator(".md-sidebar--primary")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(menu).not_to_be_visible()
    button.focus()
    calm.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(menu.locator(":focus")).to_be_visible()
    calm.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(menu).not_to_be_visible()

    calm.keyboard.press(key)
    expect(menu.locator(":focus")).to_be_visible()
    menu.locator("[role=button][aria-expanded=true]:visible").last.focus()
    calm.keyboard.press(key)
    expect(menu.locator(":focus")).to_be_visible()
    stops = set()
    while calm.evaluate("!!document.activeElement.closest('.md-sidebar')"):
        stops.add(focus(calm))
        calm.keyboard.press("Tab")
    assert 2 <= len(stops) < 60
    expect(button).to_have_attribute("aria-expanded", "false")


# Narrow screens, wide text, little motion


SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important }
* { word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }
"""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((each) => {
  if (!each.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false;
  if (![...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) return false;
  const style = getComputedStyle(each);
  const hides = (axis) => ["hidden", "clip"].includes(style[axis]);
  return (hides("overflowX") && each.scrollWidth > each.clientWidth + 1)
    || (hides("overflowY") && each.scrollHeight > each.clientHeight + 1);
}).map((each) => each.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("folder", ["", "ar/"])
def test_text_that_a_reader_sets_wide_is_neither_cut_off_nor_too_wide(
    folder: str, calm: Page, site: Path
) -> None:
    """The values of WCAG 2.2, 1.4.12."""
    calm.set_viewport_size({"width": 390, "height": 800})
    for path in pages(site, folder):
        calm.goto(path)
        calm.add_style_tag(content=SPACED)
        assert calm.evaluate(CLIPPED) == [], path
        assert calm.evaluate("document.documentElement.scrollWidth") == 390, path


def test_nothing_moves_where_a_device_asks_for_little_motion(calm: Page, site: Path) -> None:
    moving = """() => [...document.querySelectorAll("*")].flatMap((each) =>
      [null, "::before", "::after"].map((part) => getComputedStyle(each, part))
        .filter((style) => style.animationName !== "none" || style.scrollBehavior === "smooth"
          || style.transitionDuration.split(", ").some((time) => parseFloat(time)))
        .map((style) => `${each.outerHTML.slice(0, 80)} ${style.animationName}`))"""
    for path in pages(site, ""):
        calm.goto(path)
        assert calm.evaluate(moving) == [], path
        assert calm.evaluate("document.getAnimations().length") == 0


# Weight and quiet


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_first_visit_is_light_and_then_the_page_is_quiet(
    folder: str, browser: Browser, address: str
) -> None:
    """All that the first visit to an article loads, as a server sends it; nothing follows it."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    loaded: dict[str, int] = {}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    context.on(
        "response",
        lambda reply: loaded.update({reply.url: len(gzip.compress(reply.body(), mtime=0))}),
    )
    page.goto(f"{folder}problems/hacked/")
    settle(page)
    assert len(loaded) >= 5
    assert sum(loaded.values()) <= 90 * 1024, loaded
    before = len(asked)
    page.wait_for_timeout(3000)
    assert asked[before:] == []
    context.close()
