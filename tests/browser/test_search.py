"""The search: the tokenizer in two languages, the worker, and what readers see of it."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, Route, expect

from annai.tokens import fingerprint, normalize, tokens
from browser.conftest import settle
from builds.building import ROOT
from finding.queries import places

SCRIPTS = ROOT / "overrides" / "assets" / "javascripts" / "search"
LOCALES = {"en": "", "ja": "ja/", "zh_Hans": "zh-Hans/", "ar": "ar/"}

ANSWERS = """async ({folder, queries}) => {
  const stub = await (await fetch(`/${folder}search/search_index.json`)).json();
  const worker = new Worker(`/assets/javascripts/search/worker.js?${folder}`);
  const said = (type, message) => new Promise((resolve, reject) => {
    worker.onerror = reject;
    worker.onmessage = ({data}) => data.type === type && resolve(data.data);
    worker.postMessage(message);
  });
  await said(1, {type: 0, data: {...stub, options: {suggest: true}}});
  const answers = [];
  for (const query of queries) answers.push(await said(3, {type: 2, data: query}));
  worker.terminate();
  return answers;
}"""


def answers(page: Page, folder: str, queries: list[str]) -> list[list[list[dict[str, Any]]]]:
    """What the worker of the locale at *folder* answers: for each query pages of sections."""
    if page.url == "about:blank":
        page.goto("")
    found = page.evaluate(ANSWERS, {"folder": folder, "queries": queries})
    return [each["items"] for each in found]


@pytest.fixture(scope="module")
def tokenizer(browser: Any) -> Any:
    """A page in which the tokenizer of the browser can be called."""
    page = browser.new_page()
    page.evaluate((SCRIPTS / "tokenizer.js").read_text("utf-8") + "; 0")
    page.evaluate("Object.assign(window, {normalize, tokens, fingerprint}); 0")
    yield page
    page.close()


def in_browser(page: Page, texts: list[str]) -> list[list[Any]]:
    """The words and the fingerprint of each text, as the browser finds them."""
    script = """texts => JSON.stringify(
        JSON.parse(texts).map((text) => [tokens(text), fingerprint(normalize(text))]))"""
    found: list[list[Any]] = json.loads(page.evaluate(script, json.dumps(texts)))
    return found


def in_python(texts: list[str]) -> list[list[Any]]:
    """The same, as the build finds them."""
    return [[tokens(text), fingerprint(text)] for text in texts]


@pytest.mark.parametrize("base", LOCALES.values())
def test_both_tokenizers_agree_on_every_text_of_the_site(
    base: str, tokenizer: Page, site: Path
) -> None:
    texts = [text for place in places(site / base / "search") for text in place[1:3]]
    assert sum(map(len, texts)) > 20_000
    assert in_browser(tokenizer, texts) == in_python(texts)


def test_both_tokenizers_agree_on_every_character_and_on_any_text(tokenizer: Page) -> None:
    known = tokenizer.evaluate(
        """() => Array.from({length: 0x110000}, (_, code) => code)
        .filter((code) => code < 0xd800 || code > 0xdfff)
        .map((code) => String.fromCodePoint(code))
        .filter((each) => /\\p{Assigned}/u.test(each)).join("")"""
    )
    letters = [each for each in known if unicodedata.category(each) != "Cn"]
    assert len(letters) > 200_000
    texts = [f"a{each}b{each}{each}" for each in letters]
    assert in_browser(tokenizer, texts) == in_python(texts)

    @settings(deadline=None)
    @given(st.lists(st.text(st.sampled_from(letters)), max_size=20))
    def agree(texts: list[str]) -> None:
        assert in_browser(tokenizer, texts) == in_python(texts)

    agree()


@pytest.mark.parametrize("base", LOCALES.values())
def test_every_heading_is_found_by_its_own_words(base: str, page: Page, site: Path) -> None:
    everything = places(site / base / "search")
    headings = {normalize(each.heading): each.heading for each in everything}
    homes: dict[str, set[str]] = {key: set() for key in headings}
    for each in everything:
        homes[normalize(each.heading)].add(each.location)
    found = answers(page, base, list(headings.values()))
    for key, items in zip(headings, found, strict=True):
        best = [item["location"] for group in items[:3] for item in group]
        assert homes[key].intersection(best), (headings[key], best)


HOSTILE = [
    "x" * 10_000,
    "出金" * 5_000,
    "a " * 5_000,
    "\u0301\u0301\u0301",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\ud800",
    "\udc00\ud800",
    "😀👩‍👩‍👧‍👦",
    "\u202eabc\u202c \u2066x",
    "constructor __proto__ toString",
    "((((((((((",
    ".*+?^${}()|[]\\",
    "   ",
    "",
    "\0",
]


@pytest.mark.parametrize("base", LOCALES.values())
def test_hostile_queries_break_nothing_and_inject_nothing(base: str, page: Page) -> None:
    found = answers(page, base, [*HOSTILE, "2FA"])
    assert found[-1]
    for items in found:
        for group in items:
            for item in group:
                html = item["title"] + item["text"]
                tags = page.evaluate(
                    """(html) => {
                      const box = document.createElement("template");
                      box.innerHTML = html;
                      return [...box.content.querySelectorAll("*")].map((each) => each.tagName);
                    }""",
                    html,
                )
                assert set(tags) <= {"MARK", "SPAN"}


def typed(page: Page, text: str) -> None:
    """Open the search and enter *text* at once, so that nothing is shown for a part of it."""
    page.locator(".md-search__input").fill("")
    page.locator(".md-search__input").focus()
    page.keyboard.insert_text(text)
    page.keyboard.press("End")


def test_nothing_is_loaded_before_the_first_query(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("ja/talk/etiquette/")
    settle(page)
    index = [url for url in asked if "/ja/search/" in url]
    assert [url.rpartition("/")[2] for url in index] == ["search_index.json"]
    assert len(page.request.get(index[0]).body()) < 2_000
    typed(page, "出金")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert any(url.endswith("/meta.json") for url in asked)


@pytest.mark.parametrize(
    ("base", "query", "target"),
    [
        ("", "withdrawal late", "withdrawal"),
        ("", "withdrawl", "withdrawal"),
        ("ja/", "出金 まだ来ない", "出金"),
        ("zh-Hans/", "提现没到账怎么办", "提现"),
        ("zh-Hans/", "實名認證", "认证"),
        ("ar/", "سحب", "السحب"),
    ],
)
def test_words_are_marked_in_results_and_on_the_page(
    base: str, query: str, target: str, page: Page
) -> None:
    page.goto(f"{base}talk/etiquette/")
    typed(page, query)
    result = page.locator(".md-search-result__item").first
    marks = result.locator("mark")
    expect(marks.filter(has_text=target).first).to_be_attached()
    result.locator("a").first.click()
    page.wait_for_url("**h=**")
    expect(page.locator("article mark[data-md-highlight]", has_text=target).first).to_be_visible()


@pytest.mark.parametrize("query", ["Live chat", "someone got into my account", "evidence"])
def test_enter_opens_the_first_result(query: str, page: Page) -> None:
    page.goto("talk/etiquette/")
    typed(page, query)
    first = page.locator(".md-search-result__item").first
    expect(first).to_be_visible()
    address = first.locator("a").first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url("**h=**")
    assert page.url.partition("?")[0] == address.partition("?")[0]


def test_a_link_with_a_query_opens_the_search(page: Page) -> None:
    page.goto("zh-Hans/?q=充值")
    expect(page.locator(".md-search-result__item").first).to_contain_text("充值")


def test_the_keyboard_leads_to_a_result_and_takes_a_suggestion(page: Page) -> None:
    page.goto("talk/etiquette/")
    typed(page, "glossa")
    expect(page.locator(".md-search__suggest")).to_have_text("glossary")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".md-search__input")).to_have_value("glossary")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Glossary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/**")


@pytest.mark.parametrize(("query", "whole"), [("GLOSSA", "GLOSSAry"), ("e-mai", "e-mail")])
def test_a_suggestion_keeps_what_was_typed(query: str, whole: str, page: Page) -> None:
    page.goto("talk/etiquette/")
    typed(page, query)
    expect(page.locator(".md-search__suggest")).to_have_text(whole)


@pytest.mark.parametrize(
    ("base", "query", "target"),
    [
        ("ja/", "クッキー", "Cookie"),
        ("", "authenticator 2fa", "2FA"),
        ("zh-Hans/", "實名認證", "身份认证"),
        ("ar/", "الايداع", "إيداع"),
        ("ja/", "しゅっきん", "出金"),
        ("zh-Hans/", "tixian", "提现"),
        ("", "withdrawl", "withdrawal"),
    ],
)
def test_synonyms_variants_and_slips_find_the_word_of_the_site(
    base: str, query: str, target: str, page: Page
) -> None:
    items = answers(page, base, [query])[0]
    shown = " ".join(item["title"] + item["text"] for group in items[:3] for item in group)
    assert target in shown.replace("<mark data-md-highlight>", "").replace("</mark>", "")


def test_a_search_that_finds_nothing_leads_to_help_in_the_language_of_the_page(page: Page) -> None:
    items = answers(page, "ja/", ["xyzzyqqk"])[0]
    assert items[0][0]["location"] == "start/choose-channel/"
    assert "見つかりませんでした。別の言葉で検索してみてください。" in items[0][0]["title"]
    page.goto("ja/talk/etiquette/")
    typed(page, "xyzzyqqk")
    expect(page.locator(".md-search-result__item").first).to_contain_text("見つかりませんでした")
    expect(page.locator(".md-search-result__meta")).to_be_hidden()


def test_a_search_that_finds_nothing_offers_the_nearest_articles(page: Page) -> None:
    found = answers(page, "", ["xithdrawalyislateorrefuzzed"])[0]
    assert [group[0]["location"] for group in found[1:]] == ["problems/withdrawal/"]
    assert len(answers(page, "", ["qqqqqqqq"])[0]) == 1


def test_an_excerpt_does_not_cut_a_character_in_two(tokenizer: Page) -> None:
    searching = (SCRIPTS / "search.js").read_text("utf-8")
    showing = searching.partition("/* Showing results */")[2].partition("/* Answering */")[0]
    worker = (SCRIPTS / "worker.js").read_text("utf-8")
    tokenizer.evaluate(f"{worker}{showing}; Object.assign(window, {{marked}}); 0")
    cut = """(before) => {
      const text = `${before}${"😀".repeat(99)} word ${"😀".repeat(199)}`;
      const index = {letter: (each) => normalize(each)};
      return marked(text, new Set(["word"]), index, new Set(), 220);
    }"""
    for before in ("", "x"):
        found = tokenizer.evaluate(cut, before)
        assert "<mark" in found
        assert not re.search("[\ud800-\udfff]", found)


@pytest.fixture
def failing(browser: Any, address: str) -> Any:
    """A page on which requests may fail."""
    opened = browser.new_page(base_url=address)
    yield opened
    opened.close()


def test_a_search_without_a_connection_says_so_and_recovers(failing: Page) -> None:
    page = failing
    page.goto("ar/talk/etiquette/")
    settle(page)

    def fail(route: Route) -> None:
        route.abort()

    page.context.route("**/search/**/*.bin", fail)
    typed(page, "سحب")
    meta = page.locator(".md-search-result__item").first
    expect(meta).to_contain_text("تعذّر الوصول إلى البحث")
    page.context.unroute("**/search/**/*.bin")
    typed(page, "سحب ")
    expect(page.locator(".md-search-result__item").first).to_contain_text("سحب")


def test_an_index_that_was_replaced_meanwhile_is_found_again(failing: Page, site: Path) -> None:
    page = failing
    stub = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    stub["config"]["annai"]["index"] = "gone"
    old = json.dumps(stub)
    first = {"left": 1}

    def answer(route: Route) -> None:
        if first["left"]:
            first["left"] = 0
            route.fulfill(body=old, content_type="application/json")
        else:
            route.fallback()

    page.context.route("**/search/search_index.json", answer)
    assert answers(page, "", ["withdrawal"])[0][0][0]["location"].startswith("problems/withdrawal/")


def test_two_tabs_search_in_two_languages(page: Page) -> None:
    other = page.context.new_page()
    page.goto("ja/talk/etiquette/")
    other.goto(page.url.replace("/ja/", "/ar/"))
    for tab, text in ((page, "出金"), (other, "سحب"), (page, "入金"), (other, "إيداع")):
        typed(tab, text)
        expect(tab.locator(".md-search-result__item").first).to_contain_text(text[-2:])
    other.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_the_search_leads_to_all_articles(
    width: int, browser: Any, address: str
) -> None:
    size = {"width": width, "height": 800}
    page = browser.new_page(base_url=address, java_script_enabled=False, viewport=size)
    page.goto("ja/problems/hacked/")
    if width < 400:
        page.locator("label.md-header__button[for=__search]").click()
    page.locator(".md-search__input").fill("出金")
    page.locator(".md-search__input").press("Enter")
    page.wait_for_url("**/ja/articles/**")
    links = page.locator(".annai-articles .annai-card a")
    assert links.count() == len(list((ROOT / "docs").rglob("*.md"))) - 2
    page.close()


def test_the_worker_is_small() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in SCRIPTS.iterdir()}
    assert sizes["search.js"] <= 8 * 1024
    assert sizes["worker.js"] <= 1024, "every page loads it"
