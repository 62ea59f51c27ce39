"""What editors and gettext's tools do to a catalog changes nothing that matters."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from annai.cli import main
from annai.pofile import parse_po, same

LONG = "A sentence that is long enough to be wrapped by every editor, and then some more words. "
PAGE = f"# Welcome\n\n{LONG * 3}\n\nWait for one hour.\n\nWhat went.\n"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog with translated, fuzzy, obsolete and missing messages, comments and a context."""
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "index.md"
    page.write_text(PAGE, "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Small\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    main(["new", "ja"])
    path = tmp_path / "locales" / "ja" / "LC_MESSAGES" / "messages.po"
    catalog = polib.pofile(str(path))
    for entry in catalog:
        entry.msgstr = f"訳：{entry.msgid}" * 2
        entry.tcomment = "checked by Aya\nand by Ken" if entry.msgid == "Welcome" else ""
    catalog.save()
    more = "<!-- i18n: context menu -->\n\nOpen\n\nNot translated.\n"
    page.write_text(PAGE.replace("one hour", "two hours").replace("What went.", more), "utf-8")
    main(["update"])
    entries = {entry.msgid: entry for entry in polib.pofile(str(path))}
    assert entries["Wait for two hours."].fuzzy
    assert entries["What went."].obsolete
    return path


def run(*command: str) -> Callable[[Path], None]:
    """Run a tool of gettext that reads a catalog and writes it."""

    def edit(path: Path) -> None:
        full = [*command, "--output-file", str(path), str(path)]
        if command[0] == "msgmerge":
            full.append(str(path.parents[2] / "messages.pot"))
        subprocess.run(full, check=True, capture_output=True)

    return edit


def poedit(path: Path) -> None:
    """Do what Poedit does when it saves: its own header fields, a date, lines of 77 columns."""
    catalog = polib.pofile(str(path), wrapwidth=77)
    catalog.metadata["X-Generator"] = "Poedit 3.5"
    catalog.metadata["PO-Revision-Date"] = "2026-11-22 12:00+0900"
    catalog.save()


def weblate(path: Path) -> None:
    """Do what Weblate does when it saves: no wrapping, its own header fields."""
    catalog = polib.pofile(str(path), wrapwidth=0)
    catalog.metadata["X-Generator"] = "Weblate 5.9"
    catalog.metadata["Language-Team"] = "Japanese <https://hosted.example/>"
    catalog.save()


def notepad(path: Path) -> None:
    """Do what a plain editor may do: a byte order mark, and Windows line ends."""
    text = path.read_text("utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())


EDITORS = {
    "msgcat": run("msgcat"),
    "msgcat without wrapping": run("msgcat", "--no-wrap"),
    "msgcat with indentation": run("msgcat", "--indent"),
    "msgmerge": run("msgmerge", "--previous", "--quiet"),
    "msgattrib": run("msgattrib"),
    "Poedit": poedit,
    "Weblate": weblate,
    "Notepad": notepad,
}


@pytest.mark.parametrize("editor", EDITORS)
def test_a_round_trip_through_an_editor_keeps_every_word_mark_and_comment(
    editor: str, path: Path
) -> None:
    before = parse_po(path.read_text("utf-8"), "messages.po")
    EDITORS[editor](path)
    main(["update"])
    after = parse_po(path.read_text("utf-8"), "messages.po")
    after.metadata = before.metadata
    assert same(before, after)
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(path)], check=True)


@pytest.mark.parametrize("editor", ["msgcat", "msgcat without wrapping", "Poedit", "Weblate"])
def test_an_update_leaves_the_lines_of_an_editor_alone(editor: str, path: Path) -> None:
    EDITORS[editor](path)
    before = path.read_bytes()
    main(["update"])
    assert path.read_bytes() == before


def test_an_update_leaves_windows_line_ends_alone(path: Path) -> None:
    crlf = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(crlf)
    main(["update"])
    assert path.read_bytes() == crlf


def test_header_fields_of_editors_stay_when_texts_change(path: Path) -> None:
    poedit(path)
    page = path.parents[3] / "docs" / "index.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    main(["update"])
    metadata = polib.pofile(str(path)).metadata
    assert metadata["X-Generator"] == "Poedit 3.5"
    assert metadata["PO-Revision-Date"] == "2026-11-22 12:00+0900"


def test_gettext_is_here_to_be_tried() -> None:
    assert all(shutil.which(name) for name in ("msgcat", "msgmerge", "msgattrib", "msgfmt"))
