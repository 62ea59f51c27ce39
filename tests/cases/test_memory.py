"""What is kept between runs: it saves work, and is never old."""

from __future__ import annotations

from pathlib import Path

import pytest

from annai.memory import keep, recall


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"x"', '{"version": "v"', "\0"])
def test_a_damaged_file_is_as_good_as_none(content: str, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    assert recall(path, "v") is None
    path.write_text(content, "utf-8")
    assert recall(path, "v") is None
    keep(path, "v", {"lone": "\ud800"})
    assert recall(path, "v") == {"lone": "\ud800"}
    assert recall(path, "w") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    keep(tmp_path / "file" / "kept.json", "v", 1)
    assert recall(tmp_path / "file" / "kept.json", "v") is None
