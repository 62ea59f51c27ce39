"""Small sites, each named for its shape, built by the command that writers use."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from annai.built import BuiltSite
from annai.cli import main
from annai.picture import PICTURE, size
from annai.staging import Staging
from builds.building import ROOT, SITES, build, content, run
from builds.engines import check_graph, read_page
from finding.queries import places

BROKEN = sorted(path.parent for path in SITES.glob("*/expected-error.txt"))
SOUND = sorted(set(SITES.iterdir()) - set(BROKEN))


@pytest.mark.parametrize("source", SOUND, ids=lambda path: path.name)
def test_two_builds_of_a_site_are_the_same_byte_for_byte(source: Path, tmp_path: Path) -> None:
    one, two = build(source, tmp_path / "one"), build(source, tmp_path / "two")
    assert content(one) == content(two)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one", "two"]


@pytest.mark.parametrize("source", BROKEN, ids=lambda path: path.name)
def test_a_site_that_cannot_be_built_says_why_and_leaves_the_last_good_one(
    source: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good site")
    result = run(source, site)
    assert result.returncode == 1
    assert (source / "expected-error.txt").read_text("utf-8").strip() in result.stdout
    assert "Traceback" not in result.stdout
    assert content(site) == {"index.html": b"the last good site"}
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_a_site_in_japanese_is_translated_into_english(tmp_path: Path) -> None:
    site = build(SITES / "source-locale-is-japanese", tmp_path / "site")
    japanese, english = (
        (site / path).read_text("utf-8") for path in ("index.html", "en/index.html")
    )
    assert '<html lang="ja"' in japanese
    assert "<p>出金を止めます。</p>" in japanese
    assert "検索" in japanese
    assert '<html lang="en"' in english
    assert "<p>We stop withdrawals.</p>" in english
    assert '<li><span dir="ltr" lang="ja">いいえ</span></li>' in english
    assert '<h1 dir="ltr" id="_1" lang="ja">出金が</h1>' in english
    assert "The parts that are missing are shown in Japanese." in english


def test_a_right_to_left_page_has_its_direction_and_marks_what_is_not_translated(
    tmp_path: Path,
) -> None:
    site = build(SITES / "right-to-left", tmp_path / "site")
    page = (site / "ar" / "index.html").read_text("utf-8")
    assert '<html lang="ar"' in page
    assert '<body dir="rtl"' in page
    assert '<h1 id="welcome">أهلا</h1>' in page
    assert '<p dir="ltr" lang="en">Not translated.</p>' in page
    assert '<a href="guides/other/#part">الصفحة الأخرى</a>' in page
    other = (site / "ar" / "guides" / "other" / "index.html").read_text("utf-8")
    assert '<h2 id="part">جزء</h2>' in other
    assert 'src="../../../images/dot.svg"' in other


def test_shared_files_are_written_once_and_pages_have_the_tag_of_their_language(
    tmp_path: Path,
) -> None:
    site = build(SITES / "right-to-left", tmp_path / "site")
    found = [path for path in content(site / "zh-Hans") if not path.startswith("search/")]
    assert found == ["guides/other/index.html", "index.html"]
    assert '<html lang="zh-Hans"' in (site / "zh-Hans" / "index.html").read_text("utf-8")
    assert (site / "images" / "dot.svg").is_file()
    assert (site / "404.html").is_file()


def test_every_page_leads_to_the_same_page_in_each_language(tmp_path: Path) -> None:
    site = build(SITES / "right-to-left", tmp_path / "site")
    for page in site.rglob("other/index.html"):
        links = re.findall(r'<a href="([^"]*)" hreflang="([^"]*)"', page.read_text("utf-8"))
        assert [tag for _, tag in links][:3] == ["en", "ar", "zh-Hans"]
        for link, tag in links:
            target = (page.parent / link / "index.html").resolve()
            folder = "" if tag == "en" else f"{tag}/"
            assert target == (site / f"{folder}guides/other/index.html").resolve()
            assert target.is_file()


def test_each_language_has_a_search_index_of_its_own(tmp_path: Path) -> None:
    site = build(SITES / "right-to-left", tmp_path / "site")
    found = places(site / "ar" / "search")
    assert [(each.url, each.heading) for each in found] == [
        ("guides/other/", "Other"),
        ("guides/other/", "جزء"),
        ("", "أهلا"),
    ]
    page = (site / "ar" / "guides" / "other" / "index.html").read_text("utf-8")
    assert '"base": "../../"' in page


def test_browsers_can_add_the_search_of_each_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://help.example/guide/")
    site = build(ROOT, tmp_path / "site", ANNAI_LOCALES="en,ja")
    page = (site / "ja" / "problems" / "hacked" / "index.html").read_text("utf-8")
    assert 'type="application/opensearchdescription+xml"' in page
    assert 'href="../../search/opensearch.xml"' in page
    described = (site / "ja" / "search" / "opensearch.xml").read_text("utf-8")
    assert 'template="https://help.example/guide/ja/?q={searchTerms}"' in described
    assert "<Language>ja</Language>" in described
    assert "取引所サポート案内" in described


def test_another_project_needs_only_the_hooks_and_its_own_folders(tmp_path: Path) -> None:
    site = build(SITES / "another-project", tmp_path / "site")
    page = (site / "ja" / "ガイド" / "使い方.html").read_text("utf-8")
    assert ">使い方<" in page
    assert '<p class="admonition-title">注</p>' in page
    assert '<a href="../index.html" title="別のプロジェクト"' in page
    assert (site / "ガイド" / "使い方.html").is_file()


def test_without_catalogs_a_site_has_one_language_and_no_switcher(tmp_path: Path) -> None:
    site = build(SITES / "no-locales-yet", tmp_path / "site")
    assert "hreflang" not in (site / "index.html").read_text("utf-8")
    assert "language/page.js" not in (site / "index.html").read_text("utf-8")
    assert 'data-tags=""' in (site / "404.html").read_text("utf-8")
    assert not (site / "assets/javascripts/language/words.js").exists()


@pytest.mark.parametrize(
    ("name", "shards"),
    [
        ("right-to-left", ("en,zh-Hans", "ar")),
        ("links-to-other-sites", ("en", "ar")),
        ("sections-of-every-kind", ("en", "ja")),
        ("read-without-a-connection", ("en", "ja")),
        ("read-by-programs", ("en", "ja")),
    ],
)
def test_shards_make_together_the_same_site_as_one_build(
    name: str, shards: tuple[str, ...], tmp_path: Path
) -> None:
    source = SITES / name
    whole = content(build(source, tmp_path / "whole"))
    parts = [
        content(build(source, tmp_path / locales, ANNAI_LOCALES=locales)) for locales in shards
    ]
    assert parts[0] | parts[1] == whole
    assert not parts[0].keys() & parts[1].keys()
    folders = [str(tmp_path / locales) for locales in shards]
    assert main(["-f", str(source / "mkdocs.yml"), "join", str(tmp_path / "site"), *folders]) == 0
    assert content(tmp_path / "site") == whole


def test_each_language_has_a_page_for_what_is_not_there_that_works_at_any_address(
    tmp_path: Path,
) -> None:
    site = build(SITES / "links-to-other-sites", tmp_path / "site")
    root, arabic = ((site / path).read_text("utf-8") for path in ("404.html", "ar/404.html"))
    for html in (root, arabic):
        assert '<meta name="robots" content="noindex">' in html
        assert "script-src 'self'" in html
        assert 'rel="alternate' not in html
        addresses = re.findall(r'(?<!data-)(?:href|src|action)="([^"]*)"', html)
        assert [each for each in addresses if not re.match("#|/guide/|https://", each)] == []
        listed = re.search(r'<script type="application/json" id="annai-pages">(.*)</script>', html)
        assert listed
        pages = [url for url, _ in json.loads(listed[1])["pages"]]
        assert "guide/one/" in pages
        assert not {"old/", "offline/"} & set(pages)  # where a page moved from, what is not kept
    assert 'data-root="/guide/" data-tags="ar"' in root
    assert re.search(r'<section lang="ar" dir="rtl">\s*<h2><a href="/guide/ar/">', root)
    assert '<html lang="ar"' in arabic
    assert '"home": "/guide/ar/"' in arabic
    assert '"base": "/guide/ar/"' in arabic
    assert "<section lang" not in arabic


def test_languages_are_offered_in_the_words_of_their_catalogs_or_not_at_all(
    tmp_path: Path,
) -> None:
    site = build(SITES / "links-to-other-sites", tmp_path / "site")
    words = (site / "assets/javascripts/language/words.js").read_text("utf-8")
    assert words == (
        'export default [{"tag":"en","direction":"ltr",'
        '"offer":"Read this page in English","close":"Close"}];\n'
    )
    assert "assets/javascripts/language/page.js" in (site / "ar/index.html").read_text("utf-8")


def test_a_shard_of_an_unknown_language_is_an_error(tmp_path: Path) -> None:
    result = run(SITES / "right-to-left", tmp_path / "site", ANNAI_LOCALES="en,arr")
    assert result.returncode == 1
    assert 'ANNAI_LOCALES:1: this site has no locale "arr"' in result.stdout
    assert 'did you mean "ar"?' in result.stdout


def test_warnings_of_a_language_are_shown_when_they_are_no_failure(tmp_path: Path) -> None:
    result = run(SITES / "translation-breaks-a-link", tmp_path / "site", "--no-strict")
    assert result.returncode == 0
    assert "[ja] locales/ja/LC_MESSAGES/messages.po:5: the text has no link" in result.stdout


def test_what_mkdocs_only_mentions_is_no_warning_in_any_language(tmp_path: Path) -> None:
    site = build(SITES / "pages-beside-the-navigation", tmp_path / "site")
    page = (site / "ja" / "beside" / "index.html").read_text("utf-8")
    assert "annai-notice" not in page
    assert '<a href="../" title="継承"' in page
    assert (site / "ja" / "search" / "index.html").is_file()
    assert (site / "ja" / "search" / "search_index.json").is_file()


def test_folders_are_sections_with_translated_titles(tmp_path: Path) -> None:
    site = build(SITES / "folders-without-navigation", tmp_path / "site")
    page = (site / "ja" / "user-guides" / "one" / "index.html").read_text("utf-8")
    assert "手引き" in page
    assert "User guides" not in page
    assert "<h1>最初</h1>" in page
    assert "annai-notice" not in page
    home = (site / "ja" / "index.html").read_text("utf-8")
    assert "<title>フォルダー</title>" in home
    assert "<title>Folders</title>" in (site / "index.html").read_text("utf-8")
    assert "Nothing yet" in [each.heading for each in places(site / "search")], (
        "a page without text"
    )


def test_templates_speak_with_context_and_number_and_never_in_markup(tmp_path: Path) -> None:
    source = SITES / "templates-with-context-and-plural"
    site = build(source, tmp_path / "site", ANNAI_LOCALES="en,ja,ar_XB")
    english = (site / "index.html").read_text("utf-8")
    assert "<p>Open, Open</p>" in english
    assert "<p>3 pages</p>" in english
    japanese = (site / "ja" / "index.html").read_text("utf-8")
    assert "<p>開く, 100 % 未解決 &lt; 1</p>" in japanese
    assert "<p>3ページ</p>" in japanese
    assert "<p>ホーム: Home</p>" in japanese
    assert "Open" not in (site / "ar-XB" / "index.html").read_text("utf-8")


HEARING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, "-m", "mkdocs", *sys.argv[1:]])
"""
"""Runs mkdocs where Ctrl-C ends it, which a shell takes from what it runs in the background."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_ended_leaves_the_last_good_site_and_nothing_else(
    number: signal.Signals, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good site")
    command = [sys.executable, "-c", HEARING, "build", "--site-dir", str(site)]
    source = SITES / "right-to-left"
    with subprocess.Popen(command, cwd=source, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".site.annai-*/parts/*")) and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(number)
        assert process.wait() != 0
    while runs(str(tmp_path)):
        assert time.monotonic() < deadline, "the builds of the languages end with it"
        time.sleep(0.01)
    assert content(site) == {"index.html": b"the last good site"}
    if number == signal.SIGKILL:
        Staging(site).discard()  # as the next build does
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def runs(text: str) -> bool:
    """Whether a process runs whose command has *text*."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if text in path.read_text("utf-8", errors="replace"):
                return True
    return False


LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.executable, [sys.executable, "-m", "mkdocs", *sys.argv[2:]])
"""
"""Runs mkdocs where no file can have more than so many bytes."""


@pytest.mark.parametrize(("locales", "size"), [("", 50_000), ("ja", 5_000)])
def test_a_build_on_a_disk_that_takes_no_more_says_so_and_leaves_the_last_good_site(
    locales: str, size: int, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good site")
    result = subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), "build", "--strict", "--site-dir", str(site)],
        cwd=SITES / "read-without-a-connection",
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "ANNAI_LOCALES": locales},
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert re.search(rf"file too large: {tmp_path}.*\nfix: make room there", result.stderr)
    assert content(site) == {"index.html": b"the last good site"}
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_a_translation_that_nobody_reviewed_is_not_shown(tmp_path: Path) -> None:
    site = build(SITES / "fuzzy-translations", tmp_path / "site")
    page = (site / "ja" / "index.html").read_text("utf-8")
    assert '<h1 dir="ltr" id="wait-for-two-hours" lang="en">Wait for two hours</h1>' in page
    assert "1時間待つ" not in page
    assert "annai-outdated" not in page


def test_a_page_may_keep_outdated_translations_and_marks_each_of_them(tmp_path: Path) -> None:
    site = build(SITES / "fuzzy-translations", tmp_path / "site")
    page = (site / "ja" / "kept" / "index.html").read_text("utf-8")
    attributes = 'class="annai-outdated__link" href="#annai-outdated"'
    link = f'<a aria-labelledby="annai-outdated" {attributes}>'
    assert f'<h1 class="annai-outdated" id="wait-for-two-hours">{link}</a>1時間待つ</h1>' in page
    assert f'<li><span class="annai-outdated">{link}</a>見る。</span></li>' in page
    assert '<p dir="ltr" lang="en">Read this today.</p>' in page
    assert "<p>止めます。</p>" in page
    assert "今日読む。" not in page
    assert 'id="annai-outdated">古い部分があります</p>' in page
    assert "annai-outdated" not in (site / "kept" / "index.html").read_text("utf-8")
    assert "1時間待つ" in [each.heading for each in places(site / "ja" / "search")]


def test_while_serving_each_gap_says_what_it_is_and_where(tmp_path: Path) -> None:
    source = SITES / "fuzzy-translations"
    site = build(source, tmp_path / "site", ANNAI_PREVIEW="1")
    page = (site / "ja" / "index.html").read_text("utf-8")
    lines = (source / "locales/ja/LC_MESSAGES/messages.po").read_text("utf-8").split("\n")
    line = lines.index('msgid "Read this today."') + 1
    place = f"locales/ja/LC_MESSAGES/messages.po:{line}"
    assert (
        f'<p class="annai-fuzzy" dir="ltr" lang="en" title="{place}">Read this today.</p>' in page
    )


def test_a_refused_translation_falls_back_to_the_source_and_says_why(tmp_path: Path) -> None:
    source = SITES / "translation-refused"
    result = run(source, tmp_path / "site", "--no-strict", ANNAI_PREVIEW="1")
    assert result.returncode == 0
    assert "[ja] locales/ja/LC_MESSAGES/messages.po:5: this translation has" in result.stdout
    page = (tmp_path / "site" / "ja" / "index.html").read_text("utf-8")
    assert 'title="locales/ja/LC_MESSAGES/messages.po:5: this translation has' in page
    assert ">Welcome</h1>" in page


def test_a_language_is_published_once_enough_is_translated_and_stays_for_a_while(
    tmp_path: Path,
) -> None:
    source = SITES / "languages-held-back"
    result = run(source, tmp_path / "site")
    assert "de is not published: less than 60 % of it is translated" in result.stdout
    site = tmp_path / "site"
    assert {path.parent.name for path in site.glob("*/index.html")} == {"ja", "ko", "translations"}
    home = (site / "index.html").read_text("utf-8")
    assert 'hreflang="ko"' in home
    assert 'hreflang="de"' not in home
    preview = build(source, tmp_path / "preview", ANNAI_PREVIEW="1")
    assert (preview / "de" / "index.html").is_file()


def test_shards_hold_back_the_same_languages_as_the_whole_build(tmp_path: Path) -> None:
    source = SITES / "languages-held-back"
    whole = content(build(source, tmp_path / "whole"))
    parts = [
        content(build(source, tmp_path / name, ANNAI_LOCALES=name))
        for name in ("en,ja", "ko", "de")
    ]
    assert parts[0] | parts[1] == whole
    assert parts[2] == {}


def test_a_page_shows_how_far_each_language_is(tmp_path: Path) -> None:
    site = build(SITES / "languages-held-back", tmp_path / "site")
    languages = (site / "translations" / "index.html").read_text("utf-8")
    assert '<a href="../ja/translations/">日本語</a><br><small>2 texts are not' in languages
    assert "<td>Deutsch<br><small>3 texts are not translated yet.</small></td>" in languages
    page = (site / "ko" / "translations" / "index.html").read_text("utf-8")
    assert "50% of all texts are translated." in page
    assert "Last change: 2026년 11월 2일." in page
    assert "<code>locales/ko/LC_MESSAGES/messages.po</code>" in page
    assert re.search(r'<a href="../">ko One</a><br><small>2 texts', page)
    assert '<rect class="annai-bar__translated" width="33.33"' in page
    assert '<a href="../my%20guide/a%20page/">A &lt;b&gt;</a>' in page
    for folder in ("", "ja/", "ko/"):
        text = (site / f"{folder}search/search_index.json").read_text("utf-8")
        assert "translations" not in text


def test_the_page_leads_to_the_catalog_where_the_repository_is_known(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(SITES / "languages-held-back", source)
    config = (source / "mkdocs.yml").read_text("utf-8").replace("../../../..", str(ROOT))
    address = "repo_url: https://git.example/team/help\nedit_uri: edit/main/docs/\n"
    (source / "mkdocs.yml").write_text(config + address, "utf-8")
    site = build(source, tmp_path / "site", ANNAI_LOCALES="ja")
    page = (site / "ja" / "translations" / "index.html").read_text("utf-8")
    link = "https://git.example/team/help/edit/main/locales/ja/LC_MESSAGES/messages.po"
    assert f'<a href="{link}"><code>locales/ja/LC_MESSAGES/messages.po</code></a>' in page


def test_a_translated_page_leads_to_its_source_and_to_its_words_in_the_catalog(
    tmp_path: Path,
) -> None:
    site = build(SITES / "links-to-other-sites", tmp_path / "site")
    source = 'href="https://github.com/example/doors/edit/master/docs/index.md"'
    catalog = "https://github.com/example/doors/blob/master/locales/ar/LC_MESSAGES/messages.po"
    arabic = (site / "ar" / "index.html").read_text("utf-8")
    assert source in arabic
    assert f'<a href="{catalog}#L8"' in arabic
    english = (site / "index.html").read_text("utf-8")
    assert source in english
    assert "messages.po" not in english


def test_where_a_page_is_edited_needs_no_leave_and_gives_none(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(SITES / "links-to-other-sites", source)
    config = (source / "mkdocs.yml").read_text("utf-8").replace("../../../..", ROOT.as_posix())
    edited = "https://git.example/team/-/edit/main/docs/"
    (source / "mkdocs.yml").write_text(f"{config}edit_uri_template: {edited}{{path}}\n", "utf-8")
    arabic = (build(source, tmp_path / "site") / "ar" / "index.html").read_text("utf-8")
    assert f'href="{edited}index.md"' in arabic
    catalog = "https://git.example/team/-/blob/main/locales/ar/LC_MESSAGES/messages.po#L8"
    assert f'href="{catalog}"' in arabic
    with (source / "docs" / "index.md").open("a", encoding="utf-8") as page:
        page.write(f"\n[Other]({edited}other.md)\n")
    result = run(source, tmp_path / "site")
    assert result.returncode == 1
    assert "git.example is none of the domains that readers may be sent to" in result.stdout


def test_files_of_the_theme_are_published_if_something_uses_them(tmp_path: Path) -> None:
    site = build(SITES / "read-without-a-connection", tmp_path / "site")
    files = content(site)
    assert not [path for path in files if path.endswith(".map") or "/lunr/" in path]
    assert "sw.js" in files
    assert not [path for path, text in files.items() if b"sourceMappingURL" in text]
    source = Path(shutil.copytree(SITES / "read-without-a-connection", tmp_path / "source"))
    config = (source / "mkdocs.yml").read_text("utf-8").replace("../../../..", str(ROOT))
    (source / "docs" / "own.js.map").write_text("{}")
    config = re.sub(r"  custom_dir: .*|.*(offline|harden)\.py", "", config)
    (source / "mkdocs.yml").write_text(config, "utf-8")
    own_search = content(build(source, tmp_path / "own-search"))
    assert "assets/javascripts/lunr/min/lunr.ja.min.js" in own_search
    assert "own.js.map" in own_search


NOVEMBER_22 = "1795305600"
"""The day 2026-11-22 as SOURCE_DATE_EPOCH."""


def test_facts_are_shown_with_their_sources_and_never_as_true_without(tmp_path: Path) -> None:
    source = SITES / "facts-of-every-standing"
    site = build(source, tmp_path / "site", SOURCE_DATE_EPOCH=NOVEMBER_22)
    page = (site / "index.html").read_text("utf-8")
    facts = [
        " ".join(re.sub("<[^>]*>", " ", each).split())
        for each in re.findall('annai-fact">(.*?)</div>', page, re.DOTALL)
    ]
    sure = "From 9 to 17 &lt;b&gt;daily&lt;/b&gt;. Source: The official site . Checked on"
    doubt = "Not confirmed. Look on the official site."
    assert facts == [
        f"When is chat open? {sure} November 1, 2026. Region: Japan.",
        f"When is chat open? {sure} November 1, 2026. Region: Japan.",
        f"What does it cost? {doubt} The official site : Nothing. Checked on November 1, 2026.",
        f"Can I call? {doubt} A blog, The official site : Yes.",
        f"Can I write? {doubt} The sources disagree: The official site : Yes. "
        "Checked on November 1, 2026. A blog: No. "
        "Unless a source names a service, it speaks of services in general.",
        f"Is there a form? {doubt}",
    ]
    assert '<a href="https://exchange.example/help?a=1&amp;b=2">' in page
    assert page.count("<code>[fact: one/nothing]") == 2
    assert not (site / "facts.yml").exists()
    later = build(source, tmp_path / "later", SOURCE_DATE_EPOCH=str(int(NOVEMBER_22) + 86400 * 170))
    assert "annai-fact" in (later / "index.html").read_text("utf-8")
    assert 'class="admonition success' not in (later / "index.html").read_text("utf-8")


def test_facts_speak_the_language_of_the_page(tmp_path: Path) -> None:
    site = build(
        SITES / "facts-of-every-standing", tmp_path / "site", SOURCE_DATE_EPOCH=NOVEMBER_22
    )
    page = (site / "ja" / "index.html").read_text("utf-8")
    assert "チャットの時間は &amp;？" in page
    assert "2026年11月1日に確認。" in page
    assert '<span dir="ltr" lang="en">Can I call?</span>' in page


def test_a_page_that_moved_leads_to_where_it_is_in_every_language(tmp_path: Path) -> None:
    site = build(SITES / "pages-that-moved", tmp_path / "site")
    for folder, title in (("", "One"), ("ar/", "واحد")):
        page = (site / folder / "old" / "page" / "index.html").read_text("utf-8")
        assert '<meta http-equiv="refresh" content="0; url=../../guide/one/">' in page
        assert f'<a href="../../guide/one/">{title}</a>' in page
        index = (site / folder / "search" / "search_index.json").read_text("utf-8")
        assert "old/page" not in index
    assert '<html lang="ar" dir="rtl">' in (site / "ar/old/page/index.html").read_text("utf-8")


HELP = "https://help.example/"


@pytest.mark.parametrize("urls", ["--use-directory-urls", "--no-directory-urls"])
def test_every_section_with_a_folder_of_its_own_has_a_page(urls: str, tmp_path: Path) -> None:
    site = build(SITES / "sections-of-every-kind", tmp_path / "site", urls)
    made = {"own", "problems", "problems/orders"}
    made |= {"taken"} if urls == "--no-directory-urls" else set()
    for folder in (site, site / "ja"):
        found = {
            path.parent.relative_to(folder).as_posix()
            for path in folder.rglob("index.html")
            if "annai-section" in path.read_text("utf-8")
        }
        assert {path for path in found if not path.startswith("ja/")} == made
    listed = {url.removesuffix("index.html") for url in check_graph(site, HELP)}
    assert {f"{HELP}problems/orders/", f"{HELP}problems/"} <= listed
    assert not [url for url in listed if "moved/index" in url or url == f"{HELP}moved/"]
    assert f"{HELP}ja/problems/" not in listed  # less than half of its articles is translated
    searched = {each.url.removesuffix("index.html") for each in places(site / "search")}
    assert searched & {f"{folder}/" for folder in made} == {"own/"}


def test_pages_lead_to_what_stands_for_the_site_and_robots_to_what_they_may_find(
    tmp_path: Path,
) -> None:
    source = Path(shutil.copytree(SITES / "read-without-a-connection", tmp_path / "source"))
    config = (source / "mkdocs.yml").read_text("utf-8").replace("../../../..", ROOT.as_posix())
    (source / "mkdocs.yml").write_text(config, "utf-8")
    (source / "docs" / "ガイド" / "hidden.md").write_text("---\nrobots: NoIndex\n---\n# No\n")
    site = build(source, tmp_path / "site", SITE_URL=HELP)
    found = check_graph(site, HELP)
    assert f"{HELP}ja/%E3%82%AC%E3%82%A4%E3%83%89/%E4%BD%BF%E3%81%84%E6%96%B9.html" in found
    hidden = read_page(site / "ja" / "ガイド" / "hidden.html")
    assert hidden.robots == "noindex"
    assert dict(found[f"{HELP}ja/index.html"].card)["og:image"] == f"{HELP}{PICTURE}"
    assert size((site / PICTURE).read_bytes()) == (1200, 630)
    assert PICTURE not in (site / "offline.json").read_text("utf-8")
    assert f"\nSitemap: {HELP}sitemap.xml\n" in (site / "robots.txt").read_text("utf-8")
    own = "    picture: images/dot.png\n"
    (source / "mkdocs.yml").write_text(config + own, "utf-8")
    (source / "docs" / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    below = build(source, tmp_path / "below", SITE_URL=f"{HELP}guide/")
    card = dict(read_page(below / "index.html").card)
    assert card["og:image"] == f"{HELP}guide/images/dot.png"
    assert not (below / PICTURE).exists()
    assert (below / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    (source / "mkdocs.yml").write_text(config + own.replace("dot.png", "dot.svg"), "utf-8")
    result = run(source, tmp_path / "none", SITE_URL=HELP)
    assert 'mkdocs.yml:22: "images/dot.svg" is no PNG, JPEG or WebP' in result.stdout


def test_without_an_address_pages_say_what_they_can_and_there_is_no_sitemap(
    tmp_path: Path,
) -> None:
    site = build(SITES / "read-without-a-connection", tmp_path / "site")
    page = read_page(site / "ja" / "index.html")
    assert page.alternates == {"en": "../index.html", "ja": "index.html"}
    assert [name for name, _ in page.card if name in ("og:url", "og:image")] == []
    assert dict(page.card)["og:title"] == "Small"
    assert not page.canonical
    assert not [site / name for name in ("sitemap.xml", "robots.txt") if (site / name).exists()]


def test_a_section_shows_its_pages_as_cards_and_marks_what_is_not_translated(
    tmp_path: Path,
) -> None:
    site = build(SITES / "sections-of-every-kind", tmp_path / "site")
    english, japanese = (
        (site / each / "problems" / "index.html").read_text("utf-8") for each in ("", "ja")
    )
    title, text = 'class="annai-card__title" href="', 'class="annai-card__text"'
    assert "<h1>Problems</h1>" in english
    described = "My account is locked · Orders &amp; fees · My account was hacked"
    assert f'<meta name="description" content="{described}">' in english
    assert re.findall(f'{title}([^"]*)', english) == ["locked/", "hacked/", "orders/price/"]
    assert f"{text}>Who &#34;locks&#34; it &amp; why.</p>" in english
    assert '<h2><a href="orders/">Orders &amp; fees</a></h2>' in english
    assert "<h1>困ったとき</h1>" in japanese
    assert f'{title}locked/">アカウントがロックされた</a>' in japanese
    assert f'{text} dir="ltr" lang="en">Who' in japanese
    assert f'{title}hacked/" dir="ltr" lang="en">My account was hacked</a>' in japanese
    assert f"{text}>今すること。</p>" in japanese
    assert '<h2 dir="ltr" lang="en"><a href="orders/">' in japanese
    inner = (site / "ja" / "problems" / "orders" / "index.html").read_text("utf-8")
    assert '<h1 dir="ltr" lang="en">Orders & fees</h1>' in inner
    own = (site / "own" / "index.html").read_text("utf-8")
    assert '<a href="../problems/">the problems</a>' in own
    assert f'{title}page/">Page own/page</a>' in own


@pytest.mark.parametrize("urls", ["--use-directory-urls", "--no-directory-urls"])
@pytest.mark.parametrize("name", ["sections-of-every-kind", "folders-without-navigation"])
def test_the_navigation_marks_the_open_page_and_leads_to_all_others(
    name: str, urls: str, tmp_path: Path
) -> None:
    site = BuiltSite(build(SITES / name, tmp_path / "site", urls, ANNAI_LOCALES="en"))
    reached, ahead = set(), ["index.html"]
    while ahead:
        path = ahead.pop()
        reached.add(path)
        menu = BeautifulSoup((site.folder / path).read_bytes(), "html.parser").select_one(
            ".md-nav--primary"
        )
        links = menu.select("a.md-nav__link:not([href^='#'])") if menu else []
        targets = [site.target(str(each["href"]), path) for each in links]
        assert [
            target
            for target, link in zip(targets, links, strict=True)
            if link.get("aria-current") == "page" and "md-nav__link--active" in link["class"]
        ] == [(path, "")]
        assert str(menu).count("aria-current") == 1
        ahead += {target[0] for target in targets if target} - reached - set(ahead)
    pages = {path for path in site.pages if b"md-nav--primary" in (site.folder / path).read_bytes()}
    assert reached == pages - {"404.html"}


def test_a_page_does_not_grow_with_the_articles_of_other_sections(tmp_path: Path) -> None:
    source = Path(shutil.copytree(SITES / "sections-of-every-kind", tmp_path / "source"))
    config = (source / "mkdocs.yml").read_text("utf-8").replace("../../../..", ROOT.as_posix())
    (source / "mkdocs.yml").write_text(config, "utf-8")
    few = content(build(source, tmp_path / "few"))
    names = [f"own/more-{number}.md" for number in range(20)]
    for each in names:
        (source / "docs" / each).write_text("# More\n", "utf-8")
    listed = "".join(f"      - {each}\n" for each in ["own/page.md", *names])
    config = config.replace("      - own/page.md\n", listed)
    (source / "mkdocs.yml").write_text(config, "utf-8")
    many = content(build(source, tmp_path / "many"))
    pages = {path for path in few if path.endswith(".html")}
    grown = {path for path in pages if len(many[path]) > len(few[path])}
    assert {path.removeprefix("ja/") for path in grown} == {"own/index.html", "own/page/index.html"}


COUNTING = """
import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config

