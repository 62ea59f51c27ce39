"""The laws of design, held by the site that this repository publishes."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import polib
import pytest

from annai.check import problems
from annai.cli import main
from annai.pseudo import KEPT
from annai.site import read_site
from annai.status import statuses
from annai.template import make_template
from builds.building import ROOT, article, build, content
from builds.engines import check_graph, read_page
from builds.visible import visible
from properties.test_laws import folded, unmarked

ADDRESS = "https://help.example/guide/"
ANOTHER_DAY = """
import datetime, os, time
import time_machine
day = datetime.datetime(2031, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
time_machine.travel(day).start()
os.environ["TZ"] = "JST-9"
time.tzset()
"""
"""As ``sitecustomize``: lets each Python that finds it live on another day, in another zone."""
HEADING = re.compile(r'<h[1-6][^>]*? id="([^"]*)"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This site, with two more locales: ``de`` repeats the source, ``fr`` is empty."""
    source = tmp_path_factory.mktemp("source")
    for name in ("docs", "hooks", "locales", "overrides"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    held = re.sub(r"\n    publish_at: .*", "", settings)  # readers of this copy get all languages
    assert held != settings
    (source / "mkdocs.yml").write_text(held, "utf-8")
    for locale in ("de", "fr"):
        catalog = make_template(read_site(source / "mkdocs.yml"))
        for entry in catalog:
            entry.msgstr = entry.msgid if locale == "de" else ""
        path = source / "locales" / locale / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True)
        catalog.save(str(path))
    return build(source, source / "site", SITE_URL=ADDRESS)


def pages() -> list[str]:
    """Every page, by its path in the site."""
    found = (
        path.relative_to(ROOT / "docs").with_suffix("") for path in (ROOT / "docs").rglob("*.md")
    )
    return sorted(
        f"{path}.html" if path.name == "index" else f"{path}/index.html" for path in found
    )


def test_law_1_a_locale_that_repeats_the_source_is_the_source(site: Path) -> None:
    for page in pages():
        assert folded(article(site / "de" / page)) == folded(article(site / page))


def test_law_2_a_locale_without_translations_is_the_source_but_for_language_marks(
    site: Path,
) -> None:
    for page in pages():
        expected = folded(unmarked(article(site / page)))
        assert folded(unmarked(article(site / "fr" / page))) == expected


def test_law_3_heading_ids_are_the_same_in_every_locale(site: Path) -> None:
    for page in pages():
        ids = HEADING.findall(article(site / page))
        assert ids
        for tag in ("ja", "ar", "zh-Hans", "de", "fr"):
            assert HEADING.findall(article(site / tag / page)) == ids


def test_law_4_nothing_on_any_page_is_left_in_the_source_language(tmp_path: Path) -> None:
    site = build(ROOT, tmp_path / "site", ANNAI_LOCALES="en,ar_XB")
    latin = re.compile("[A-Za-z]{2}")
    for page in [*pages(), "problems/index.html"]:
        assert len([text for text in visible(site / page) if latin.search(text)]) > 30
        assert [text for text in visible(site / "ar-XB" / page) if latin.search(text)] == []


def test_law_5_a_build_elsewhere_on_another_day_and_the_union_of_shards_are_byte_for_byte_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", ADDRESS)
    time = str(int(datetime.datetime.now().timestamp()))
    whole = content(build(ROOT, tmp_path / "whole", SOURCE_DATE_EPOCH=time))
    elsewhere = tmp_path / "another path"
    left = shutil.ignore_patterns(".*cache", ".hypothesis", ".venv", "__pycache__", "site")
    shutil.copytree(ROOT, elsewhere, ignore=left)
    (tmp_path / "day").mkdir()
    (tmp_path / "day" / "sitecustomize.py").write_text(ANOTHER_DAY, "utf-8")
    other = {"SOURCE_DATE_EPOCH": time, "PYTHONPATH": str(tmp_path / "day"), "PYTHONHASHSEED": "7"}
    assert content(build(elsewhere, elsewhere / "site", **other)) == whole
    names = ["en", *sorted(path.parent.name for path in ROOT.glob("locales/*/LC_MESSAGES"))]
    for name in names:
        build(ROOT, tmp_path / "parts" / name, ANNAI_LOCALES=name, SOURCE_DATE_EPOCH=time)
    parts = [str(tmp_path / "parts" / name) for name in names]
    assert main(["-f", str(ROOT / "mkdocs.yml"), "join", str(tmp_path / "joined"), *parts]) == 0
    assert content(tmp_path / "joined") == whole


def test_no_page_makes_a_request_to_another_site(site: Path) -> None:
    request = re.compile(
        r"""(?:src|srcset|action|poster)=["']?(?:https?:)?//|<link[^>]+href="https?:"""
    )
    for path in site.rglob("*.html"):
        assert not request.search(path.read_text("utf-8").replace(ADDRESS, "/")), path
    for path in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", path.read_text("utf-8")), path


def test_search_engines_find_each_page_in_every_language_that_has_it(site: Path) -> None:
    """The locale without translations has pages, and none of them is to be found."""
    found = check_graph(site, ADDRESS)
    helpers = ("404.html", "offline/index.html", "translations/index.html")
    for page in pages():
        french = read_page(site / "fr" / page)
        assert french.robots == "noindex"
        assert not (french.alternates or french.card or french.data)
        for folder in ("", "ar/", "de/", "ja/", "zh-Hans/"):
            url = f"{ADDRESS}{folder}{page.removesuffix('index.html')}"
            assert (url in found) == (page not in helpers)
    hacked = found[f"{ADDRESS}ja/problems/hacked/"]
    assert list(hacked.alternates) == ["en", "ar", "de", "ja", "zh-Hans", "x-default"]
    assert dict(hacked.card)["og:title"] == "アカウントが乗っ取られた"
    way, told = hacked.data
    names = [step["name"] for step in way["itemListElement"]]
    assert names == ["ホーム", "困ったとき", "アカウントが乗っ取られた"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", told["dateModified"])


THEMES_OWN = {"#__drawer", "#__search"}
"""Switches outside of the theme's blocks. They have an attribute that HTML does not know for them,
which keeps Firefox from opening the menu when a page is loaded again."""


def test_the_html_of_every_page_is_valid(site: Path, tmp_path: Path) -> None:
    """Of the two locales of this copy, one is the source again, and of the other some is enough."""
    tool = ROOT / ".venv/node/node_modules/html-validate/bin/html-validate.mjs"
    command = [ROOT / ".venv/bin/node", tool, "--config", ROOT / "tests/htmlvalidate.mjs"]
    folders = [path for path in site.iterdir() if path.is_dir() and path.name not in ("de", "fr")]
    looked_at = [*folders, site / "fr" / "talk", *site.glob("*.html")]
    written = tmp_path / "found.json"  # a pipe would lose what does not fit into it
    subprocess.run([*command, "-f", f"json={written}", *looked_at], capture_output=True)
    found = json.loads(written.read_text("utf-8"))
    assert len(found) > 4 * len(pages())  # each page of the theme has what is expected here
    assert {
        (each["filePath"], one["line"], one["ruleId"], one["message"])
        for each in found
        for one in each["messages"]
        if one["selector"] not in THEMES_OWN or "autocomplete" not in one["message"]
    } == set()


def test_a_page_in_full_translation_has_no_notice_and_others_say_so(site: Path) -> None:
    for tag in ("ja", "ar", "zh-Hans"):
        for page in pages():
            assert "annai-notice" not in (site / tag / page).read_text("utf-8")
    partly = (site / "fr" / "talk" / "etiquette" / "index.html").read_text("utf-8")
    assert "This page is not fully translated yet" in partly
    assert 'href="../../../talk/etiquette/"' in partly


def test_the_twin_of_a_page_says_all_that_the_page_says_in_every_language(site: Path) -> None:
    helpers = {"articles/index.html", "translations/index.html"}
    for page in set(pages()) - helpers:
        assert not (site / "fr" / page).with_suffix(".md").exists()
        for tag in ("", "ja", "ar", "zh-Hans", "de"):
            twin = (site / tag / page).with_suffix(".md").read_text("utf-8")
            said, position = words(twin.partition("\n---\n")[2]), 0
            for text in texts(article(site / tag / page)):
                position = said.find(words(text), position)
                assert position >= 0, (tag, page, text)
            graves = len(re.findall('class="admonition danger"', article(site / tag / page)))
            assert twin.count("> [!CAUTION]\n> **") == graves
    assert not [page for page in helpers if (site / page).with_suffix(".md").exists()]


def texts(html: str) -> list[str]:
    """What stands between the tags of *html*, without signs, and names of tabs, which move."""
    signs = r'<a class="(headerlink|footnote-backref|annai-hero__search).*?</a>'
    seen = re.sub(rf'(?s){signs}|<div class="tabbed-labels">.*?</div>', "", html)
    return [text for text in map(unescape, re.split("<[^>]*>", seen)) if words(text)]


def words(text: str) -> str:
    """The letters and digits of *text*."""
    return re.sub(r"[\W_]", "", text)


def test_complete_languages_are_complete_and_nothing_is_wrong_with_the_catalogs() -> None:
    site = read_site(ROOT / "mkdocs.yml")
    assert site.complete == ["ja", "zh_Hans", "ar"]
    assert [str(problem) for problem in problems(site)] == []


NAMES = {"2FA", "API", "Binance", "FAQ", "TLS", "`TXID`", "bitbank"}
"""What is the same in every language."""


@pytest.mark.parametrize("folder", ["ja", "zh_Hans", "ar"])
def test_nothing_but_names_is_translated_by_itself(folder: str) -> None:
    catalog = polib.pofile(str(ROOT / "locales" / folder / "LC_MESSAGES" / "messages.po"))
    same = {entry.msgid for entry in catalog if entry.msgid == entry.msgstr and not entry.obsolete}
    assert {each for each in same if re.sub(r"%\(\w+\)s|\{[\w-]+\}|\W", "", each)} <= NAMES


@pytest.mark.parametrize("tag", ["ja", "zh-Hans", "ar"])
def test_no_sentence_of_the_site_or_its_theme_is_left_in_latin_letters(
    tag: str, site: Path
) -> None:
    for page in pages():
        for text in visible(site / tag / page):
            if text.startswith(ADDRESS):
                continue  # where the page is, on paper
            words = re.findall("[A-Za-z]{2,}", text)
            assert len(words) <= 2 or re.search(r"[\u0600-\u06ff\u3040-\u30ff\u4e00-\u9fff]", text)


WRONG = {
    "ja": r"[ぁ-んァ-ヶ一-龠][,.!?;:()](?!\w)|[ぁ-んァ-ヶ一-龠] +[A-Za-z0-9]|[０-９Ａ-Ｚａ-ｚ“”]",
    "zh_Hans": r"[一-龥]([,.!?;:()]| +[A-Za-z0-9])|[A-Za-z0-9] +[一-龥]|[０-９Ａ-Ｚａ-ｚ「」你]",
    "ar": r"[ء-ي][,;?]|[“”\"٠-٩\u200e\u200f\u202a-\u202e\u2066-\u2069]",
}
"""Punctuation, digits and words that the style guides of the languages rule out."""


@pytest.mark.parametrize("folder", ["ja", "zh_Hans", "ar"])
def test_every_language_has_the_punctuation_of_its_style_guide(folder: str) -> None:
    """Of CJK text and Arabic; what stands in code, links and placeholders is left out."""
    catalog = polib.pofile(str(ROOT / "locales" / folder / "LC_MESSAGES" / "messages.po"))
    for entry in catalog:
        if entry.obsolete or "Nobody sees" in entry.comment:
            continue  # what nobody sees, or what people type, right or wrong
        text = KEPT.sub("", entry.msgstr)
        assert not re.search(WRONG[folder], text), text


def test_the_readme_tells_how_far_each_language_is() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for status in statuses(read_site(ROOT / "mkdocs.yml")):
        assert re.search(
            rf"\| {re.escape(status.name)} .*\| {status.whole.percent} % \|", readme
        ), status


def test_pybabel_extracts_the_same_messages(tmp_path: Path) -> None:
    template = tmp_path / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", "pyproject.toml"]
    subprocess.run([*command, "-o", str(template), "."], cwd=ROOT, check=True, capture_output=True)
    found = {entry.msgid: sorted(entry.occurrences) for entry in polib.pofile(str(template))}
    expected = {
        entry.msgid: sorted(entry.occurrences)
        for entry in make_template(read_site(ROOT / "mkdocs.yml"))
    }
    assert found == expected
