"""What is kept of pages and languages: used as long as it is whole, and never trusted."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup

from annai.index import SearchPage
from annai.memory import program
from annai.objects import write_objects
from annai.parts import Parts
from annai.records import Record, Records, read_records
from annai.sections import Section

NOTES = {"search": SearchPage("a/", "A", [Section("", "A")]), "facts": {"one/hours"}}
META = {"title": Markup("A &amp; B"), "updated": date(2026, 11, 22), "related": ["b.md"]}
RECORD = Record("1", "A", "2026-11-22", META, frozenset("a"), {}, NOTES, (3, 4))
RECORDS = Records("basis", "whole", frozenset({("gettext", ("A",))}), {"a.md": RECORD})


class Attack:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.write_text, (self.path, "harm")


def test_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "ja.pages"
    write_objects(path, RECORDS)
    assert read_records(path) == RECORDS


@pytest.mark.parametrize("size", [0, 1, 200])
def test_a_damaged_file_is_as_good_as_none(size: int, tmp_path: Path) -> None:
    path = tmp_path / "ja.pages"
    assert read_records(path) == Records()
    write_objects(path, RECORDS)
    path.write_bytes(path.read_bytes()[:size])
    assert read_records(path) == Records()


def test_nothing_but_records_is_made_of_a_file(tmp_path: Path) -> None:
    path, harm = tmp_path / "ja.pages", tmp_path / "harm"
    path.write_bytes(pickle.dumps((program(), Attack(harm))))
    assert read_records(path) == Records()
    assert not harm.exists()


def test_what_another_program_wrote_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "ja.pages"
    path.write_bytes(pickle.dumps(("another", RECORDS)))
    assert read_records(path) == Records()


def test_a_part_is_used_as_long_as_nobody_touches_it(tmp_path: Path) -> None:
    built, parts = tmp_path / "built", Parts(tmp_path / "parts")
    (built / "a").mkdir(parents=True)
    (built / "a" / "index.html").write_text("one", "utf-8")
    (built / "b.html").write_text("two", "utf-8")
    parts.keep("ja", "1", built, [("WARNING", "Careful")], {"ar": {"B", "A"}})
    assert parts.find("ja", "2") is None
    part = parts.find("ja", "1")
    assert part
    assert part.warnings == (("WARNING", "Careful"),)
    assert parts.asked("ja") == {"ar": ["A", "B"]}
    part.put(tmp_path / "site")
    assert (tmp_path / "site" / "a" / "index.html").read_text("utf-8") == "one"

    (built / "a" / "index.html").unlink()
    (built / "a").rmdir()
    parts.keep("ja", "2", built, [], {})
    part = parts.find("ja", "2")
    assert part
    assert [*part.files] == ["b.html"]
    (built / "b.html").write_text("other", "utf-8")  # in place, and so in all that share it
    assert parts.find("ja", "2") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "a.html").write_text("one", "utf-8")
    parts = Parts(tmp_path / "file" / "parts")
    parts.keep("ja", "1", tmp_path / "built", [], {})
    assert parts.find("ja", "1") is None
    write_objects(tmp_path / "file" / "ja.pages", RECORDS)
    assert read_records(tmp_path / "file" / "ja.pages") == Records()