def called(frame, event, arg):
    global count
    count += event in ("call", "c_call")

count, config = 0, load_config("mkdocs.yml", site_dir=sys.argv[1])
sys.setprofile(called)
build(config)
sys.setprofile(None)
print(count)
"""
"""Builds a site, and says how many functions were called."""


def test_a_page_takes_as_much_work_however_many_pages_there_are(tmp_path: Path) -> None:
    """Pages beside the navigation, since the titles of its sections are on all pages."""
    hooks = re.findall(r"^  - (hooks/.*)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M)
    counts = []
    for number in (20, 40, 60):
        source = tmp_path / str(number)
        (source / "docs").mkdir(parents=True)
        (source / "docs" / "index.md").write_text("# Home\n", "utf-8")
        for each in range(number):
            text = "---\nrelated: [index.md]\n---\n# Page\n\nA [link](0.md).\n"
            (source / "docs" / f"{each}.md").write_text(text, "utf-8")
        theme = {"name": "material", "custom_dir": str(ROOT / "overrides"), "font": False}
        config = {
            "site_name": "Pages",
            "site_url": HELP,
            "nav": ["index.md"],
            "not_in_nav": "*",
            "theme": theme,
            "hooks": [str(ROOT / hook) for hook in hooks],
        }
        (source / "mkdocs.yml").write_text(json.dumps(config), "utf-8")
        done = subprocess.run(
            [sys.executable, "-c", COUNTING, str(tmp_path / f"{number}-site")],
            cwd=source,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"},
            stdout=subprocess.PIPE,
            check=True,
            encoding="utf-8",
        )
        counts.append(int(done.stdout))
    few, more, most = counts
    assert most - more < 1.01 * (more - few)


def test_folders_that_are_sections_have_pages_too(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(SITES / "folders-without-navigation", source)
    config = (source / "mkdocs.yml").read_text("utf-8").replace("../../../..", ROOT.as_posix())
    hook = f"hooks:\n  - {(ROOT / 'hooks' / 'overviews.py').as_posix()}\n"
    (source / "mkdocs.yml").write_text(config.replace("hooks:\n", hook), "utf-8")
    site = build(source, tmp_path / "site")
    page = (site / "ja" / "user-guides" / "index.html").read_text("utf-8")
    assert "<h1>手引き</h1>" in page
    assert 'class="annai-card__title" href="one/">最初</a>' in page


def test_articles_lead_to_related_ones_and_tell_their_review(tmp_path: Path) -> None:
    site = build(SITES / "pages-that-moved", tmp_path / "site")
    english, arabic = ((site / each / "index.html").read_text("utf-8") for each in ("", "ar"))
    assert 'href="guide/one/">One</a>' in english.partition('id="annai-related"')[2]
    assert '</h1><p class="annai-reviewed">Last reviewed on November 2, 2026.</p>' in english
    assert 'href="guide/one/">واحد</a>' in arabic.partition('id="annai-related"')[2]
    assert "آخر مراجعة: 2 نوفمبر 2026." in arabic


def test_the_glossary_is_shown_in_the_language_of_the_page(tmp_path: Path) -> None:
    site = build(SITES / "pages-that-moved", tmp_path / "site")
    english, arabic = ((site / each / "index.html").read_text("utf-8") for each in ("", "ar"))
    assert re.findall('<dt id="([^"]*)">', english) == ["fee", "two-factor-authentication"]
    assert '<dt id="two-factor-authentication">المصادقة <small>' in arabic
    assert "<dd>إثبات ثانٍ.</dd>" in arabic
    assert '<dd><span dir="ltr" lang="en">What it costs.</span></dd>' in arabic


def test_no_text_of_a_translator_becomes_markup_where_templates_escape_nothing(
    tmp_path: Path,
) -> None:
    source = tmp_path / "source"
    shutil.copytree(SITES / "source-locale-is-japanese", source)
    config = (source / "mkdocs.yml").read_text("utf-8").replace("../../../..", ROOT.as_posix())
    (source / "mkdocs.yml").write_text(
        f"{config}site_description: 説明\ncopyright: 権利\n"
        "nav:\n  - ホーム: index.md\n  - 章:\n    - titled.md\n    - headed.md\n    - list.md\n",
        "utf-8",
    )
    (source / "docs" / "titled.md").write_text("---\ntitle: 題\ndescription: 説明\n---\n", "utf-8")
    (source / "docs" / "headed.md").write_text("# 見出し\n", "utf-8")
    (source / "docs" / "list.md").write_text("---\ntemplate: articles.html\n---\n", "utf-8")
    hostile = 'x" onload="y <x@ onclick=y> &lt;/title&gt;&lt;script&gt;z&lt;/script&gt;'
    catalog = source / "locales" / "en" / "LC_MESSAGES" / "messages.po"
    texts = ("説明", "権利", "ホーム", "章", "題", "見出し")
    quoted = hostile.replace('"', '\\"')
    entries = "".join(f'\nmsgid "{text}"\nmsgstr "{quoted}"\n' for text in texts)
    catalog.write_text(catalog.read_text("utf-8") + entries, "utf-8")
    site = build(source, tmp_path / "site")
    for page in (site / "en").rglob("*.html"):
        html = page.read_text("utf-8")
        assert "<x@" not in html, page
        assert "<script>z" not in html, page
        assert 'x" onload' not in re.sub(r">[^<]*<", "><", html), page
    assert "&lt;x@ onclick=y&gt;" in (site / "en" / "titled" / "index.html").read_text("utf-8")


def policies(page: Path) -> list[str]:
    """The policies that a built page has."""
    pattern = '<meta http-equiv="Content-Security-Policy" content="([^"]*)">'
    return re.findall(pattern, page.read_text("utf-8"))


def test_each_page_has_the_policy_that_it_needs(tmp_path: Path) -> None:
    site = build(SITES / "links-to-other-sites", tmp_path / "site")
    for path in site.rglob("*.html"):
        [policy] = policies(path)
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe-inline" not in policy
        assert path.read_text("utf-8").count('<meta name="referrer" content="no-referrer">') == 1
        assert ("script-src" in policy) is ("<script" in path.read_text("utf-8"))
    [home], [one] = policies(site / "index.html"), policies(site / "guide/one/index.html")
    assert "style-src 'self' 'unsafe-hashes' 'sha256-" in home, "a table with aligned columns"
    assert "style-src 'self'; " in one
    assert policies(site / "ar/old/index.html") == [
        "default-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
    ]
    assert "form-action 'self'" in policies(site / "404.html")[0]


def test_while_serving_pages_have_no_policy_since_they_load_themselves_again(
    tmp_path: Path,
) -> None:
    site = build(SITES / "links-to-other-sites", tmp_path / "site", ANNAI_PREVIEW="1")
    assert policies(site / "index.html") == []
    assert 'rel="noopener external"' in (site / "index.html").read_text("utf-8")


def test_links_to_other_sites_say_so_and_keep_what_they_said(tmp_path: Path) -> None:
    site = build(SITES / "links-to-other-sites", tmp_path / "site")
    for folder in ("", "ar"):
        page = (site / folder / "index.html").read_text("utf-8")
        links = re.findall(r'<a (href="[^"]*example[^"]*"[^>]*)>', page)
        own = [link for link in links if "external" not in link]
        assert [link.split('"')[1] for link in own] == [
            "https://help.example/guide/",
            "mailto:me@bank.example",
        ]
        assert 'title="a &gt; b" rel="nofollow noopener external"' in page
        assert re.search("<a [^>]*target=", page) is None


def test_servers_are_told_what_to_say_and_finders_of_holes_whom_to_tell(tmp_path: Path) -> None:
    source = SITES / "links-to-other-sites"
    site = build(source, tmp_path / "site", SOURCE_DATE_EPOCH=NOVEMBER_22)
    headers = (site / "_headers").read_text("utf-8")
    assert headers.startswith("/guide/*\n  Content-Security-Policy: frame-ancestors 'none'\n")
    assert "\n/guide/assets/javascripts/search/worker.js\n" in headers
    assert headers.endswith("\n\n" + (source / "docs" / "_headers").read_text("utf-8"))
    assert (site / ".well-known" / "security.txt").read_text("utf-8") == (
        "Contact: https://help.example/security\n"
        "Expires: 2027-11-17T00:00:00Z\n"
        "Preferred-Languages: en, ar\n"
        "Canonical: https://help.example/.well-known/security.txt\n"
    )
    assert (site / "assets/javascripts/search/worker.js").is_file(), "the headers name it"
    assert len([*site.rglob("_headers"), *site.rglob("security.txt")]) == 2


def test_the_theme_does_not_ask_about_the_repository(tmp_path: Path) -> None:
    site = build(SITES / "links-to-other-sites", tmp_path / "site")
    page = (site / "index.html").read_text("utf-8")
    assert 'class="md-source"' in page
    assert 'data-md-component="source"' not in page


def test_each_language_lists_its_own_files_and_the_source_what_all_share(tmp_path: Path) -> None:
    site = build(SITES / "read-without-a-connection", tmp_path / "site")
    lists = [
        set(json.loads((site / path).read_text("utf-8"))["files"])
        for path in ("assets/offline.json", "offline.json", "ja/offline.json")
    ]
    shared, english, japanese = lists
    assert {"images/dot.svg", "assets/javascripts/offline/page.js"} <= shared
    assert not any(path.endswith(".html") for path in shared)
    assert {"index.html", "offline.html", "manifest.webmanifest"} < english
    assert {path.removeprefix("ja/") for path in japanese if path.endswith(".html")} == {
        path for path in english if path.endswith(".html")
    }
    assert not [path for path in shared | english if path.startswith("ja/")]
    assert len(shared) + len(english) + len(japanese) == len(shared | english | japanese)
    for path in shared | english | japanese:
        assert (site / unquote(path)).is_file()
    said = json.loads((site / "ja" / "manifest.webmanifest").read_text("utf-8"))
    assert (said["start_url"], said["scope"]) == ("index.html", "../")
    assert [each["sizes"] for each in said["icons"]] == ["4x2", "any"]
    page = (site / "ja" / "index.html").read_text("utf-8")
    assert '<link rel="manifest" href="manifest.webmanifest">' in page
    assert "manifest-src 'self'" in page
    assert 'data-folder="ja/" data-worker="../sw.js"' in page


def test_switched_off_or_served_a_site_has_a_worker_that_ends_itself(tmp_path: Path) -> None:
    source = Path(shutil.copytree(SITES / "read-without-a-connection", tmp_path / "source"))
    config = (source / "mkdocs.yml").read_text("utf-8").replace("../../../..", str(ROOT))
    (source / "mkdocs.yml").write_text(config, "utf-8")
    served = build(source, tmp_path / "served", ANNAI_PREVIEW="1")
    (source / "mkdocs.yml").write_text(f"{config}    offline: false\n", "utf-8")
    off = build(source, tmp_path / "off")
    for site in (served, off):
        assert "unregister()" in (site / "sw.js").read_text("utf-8")
        assert not [*site.rglob("offline.*"), *site.rglob("assets/javascripts/offline/worker.js")]
        page = (site / "ja" / "index.html").read_text("utf-8")
        assert "annai-offline" not in page
        assert 'rel="manifest"' in page


def test_an_icon_that_is_none_is_an_error(tmp_path: Path) -> None:
    source = Path(shutil.copytree(SITES / "read-without-a-connection", tmp_path / "source"))
    config = (source / "mkdocs.yml").read_text("utf-8").replace("../../../..", str(ROOT))
    (source / "mkdocs.yml").write_text(config.replace("[images/dot.png]", "[index.md]"), "utf-8")
    result = run(source, tmp_path / "site")
    assert result.returncode == 1
    assert 'mkdocs.yml:21: "index.md" is no PNG or SVG of the site' in result.stdout
    assert "fix: name pictures by their paths from docs" in result.stdout
