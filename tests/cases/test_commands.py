"""The command `annai`, on a small site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from annai.cli import main
from builds.building import ROOT

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
    translate(site, Welcome="ようこそ")
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "locale": "ja",
            "name": "日本語",
            "total": 3,
            "translated": 1,
            "fuzzy": 0,
            "missing": 2,
            "percent": 33,
        }
    ]
    assert main(["status"]) == 0
    assert "ja         33%" in capsys.readouterr().out


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
    line = (site / path).read_text("utf-8").split("\n").index("#. name of the site") + 1
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
    hooks = "".join(f"  - {ROOT / 'hooks' / name}\n" for name in ("locales.py", "translate.py"))
    config = site / "mkdocs.yml"
    config.write_text(f"{CONFIG}theme: material\nhooks:\n{hooks}", "utf-8")
    assert main(["pseudo"]) == 0
    accented = (site / "site-pseudo" / "en-XA" / "index.html").read_text("utf-8")
    assert '<h1 id="welcome">Ŵéłćóɱé</h1>' in accented
    mirrored = (site / "site-pseudo" / "ar-XB" / "index.html").read_text("utf-8")
    assert '<body dir="rtl"' in mirrored
    assert not (site / "locales").exists()
    assert not (site / "site").exists()
