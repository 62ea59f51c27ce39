"""The command `annai`, on a small site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from annai import merge
from annai.cli import main
from builds.building import ROOT

HOOKS = ("publish.py", "locales.py", "translate.py")
CONFIG = "site_name: Small\nextra:\n  annai:\n    complete: [ja]\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of one page, the current folder."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Welcome\n\nWait,\nthen look again.\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def catalog(site: Path, locale: str = "ja") -> polib.POFile:
    return polib.pofile(str(site / "locales" / locale / "LC_MESSAGES" / "messages.po"))


def translate(site: Path, **texts: str) -> None:
    changed = catalog(site)
    for entry in changed:
        entry.msgstr = texts.get(entry.msgid.split()[0].strip(",."), entry.msgstr)
    changed.save()


def files(site: Path) -> dict[str, tuple[bytes, int]]:
    found = [path for path in (site / "locales").rglob("*") if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def test_a_new_language_starts_with_every_message_and_its_plural_rule(site: Path) -> None:
    assert main(["new", "ar"]) == 0
    started = catalog(site, "ar")
    assert [entry.msgid for entry in started] == ["Small", "Welcome", "Wait, then look again."]
    assert started.metadata["Language"] == "ar"
    assert started.metadata["Plural-Forms"].startswith("nplurals=6;")


@pytest.mark.parametrize("name", ["ja", "en", "jp"])
def test_a_language_that_cannot_be_started_is_an_error(
    name: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "ja"])
    before = files(site)
    assert main(["new", name]) == 1
    assert "fix: " in capsys.readouterr().err
    assert files(site) == before


def test_an_update_keeps_what_was_done_and_the_next_one_touches_no_file(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "ja"])
    translate(site, Small="小", Welcome="ようこそ", Wait="待って、もう一度見る。")
    page = site / "docs" / "index.md"
    page.write_text("# Welcome\n\nNew.\n\nWait, then look again!\n", "utf-8")
    assert main(["update"]) == 0
    found = {entry.msgid: entry for entry in catalog(site)}
    assert found["Welcome"].msgstr == "ようこそ"
    assert found["Wait, then look again!"].fuzzy
    assert found["Wait, then look again."].obsolete
    before = files(site)
    capsys.readouterr()
    assert main(["update"]) == 0
    assert capsys.readouterr().out == "everything is up to date\n"
    assert files(site) == before


def test_reflowing_a_paragraph_changes_no_catalog(site: Path) -> None:
    main(["new", "ja"])
    main(["update"])
    before = files(site)
    (site / "docs" / "index.md").write_text("# Welcome\n\nWait, then\nlook again.\n", "utf-8")
    main(["update"])
    assert files(site) == before


def test_a_page_that_cannot_be_read_stops_an_update_before_anything_is_written(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "ja"])
    before = files(site)
    (site / "docs" / "other.md").write_bytes(b"# Caf\xe9\n")
    assert main(["update"]) == 1
    assert "docs/other.md:1: this is not UTF-8" in capsys.readouterr().err
    assert files(site) == before


def test_status_counts_messages_of_each_language(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "ja"])
    translate(site, Welcome="ようこそ", Small="小")
    changed = catalog(site)
    changed[-1].msgstr, changed[-1].flags = "待つ", ["fuzzy"]
    changed.save()
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    numbers = {"translated": 2, "fuzzy": 1, "missing": 0, "refused": 0}
    page = {"total": 2, "translated": 1, "fuzzy": 1, "missing": 0, "refused": 0, "percent": 50}
    config = {**page, "total": 1, "fuzzy": 0, "percent": 100}
    assert json.loads(capsys.readouterr().out) == [
        {
            "locale": "ja",
            "name": "日本語",
            "total": 3,
            **numbers,
            "percent": 66,
            "files": [{"file": "docs/index.md", **page}, {"file": "mkdocs.yml", **config}],
        }
    ]
    assert main(["status"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].split() == ["done", "translated", "fuzzy", "missing", "refused"]
    assert said[2].split() == ["ja", "66%", "█" * 13, "2", "1", "0", "0", "日本語"]
    assert said[3].split() == ["docs/index.md", "50%", "█" * 10, "1", "1", "0", "0"]


def test_a_translation_that_must_not_be_shown_is_refused_and_counted_as_such(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "ja"])
    path = site / "locales" / "ja" / "LC_MESSAGES" / "messages.po"
    text = path.read_text("utf-8").replace(
        'msgid "Welcome"\nmsgstr ""', 'msgid "Welcome"\nmsgstr "\\b"'
    )
    path.write_text(text, "utf-8")
    capsys.readouterr()
    main(["status", "--json"])
    assert json.loads(capsys.readouterr().out)[0]["refused"] == 1
    assert main(["check"]) == 1
    assert "control character (U+0008)" in capsys.readouterr().err


def test_check_lists_every_gap_of_a_language_that_must_be_complete(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "ja"])
    main(["new", "ar"])
    main(["update"])
    translate(site, Welcome="ようこそ")
    capsys.readouterr()
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    path = "locales/ja/LC_MESSAGES/messages.po"
    line = (site / path).read_text("utf-8").split("\n").index('msgid "Small"') + 1
    assert f'{path}:{line}: "Small" is not translated' in said
    assert '"Wait, then look again." is not translated' in said
    assert "Welcome" not in said
    assert "locales/ar" not in said
    translate(site, Small="小", Wait="待つ")
    assert main(["check"]) == 0


def test_check_says_that_a_text_is_not_in_the_catalogs_yet(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["update"])
    page = site / "docs" / "index.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(
        "docs/index.md:6: this text is in no catalog yet\nfix: run: make catalogs"
    )


def test_a_folder_without_a_site_is_an_error_with_advice(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("annai")), "status"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=os.environ)
    assert result.returncode == 2
    assert "there is no mkdocs.yml; go to the folder of the site" in result.stderr


def test_pseudo_builds_the_site_in_two_made_up_languages(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hooks = "".join(f"  - {ROOT / 'hooks' / name}\n" for name in HOOKS)
    config = site / "mkdocs.yml"
    config.write_text(f"{CONFIG}theme: material\nhooks:\n{hooks}", "utf-8")
    assert main(["pseudo"]) == 0
    accented = (site / "site-pseudo" / "en-XA" / "index.html").read_text("utf-8")
    assert '<h1 id="welcome">Ŵéłćóɱé</h1>' in accented
    mirrored = (site / "site-pseudo" / "ar-XB" / "index.html").read_text("utf-8")
    assert '<body dir="rtl"' in mirrored
    assert not (site / "locales").exists()
    assert not (site / "site").exists()


def test_plural_and_context_of_templates_reach_the_catalog_and_stay(site: Path) -> None:
    (site / "mkdocs.yml").write_text(f"{CONFIG}theme:\n  custom_dir: overrides\n", "utf-8")
    (site / "overrides").mkdir()
    (site / "overrides" / "main.html").write_text(
        "{% trans n=3 %}{{ n }} page{% pluralize %}{{ n }} pages{% endtrans %}"
        '{{ pgettext("menu", "Open") }}',
        "utf-8",
    )
    main(["new", "ja"])
    found = {entry.msgid: entry for entry in catalog(site)}
    assert found["%(n)s page"].msgid_plural == "%(n)s pages"
    assert found["%(n)s page"].flags == ["python-format"]
    assert found["Open"].msgctxt == "menu"
    changed = catalog(site)
    for entry in changed:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "%(n)sページ"}
    changed.save()
    main(["update"])
    assert {e.msgid: e for e in catalog(site)}["%(n)s page"].msgstr_plural == {0: "%(n)sページ"}


def test_an_update_keeps_what_msgmerge_and_editors_write(site: Path) -> None:
    main(["new", "ja"])
    path = site / "locales" / "ja" / "LC_MESSAGES" / "messages.po"
    gone = '#, fuzzy\n#~| msgid "was"\n#~ msgid "gone"\n#~ msgstr "なし"\n'
    path.write_text(f"{path.read_text('utf-8')}\n{gone}\n# The end.\n", "utf-8")
    main(["update"])
    text = path.read_text("utf-8")
    assert '#, fuzzy\n#~| msgid "was"\n#~ msgid "gone"\n#~ msgstr "なし"\n' in text
    assert "# The end." in text


def test_an_empty_catalog_gets_a_header(site: Path) -> None:
    path = site / "locales" / "ja" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.touch()
    assert main(["update"]) == 0
    assert catalog(site).metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    command = ["msgfmt", "-c", "-o", os.devnull, str(path)]
    assert subprocess.run(command, capture_output=True, text=True).returncode == 0


@pytest.mark.parametrize("start", ["", 'msgid "Welcome"\nmsgstr "ようこそ"\n'])
@pytest.mark.parametrize("locale", ["ja", "ar"])
def test_a_catalog_without_header_gets_one_with_the_plural_forms_of_its_language(
    start: str, locale: str, site: Path
) -> None:
    (site / "mkdocs.yml").write_text(f"{CONFIG}theme:\n  custom_dir: overrides\n", "utf-8")
    (site / "overrides").mkdir()
    text = "{% trans n=3 %}{{ n }} page{% pluralize %}{{ n }} pages{% endtrans %}"
    (site / "overrides" / "main.html").write_text(text, "utf-8")
    path = site / "locales" / locale / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(start, "utf-8")
    assert main(["update"]) == 0
    before = path.read_bytes()
    assert main(["update"]) == 0
    assert path.read_bytes() == before
    assert main(["status"]) == 0
    plural = next(entry for entry in catalog(site, locale) if entry.msgid_plural)
    assert len(plural.msgstr_plural) == {"ja": 1, "ar": 6}[locale]


def test_a_catalog_may_be_a_link(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    main(["new", "ja"])
    path = site / "locales" / "ja" / "LC_MESSAGES" / "messages.po"
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "ja.po"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    page = site / "docs" / "index.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    main(["update"])
    assert path.is_symlink()
    assert "More." in elsewhere.read_text("utf-8")


def test_a_time_that_is_none_is_an_error(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert main(["update"]) == 1
    assert "SOURCE_DATE_EPOCH:1: yesterday is no time" in capsys.readouterr().err


def test_a_template_that_git_left_in_conflict_is_made_anew(site: Path) -> None:
    main(["update"])
    path = site / "locales" / "messages.pot"
    good = path.read_text("utf-8")
    path.write_text(good.replace('msgid "Small"', '<<<<<<< ours\nmsgid "Small"'), "utf-8")
    assert main(["check"]) == 1
    assert main(["update"]) == 0
    assert path.read_text("utf-8").count("<<<") == 0


PAGES = {
    "README.md": "not built beside index.md",
    "guides/one.markdown": "# One",
    "guides/two.md": "Title: Two\nOther: x\n\nText.",
    "drafts/three.md": "# Three",
    "templates/four.md": "# Four",
    ".hidden/five.md": "# Five",
}


def test_the_messages_are_those_of_the_pages_that_are_built(site: Path) -> None:
    (site / "mkdocs.yml").write_text(f"{CONFIG}exclude_docs: drafts/\n", "utf-8")
    for name, text in PAGES.items():
        (site / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "docs" / name).write_text(text, "utf-8")
    main(["new", "ja"])
    found = [entry.msgid for entry in catalog(site)]
    assert found == ["Small", "One", "Two", "Text.", "Welcome", "Wait, then look again.", "Guides"]


def test_an_inherited_configuration_is_extracted_with_its_own_file(site: Path) -> None:
    (site / "base.yml").write_text("site_name: Base\nsite_description: Described.\n", "utf-8")
    (site / "mkdocs.yml").write_text(f"INHERIT: base.yml\n{CONFIG}", "utf-8")
    main(["update"])
    found = {e.msgid: e.occurrences for e in polib.pofile(str(site / "locales" / "messages.pot"))}
    assert found["Small"] == [("mkdocs.yml", "2")]
    assert found["Described."] == [("base.yml", "2")]
    assert "Base" not in found


WRONG = {
    "more than all": ("extra:\n  annai:\n    publish_at: 120\n", "publish_at cannot be 120"),
    "keys are a word": ("extra:\n  annai:\n    front_matter: a\n", "front_matter cannot be 'a'"),
    "an unknown extension": (
        "markdown_extensions:\n  - nothing\n",
        "mkdocs.yml:6: the Markdown",
    ),
    "complete is a word": ("extra:\n  annai:\n    complete: ja\n", "cannot be 'ja'"),
    "complete names no locale": ("extra:\n  annai:\n    complete: [xx_YY]\n", 'no locale "xx_YY"'),
    "complete has no catalog": ("extra:\n  annai:\n    complete: [ko]\n", "ko has to be complete"),
    "help is no list": ("extra:\n  annai:\n    still_stuck: a.md\n", "cannot be 'a.md'"),
    "help is no page": ("extra:\n  annai:\n    still_stuck: [7]\n", "still_stuck cannot be [7]"),
    "settings are a word": ("extra:\n  annai: ja\n", "extra.annai is no mapping"),
    "not YAML": ("nav: [\n", "this is not YAML"),
    "a control character": ("site_author: \x01\n", "this is not YAML"),
    "nothing to inherit": ("INHERIT: nowhere.yml\n", "there is no nowhere.yml"),
}


@pytest.mark.parametrize(
    "address", ["https://x.example/", "//x.example", "/\\x.example", "/a b", "a"]
)
def test_readers_are_asked_by_no_other_site(
    address: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "mkdocs.yml").write_text(f"{CONFIG}    feedback: '{address}'\n", "utf-8")
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    assert f"extra.annai.feedback cannot be {address!r}" in said
    assert "fix: write for example feedback: /reports, on the host of the site" in said


@pytest.mark.parametrize("name", WRONG)
def test_a_configuration_that_is_wrong_is_an_error_with_advice(
    name: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, problem = WRONG[name]
    before = "" if "extra:" in text else CONFIG
    (site / "mkdocs.yml").write_text(f"{before or 'site_name: Small' + chr(10)}{text}", "utf-8")
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    assert problem in said
    assert "\nfix: " in said


def test_a_translation_saved_while_an_update_runs_is_kept(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["new", "ja"])
    page = site / "docs" / "index.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")

    def merge_slowly(old: polib.POFile, new: polib.POFile) -> polib.POFile:
        done = merge.merge(old, new)
        if not any(entry.msgstr for entry in old):
            translate(site, Welcome="ようこそ")
        return done

    monkeypatch.setattr("annai.update.merge", merge_slowly)
    assert main(["update"]) == 0
    found = {entry.msgid: entry.msgstr for entry in catalog(site)}
    assert found["Welcome"] == "ようこそ"
    assert "More." in found


def test_check_points_at_text_in_raw_html(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = site / "docs" / "index.md"
    page.write_text("# Welcome\n\n<div>Nobody can translate this.</div>\n", "utf-8")
    main(["new", "ja"])
    main(["update"])
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "docs/index.md:3: text in raw HTML" in capsys.readouterr().err


def test_declared_keys_of_front_matter_are_messages_with_their_lines(site: Path) -> None:
    settings = "    front_matter: [summary, cards.title]\n"
    (site / "mkdocs.yml").write_text(CONFIG + settings, "utf-8")
    (site / "docs" / "index.md").write_text(
        "---\ntitle: Title\nsummary: In short.\ntags: [a tag]\ncards:\n"
        "  - title: One\n    icon: star\n  - title: Two\n---\n",
        "utf-8",
    )
    main(["update"])
    found = polib.pofile(str(site / "locales" / "messages.pot"))
    assert [(e.msgid, e.occurrences[0][1], e.comment) for e in found][1:] == [
        ("Title", "2", "page title"),
        ("In short.", "3", "page summary"),
        ("One", "6", "page cards.title"),
        ("Two", "8", "page cards.title"),
    ]


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True)


def test_impact_tells_what_a_change_does_to_each_language(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "ja"])
    translate(site, Small="小", Welcome="ようこそ", Wait="待って、もう一度見る。")
    git(site, "init", "--quiet")
    git(site, "add", ".")
    git(site, "commit", "--quiet", "--message", "before")
    page = "# Hello there\n\nWait, then look again!\n\nRun `a` now.\n"
    (site / "docs" / "index.md").write_text(page, "utf-8")
    main(["new", "ko"])
    before = files(site)
    capsys.readouterr()
    assert main(["impact", "HEAD"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "## What this change does to the translations",
        "",
        "New texts: 3. Removed texts: 2. A text that was edited counts as both.",
        "",
        "| language | before | after | to translate | to review | set aside |",
        "|---|---:|---:|---:|---:|---:|",
        "| 日本語 (ja) | 100 % | 25 % | 2 | 1 | 2 |",
        "| 한국어 (ko) | new | 0 % | 3 | 0 | 0 |",
        "",
        "<details><summary>New texts</summary>",
        "",
        "- docs/index.md:1: ` Hello there `",
        "- docs/index.md:3: ` Wait, then look again! `",
        "- docs/index.md:5: `` Run `a` now. ``",
        "",
        "</details>",
        "",
        "<details><summary>Removed texts</summary>",
        "",
        "- docs/index.md:1: ` Welcome `",
        "- docs/index.md:3: ` Wait, then look again. `",
        "",
        "</details>",
    ]
    assert files(site) == before
    assert main(["impact", "no-such-branch"]) == 1
    assert "fix: name a commit" in capsys.readouterr().err


def test_impact_outside_a_repository_is_an_error(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(site.parent))
    assert main(["impact", "HEAD"]) == 1
    assert "git:1: " in capsys.readouterr().err


def test_an_update_remembers_that_a_language_was_published(site: Path) -> None:
    (site / "mkdocs.yml").write_text(f"{CONFIG}    publish_at: 60\n", "utf-8")
    main(["new", "ja"])
    main(["update"])
    assert "X-Annai-Published" not in catalog(site).metadata
    translate(site, Small="小", Welcome="ようこそ")  # two of three: 66 %
    page = site / "docs" / "index.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")  # two of four: 50 %
    main(["update"])
    assert catalog(site).metadata["X-Annai-Published"] == "yes"
    page.write_text(page.read_text("utf-8") + "\nAnd more.\n", "utf-8")  # two of five: 40 %
    main(["update"])
    assert "X-Annai-Published" not in catalog(site).metadata
