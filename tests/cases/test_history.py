"""What git knows of pages, asked once for all of them."""

from __future__ import annotations

import datetime
import os
import subprocess
from pathlib import Path

import pytest

from annai.history import SHALLOW, History
from annai.history import read_history as read_once

read_history = read_once.__wrapped__  # each build reads it once, and a test more often

NOBODY = {
    f"GIT_{who}_{what}": "nobody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}


def git(*command: str, day: int = 1) -> None:
    """Run git with *command* as if on this *day* of November, at midnight in New York."""
    time = {
        f"GIT_{who}_DATE": f"2026-11-{day:02}T23:30:00-05:00" for who in ("AUTHOR", "COMMITTER")
    }
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *command], env={**os.environ, **NOBODY, **time, **alone}, check=True)


def commit(repository: Path, day: int, **pages: str) -> None:
    """Write *pages* below docs/ and commit them on *day*."""
    for name, text in pages.items():
        (repository / "docs" / f"{name}.md").write_text(text, "utf-8")
    git("-C", str(repository), "add", ".")
    git("-C", str(repository), "commit", "--quiet", "--message", "Change", day=day)


def days(folder: Path) -> dict[str, int]:
    """The days of November on which the files below *folder* were changed, in UTC."""
    return {path: day.day for path, day in read_history(folder).days.items()}


def test_the_day_of_a_page_is_that_of_its_last_commit_in_utc(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / '折れ線 "q"').mkdir(parents=True)
    git("init", "--quiet", str(tmp_path))
    (tmp_path / "mkdocs.yml").write_text("site_name: A")
    commit(tmp_path, 1, a="1", b="1", **{'折れ線 "q"/ページ': "1"})
    commit(tmp_path, 5, b="2")
    commit(tmp_path, 3, a="2")
    (docs / "a.md").write_text("not committed")
    (docs / "new.md").write_text("not committed")
    assert days(docs) == {"a.md": 4, "b.md": 6, '折れ線 "q"/ページ.md': 2}
    assert read_history(docs).note == ""
    assert read_history(docs).days["a.md"] == datetime.date(2026, 11, 4)


def test_a_shallow_clone_tells_only_what_it_knows_and_says_so(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    (origin / "docs").mkdir(parents=True)
    git("init", "--quiet", str(origin))
    commit(origin, 1, a="1", b="1")
    commit(origin, 3, a="2")
    commit(origin, 5, b="2")
    for depth, known in ((1, {}), (2, {"b.md": 6}), (9, {"a.md": 4, "b.md": 6})):
        clone = tmp_path / f"clone-{depth}"
        git("clone", "--quiet", "--depth", str(depth), origin.as_uri(), str(clone))
        assert days(clone / "docs") == known
        assert read_history(clone / "docs").note == (SHALLOW if depth < 3 else "")


def test_without_a_repository_or_without_git_no_page_has_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert read_history(tmp_path).days == {}
    assert "not a git repository" in read_history(tmp_path).note
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_history(tmp_path) == History(note="git: No such file or directory")
