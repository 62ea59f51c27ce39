"""The place to build in, the swap, and the processes that fill it."""

from __future__ import annotations

import errno
import os
import shutil
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


def test_what_cannot_be_moved_is_not_borrowed(tmp_path: Path) -> None:
    place = Staging(tmp_path / "site")
    assert not place.borrow(tmp_path / "nowhere", "ja")
    assert not place.borrow(tmp_path / "nowhere", "", ["ja"])
    (place.root / "index.html").write_text("new")
    place.publish()
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_what_was_borrowed_goes_back_if_nothing_is_published(tmp_path: Path) -> None:
    source, other = folder(tmp_path / "e\tn\n", "kept"), folder(tmp_path / "ja", "保存")
    place = Staging(tmp_path / "site")
    assert place.borrow(source, "", ["ar", "ja"])
    assert place.borrow(other, "ja")
    (place.root / "ar").mkdir()
    with (place.folder / staging.LENT).open("a", encoding="utf-8") as file:
        file.write('["de", "/a/disk')  # as much as a full disk took
    assert (place.root / "index.html").read_text() == "kept"
    assert (place.root / "ja" / "index.html").read_text() == "保存"
    place.discard()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["e\tn\n", "ja"]
    for each in (source, other):
        assert [path.name for path in each.iterdir()] == ["index.html"]


@pytest.mark.parametrize("way", ["at-once", "in-two-steps"])
def test_a_build_killed_at_any_step_leaves_a_whole_site_and_the_next_one_nothing_of_it(
    way: str, tmp_path: Path
) -> None:
    script = Path(__file__).with_name("killing.py")
    command = [sys.executable, str(script), str(tmp_path), way]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert all(int(steps) > 20 for steps in result.stdout.split()), "the steps of a publication"


def test_a_publication_that_is_ended_by_a_signal_keeps_hidden_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = folder(tmp_path / "site", "old")
    (site / ".git").mkdir()
    place = Staging(site)

    def ended(*arguments: object) -> None:
        sys.exit(143)

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(staging, "_take_over", ended)
        place.publish()
    place.discard()
    assert (site / ".git").is_dir()


def test_a_site_on_a_disk_of_its_own_is_refilled_or_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = folder(tmp_path / "site", "old")
    (site / ".git").mkdir()
    (site / "old.html").touch()
    monkeypatch.setattr(os.path, "ismount", lambda path: path == site)
    place = Staging(site)
    (place.root / "index.html").write_text("new")
    (place.root / ".well-known").mkdir()

    def full(source: object, target: Path) -> None:
        target.mkdir()
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(shutil, "copytree", full)
        place.publish()
    assert sorted(each.name for each in site.iterdir()) == [".git", "index.html", "old.html"]
    assert (site / "index.html").read_text() == "old"
    place.publish()
    assert sorted(each.name for each in site.iterdir()) == [".git", ".well-known", "index.html"]
    assert (site / "index.html").read_text() == "new"


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        Path("/dev/full").write_text("too much")
    assert caught.value.errno in staging.FULL
    said = staging.no_room(caught.value, tmp_path)
    assert said == f"no space left on device: {tmp_path}\nfix: make room there, and build again"


def test_what_a_killed_build_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    ended = subprocess.Popen(python(""))
    ended.wait()
    left = {f".site.annai-{pid}-a" for pid in (ended.pid, os.getpid())}
    busy = f".site.annai-{os.getppid()}-a"
    others = {busy, ".site.annai-unknown", ".site-data", f".site2.annai-{ended.pid}-a"}
    for name in left | others:
        folder(tmp_path / name, "")
    mine = Staging(tmp_path / "site").folder.name
    assert {each.name for each in tmp_path.iterdir()} == {mine, *others}


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


WORKER = """
import os, pathlib, time
from annai.processes import do_jobs
def work(job):
    print("what a library prints")
    if job == "die":
        os._exit(3)
    if path := job.get("path"):
        pathlib.Path(path).write_text(str(os.getpid()))
        time.sleep(60)
    time.sleep(job["seconds"])
    return job["is_good"], [("WARNING", f"{os.getpid()}"), ("INFO", "done")]
do_jobs(work)
"""
PARENT = f"""
import sys
from annai.processes import Processes
processes = Processes([sys.executable, "-c", {WORKER!r}], 1)
processes.start("one", {{"path": sys.argv[1]}})
processes.join()
"""


def test_processes_do_one_job_after_the_other_and_report_in_the_order_of_the_jobs() -> None:
    processes = Processes(python(WORKER), 1)
    jobs = {"slow": (0.2, True), "bad": (0, False)}
    for _ in range(2):
        for name, (seconds, is_good) in jobs.items():
            processes.start(name, {"seconds": seconds, "is_good": is_good})
    results = processes.join()
    assert [(each.name, each.is_good) for each in results] == [("slow", True), ("bad", False)] * 2
    assert len({text for each in results for _, text in each.warnings}) == 1
    processes.stop()


def test_a_process_does_what_it_has_done_before_if_it_is_free() -> None:
    processes = Processes(python(WORKER), 2)
    for name in "ab":
        processes.start(name, {"seconds": 0.5, "is_good": True})
    known = {each.name: each.warnings for each in processes.join()}
    assert known["a"] != known["b"]
    for name in "baab":
        processes.start(name, {"seconds": 0, "is_good": True})
        (result,) = processes.join()
        assert result.warnings == known[name]
    processes.stop()


def test_a_process_that_dies_fails_its_job_and_no_other() -> None:
    processes = Processes(python(WORKER), 1)
    processes.start("one", "die")  # type: ignore[arg-type]
    processes.start("two", {"seconds": 0, "is_good": True})
    one, two = processes.join()
    assert one == Result("one", False, (("", "the process ended with 3"),))
    assert two.is_good
    processes.stop()


def test_processes_end_even_if_their_parent_is_killed(tmp_path: Path) -> None:
    written = tmp_path / "pid"
    deadline = time.monotonic() + 30
    with subprocess.Popen([*python(PARENT), str(written)]) as parent:
        while not (written.is_file() and written.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        parent.kill()
    child = Path("/proc", written.read_text())
    while child.is_dir() and "State:\tZ" not in (child / "status").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_processes_can_be_stopped_at_any_time() -> None:
    processes = Processes(python(WORKER), 2)
    started = time.monotonic()
    for name in "abc":
        processes.start(name, {"seconds": 60, "is_good": True})
    processes.stop()
    assert time.monotonic() - started < 30
