"""One site of the parts that several builds made of it."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from annai.cli import main

HOME = '<a href="ja/">日本語</a>'


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two parts, the current one, and the last good site in ``site``."""
    files = {
        "mkdocs.yml": "site_name: Small\n",
        "locales/ja/LC_MESSAGES/messages.po": "",
        "site/index.html": "the last good site",
        "en/index.html": HOME,
        "en/.well-known/security.txt": "Contact: tel:1",
        "ja/ja/index.html": '<a href="..">English</a>',
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def test_parts_become_one_site_with_all_their_files(parts: Path) -> None:
    (parts / "ja" / "index.html").write_text(HOME, "utf-8")  # the same in both
    assert main(["join", "site", "en", "ja"]) == 0
    assert names(parts / "site") == [".well-known/security.txt", "index.html", "ja/index.html"]
    assert (parts / "site/index.html").read_text("utf-8") == HOME
    assert not [*parts.glob(".site.annai-*")]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ja/index.html": "other"}, "index.html differs in en and in ja"),
        ({"en/index.html": '<a href="fr/">'}, 'site/index.html:1: "fr/" leads nowhere'),
        ({"en/index.html": '<a href="ja/#a">'}, 'ja/index.html has no id "a"'),
    ],
)
def test_parts_that_make_no_whole_leave_the_last_good_site(
    wrong: dict[str, str], said: str, parts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, text in wrong.items():
        (parts / path).write_text(text, "utf-8")
    assert main(["join", "site", "en", "ja"]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "fix: " in error
    assert (parts / "site/index.html").read_text("utf-8") == "the last good site"
    assert not [*parts.glob(".site.annai-*")]


def test_a_part_that_is_missing_is_an_error(
    parts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["join", "site", "en", "fr"]) == 1
    assert "fr:1: there is no part of a site\nfix: " in capsys.readouterr().err
    assert main(["join", "site", "en"]) == 1
    assert "the site has no ja/index.html" in capsys.readouterr().err


def test_a_disk_that_takes_no_more_leaves_the_last_good_site(
    parts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(shutil, "copyfile", full)
    assert main(["join", "site", "en", "ja"]) == 1
    assert "no space left on device: " in capsys.readouterr().err
    assert (parts / "site/index.html").read_text("utf-8") == "the last good site"
    assert not [*parts.glob(".site.annai-*")]


def test_programs_learn_which_languages_there_are(
    parts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["locales", "--json"]) == 0
    assert main(["locales"]) == 0
    assert capsys.readouterr().out == '["en", "ja"]\nen\nja\n'
