"""What pages may do in a browser: what they need, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from annai.responses import WORKER, WORKER_POLICY
from browser.conftest import listen, served, settle
from builds.building import SITES, build

QUERIES = {
    "": ("withdrawal", "withdrawal"),
    "ja/": ("出金", "出金"),
    "ar/": ("سحب", "سحب"),
    "zh-Hans/": ("提现", "提现"),
}
THIRD = "https://third.example/"

INJECTED = f"""
<script>window.inline = true</script>
<button id="injected" onclick="window.clicked = true">x</button>
<a id="leads" href="javascript:window.led = true">x</a>
<img src="{THIRD}dot.png">
<script src="{THIRD}evil.js"></script>
<base href="{THIRD}">
<form id="form" action="{THIRD}form"></form>
<iframe src="{THIRD}frame"></iframe>
<style>#injected {{ color: rgb(1, 2, 3) }}</style>
"""
FORBIDDEN = {
    "base-uri",
    "connect-src",
    "form-action",
    "frame-src",
    "img-src",
    "script-src-attr",
    "script-src-elem",
    "style-src-elem",
}


@pytest.mark.parametrize("folder", QUERIES)
def test_no_page_needs_what_its_policy_forbids_asks_another_site_or_is_wider_than_a_phone(
    folder: str, page: Page, site: Path
) -> None:
    """At 320 pixels, which are 1280 at 400 % (WCAG 2.2, 1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 256})
    paths = sorted((site / folder).rglob("*.html"))
    own = [path for path in paths if folder or path.relative_to(site).parts[0] not in TAGS]
    assert len(own) >= 40
    for path in own:
        page.goto(path.relative_to(site).as_posix().removesuffix("index.html"), wait_until="load")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, page.url
    settle(page)


TAGS = ("ar", "ja", "zh-Hans")


@pytest.mark.parametrize("folder", QUERIES)
def test_search_and_colors_work_under_the_policies(folder: str, page: Page) -> None:
    query, found = QUERIES[folder]
    with page.expect_response(f"**/{WORKER}?**") as worker:
        page.goto(f"{folder}talk/etiquette/")
    policies = worker.value.headers["content-security-policy"]
    assert policies.split(", ") == ["frame-ancestors 'none'", WORKER_POLICY]
    page.locator(".md-search__input").fill(query)
    page.locator(".md-search__input").press("End")
    expect(page.locator(".md-search-result__item").first).to_contain_text(found)
    page.keyboard.press("Escape")
    before = page.locator("body").get_attribute("data-md-color-media")
    page.locator("form[data-md-component=palette] label:visible").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-media", str(before))


@pytest.fixture
def attacked(browser: Browser, address: str, site: Path) -> Iterator[Page]:
    """A browser in which somebody wrote into a page, and another site would answer."""
    context = browser.new_context(base_url=address)
    built = (site / "problems" / "hacked" / "index.html").read_text("utf-8")
    start = built.index("<meta http-equiv")
    bare = built[:start] + built[built.index(">", start) + 1 :]

    def answer(route: Route) -> None:
        html = bare if "bare" in route.request.url else built
        body = html.replace("<article", f"{INJECTED}<article", 1)
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    context.route("**/problems/hacked/*", answer)
    yield context.new_page()
    context.close()


def attack(page: Page, query: str) -> tuple[dict[str, bool], set[str], list[str]]:
    """What happened, which directives forbade something, and what was asked of another site."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.removeprefix(THIRD))
        route.fulfill(body="window.loaded = true", content_type="text/javascript")

    page.context.route(f"{THIRD}**", answer)
    page.add_init_script(
        "window.forbidden = [];"
        "addEventListener('securitypolicyviolation', (v) => forbidden.push(v.effectiveDirective))"
    )
    page.goto(f"problems/hacked/?{query}")
    page.evaluate("document.getElementById('injected').click()")
    page.evaluate("document.getElementById('leads').click()")
    page.evaluate(f"fetch('{THIRD}fetch').catch(() => 0)")
    happened = page.evaluate(
        "({inline: !!window.inline, clicked: !!window.clicked, loaded: !!window.loaded,"
        " led: !!window.led, base: document.baseURI.includes('third'),"
        " styled: getComputedStyle(document.getElementById('injected')).color === 'rgb(1, 2, 3)'})"
    )
    page.evaluate("document.getElementById('form').submit()")
    settle(page)
    is_here = not page.url.startswith(THIRD)
    return happened, set(page.evaluate("forbidden")) if is_here else set(), asked


def test_what_somebody_writes_into_a_page_cannot_run_or_reach_another_site(attacked: Page) -> None:
    happened, forbidden, asked = attack(attacked, "")
    assert [name for name, did in happened.items() if did] == []
    assert forbidden >= FORBIDDEN
    assert asked == []


def test_without_the_policy_it_would(attacked: Page) -> None:
    happened, _, asked = attack(attacked, "bare")
    assert [name for name, did in happened.items() if not did] == []
    assert {"dot.png", "evil.js", "fetch", "form?", "frame"} <= set(asked)


def test_no_page_can_be_framed(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    frame = '<iframe src="problems/hacked/"></iframe>'
    context.route("**/frame", lambda route: route.fulfill(body=frame, content_type="text/html"))
    page.goto("frame")
    assert "hacked" not in page.frames[1].content()
    context.close()


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site with links to other sites and to a repository is served."""
    site = build(SITES / "links-to-other-sites", tmp_path_factory.mktemp("doors") / "site")
    with served(site) as found:
        yield found


@pytest.mark.parametrize(
    ("folder", "arrows"),
    [
        ("", {"the door": "↗", "A bank": "↗", "its help": "↗"}),
        ("ar/", {"الباب": "↖", "A bank": "↗"}),
    ],
)
def test_links_to_other_sites_have_a_mark_that_is_not_read_out(
    folder: str, arrows: dict[str, str], browser: Browser, doors: str
) -> None:
    page = browser.new_page()
    complaints = listen(page, doors)
    page.goto(f"{doors}{folder}")
    content = "link => getComputedStyle(link, '::after').content"
    for name, arrow in arrows.items():
        link = page.get_by_role("link", name=name, exact=True)
        assert link.evaluate(content) == f'"\xa0{arrow}\ufe0e" / ""'
    for each in ("a[href*='help.example/guide']", "a:has(img)", "a[href^=mail]"):
        assert page.locator(f"article {each}").evaluate(content) == "none"
    expect(page.locator("article td").last).to_have_css("text-align", "right")
    settle(page)
    expect(page.locator(".md-header .md-source")).to_be_visible()
    assert complaints == [], "the theme's script asks nobody about the repository"
    page.close()


def test_the_site_of_this_repository_has_a_policy_on_every_page(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        assert html.count('http-equiv="Content-Security-Policy"') == 1, path
        assert "'unsafe-inline'" not in html
        assert html.index("charset=") < 1024
