"""The picker on the page about channels: two questions in the place of a table."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Page, expect

from builds.building import ROOT

ADDRESS = "start/choose-channel/"
SCRIPT = ROOT / "overrides" / "assets" / "javascripts" / "picker.js"
AXE = ROOT / ".venv" / "node" / "node_modules" / "axe-core" / "axe.min.js"
LEGENDS = {
    "": ["How urgent is it?", "Which fits best?"],
    "ja/": ["どのくらい急ぐか", "どちらに近いか"],
    "ar/": ["ما مدى استعجال المشكلة؟", "أيّها أقرب إلى حالتك؟"],
}
ANSWERS = {
    "": "A ticket, with all details and evidence",
    "ja/": "チケット（詳しい内容と証拠をすべて付ける）",
    "ar/": "تذكرة دعم، مع كل التفاصيل والأدلة",
}


@pytest.mark.parametrize("folder", LEGENDS)
def test_two_answers_by_keyboard_lead_to_the_channel(folder: str, page: Page, address: str) -> None:
    page.goto(f"{folder}{ADDRESS}")
    picker = page.locator(".annai-picker")
    first, second = (picker.get_by_role("group", name=each) for each in LEGENDS[folder])
    first.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(first.get_by_role("radio").nth(1)).to_be_checked()
    status = picker.get_by_role("status")
    expect(status).not_to_contain_text(ANSWERS[folder])
    page.keyboard.press("Tab")
    expect(second.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second.get_by_role("radio").nth(1)).to_be_checked()
    expect(status).to_have_text(ANSWERS[folder])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{folder}channels/ticket-form/")


def test_every_pair_of_answers_shows_its_cell_of_the_table(page: Page) -> None:
    page.goto(ADDRESS)
    picker = page.locator(".annai-picker")
    cells = picker.locator("tbody td:not(:first-child)").all_text_contents()
    assert len(cells) == 4
    groups = [picker.get_by_role("group", name=each) for each in LEGENDS[""]]
    for number, cell in enumerate(cells):
        for group, index in zip(groups, divmod(number, 2), strict=True):
            group.get_by_role("radio").nth(index).check()
        expect(picker.get_by_role("status")).to_have_text(cell)


def test_the_table_is_one_step_away_and_is_what_gets_printed(page: Page) -> None:
    page.goto(ADDRESS)
    table = page.locator(".annai-picker table")
    expect(table).to_be_hidden()
    page.get_by_text("Show the whole table").focus()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    page.reload()
    expect(table).to_be_hidden()
    page.pdf()
    page.emulate_media(media="print")
    expect(table).to_be_visible()
    expect(page.locator(".annai-picker__form")).to_be_hidden()


def test_without_scripts_there_is_the_table(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, java_script_enabled=False)
    page.goto(ADDRESS)
    picker = page.locator(".annai-picker")
    expect(picker.get_by_role("table")).to_be_visible()
    expect(picker.get_by_role("radio")).to_have_count(0)
    expect(picker.get_by_role("link", name="Live chat")).to_have_count(2)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("folder", LEGENDS)
def test_axe_finds_nothing_and_every_answer_is_easy_to_touch(
    folder: str, scheme: str, browser: Browser, address: str
) -> None:
    with browser.new_context(
        base_url=address,
        bypass_csp=True,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": 320, "height": 640},
    ) as context:
        page = context.new_page()
        page.goto(f"{folder}{ADDRESS}")
        for label in page.locator(".annai-picker label").all():
            box = label.bounding_box()
            assert box
            assert box["height"] >= 44
        page.locator(".annai-picker input").nth(0).check()
        page.locator(".annai-picker input").nth(2).check()
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run('.annai-picker', {resultTypes: ['violations']})")
        assert [each["id"] for each in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_only_pages_with_a_picker_load_it_and_it_is_small(page: Page) -> None:
    page.goto("problems/hacked/")
    assert page.locator("script[src$='picker.js'], #annai-picker").count() == 0
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) <= 1536
