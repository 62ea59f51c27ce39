"""The place to build in, the swap, and the processes that fill it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annai import staging
from annai.errors import ContentError
from annai.processes import Processes, Result
from annai.staging import Staging, exchange


def folder(path: Path, content: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(content)
    return path


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.mark.parametrize("at_once", [True, False])
def test_two_folders_change_places(
    at_once: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not at_once:
        monkeypatch.setattr(staging, "_exchange_at_once", lambda one, other: False)
    new, old = folder(tmp_path / "new", "new"), folder(tmp_path / "old", "old")
    exchange(new, old)
    assert ((old / "index.html").read_text(), (new / "index.html").read_text()) == ("new", "old")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["new", "old"]


def test_a_swap_that_fails_half_way_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_exchange_at_once", lambda one, other: False)
    old = folder(tmp_path / "old", "old")
    with pytest.raises(OSError, match="nowhere"):
        exchange(tmp_path / "nowhere", old)
    assert (old / "index.html").read_text() == "old"


def test_a_site_is_untouched_until_it_is_published(tmp_path: Path) -> None:
    site = folder(tmp_path / "site", "old")
    place = Staging(site)
    (place.root / "index.html").write_text("new")
    part = place.part("ja") / "ja"
    part.mkdir(parents=True)
    (part / "index.html").write_text("新")
    place.add("ja", "ja")
    assert (site / "index.html").read_text() == "old"
    place.publish()
    assert (site / "index.html").read_text() == "new"
    assert (site / "ja" / "index.html").read_text() == "新"
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_a_part_never_hides_a_folder_of_the_site(tmp_path: Path) -> None:
    place = Staging(tmp_path / "site")
    (place.root / "ja").mkdir()
    with pytest.raises(FileExistsError):
        place.add("ja", "ja")


def test_what_a_killed_build_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    ended = subprocess.Popen(python(""))
    ended.wait()
    for name, owner in (("left", ended.pid), ("busy", os.getpid())):
        folder(tmp_path / f".site.annai-{name}", "")
        (tmp_path / f".site.annai-{name}" / staging.OWNER).write_text(str(owner))
    folder(tmp_path / ".site.annai-unknown", "")
    folder(tmp_path / ".site-data", "")
    mine = Staging(tmp_path / "site").folder.name
    found = {each.name for each in tmp_path.iterdir()}
    assert found == {".site.annai-busy", ".site.annai-unknown", ".site-data", mine}


def test_hidden_files_of_the_old_site_stay(tmp_path: Path) -> None:
    site = folder(tmp_path / "site", "old")
    (site / ".git").mkdir()
    (site / ".nojekyll").touch()
    place = Staging(site)
    (place.root / "index.html").write_text("new")
    place.publish()
    assert sorted(each.name for each in site.iterdir()) == [".git", ".nojekyll", "index.html"]


def test_a_site_behind_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    www = folder(tmp_path / "www", "old")
    (tmp_path / "site").symlink_to(www)
    place = Staging(tmp_path / "site")
    (place.root / "index.html").write_text("new")
    place.publish()
    assert (tmp_path / "site").is_symlink()
    assert (www / "index.html").read_text() == "new"


def test_a_file_in_the_place_of_the_site_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("precious")
    with pytest.raises(ContentError, match="this is a file"):
        Staging(tmp_path / "site")
    assert (tmp_path / "site").read_text() == "precious"


def test_processes_report_how_they_ended_in_the_order_they_started() -> None:
    processes = Processes(2)
    processes.start("slow", python("import time; time.sleep(0.3); print('slow, done')"), os.environ)
    processes.start("bad", python("import sys; sys.exit('no')"), os.environ)
    assert processes.join() == [Result("slow", 0, "slow, done\n"), Result("bad", 1, "no\n")]


def test_processes_can_be_stopped_at_any_time() -> None:
    processes = Processes(2)
    started = time.monotonic()
    for name in "abc":
        processes.start(name, python("import time; time.sleep(60)"), os.environ)
    processes.stop()
    assert time.monotonic() - started < 30
