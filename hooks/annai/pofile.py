"""PO files: reading them with every fault named, and writing them whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

import polib

from annai.errors import ContentError

WIDTH = 79
"""Columns at which catalogs are wrapped, gettext's own default."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Control characters that no text needs; Python-Markdown uses two of them for its placeholders."""

LINE = re.compile(
    r"""\s* (?:\#~\s*)? (?P<word>msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)? \s*
        "(?P<text>(?:[^"\\]|\\.)*)"\s*""",
    re.VERBOSE,
)
"""A line of an entry, comments apart (gettext manual, "The Format of PO Files")."""

WORD = re.compile(r"\s*(?:#~\s*)?(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)(?!\w)")
"""What begins a part of an entry."""

COMMENT = re.compile(r"#(?!~(?!\|))")
"""What begins a comment, previous texts included, but not an obsolete entry."""

NO_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*(\\[^\\tnrvbf\"])")
"""A backslash before a character that it means nothing with."""

CONFLICT = re.compile(r"<{7} |={7}$|>{7} ")
"""What git writes around the two sides of a conflict (git-merge, "How conflicts are presented")."""

COMMENT_AT_END = re.compile(r"(?:^#(?![~,.:|=]).*\n?|^\s*\n)+\Z", re.MULTILINE)
"""Translators' comments behind the last entry of a PO file."""

Key = tuple["str | None", str]
"""Context and text: what gettext tells messages apart by."""


def key(entry: polib.POEntry) -> Key:
    """What tells *entry* from every other."""
    return entry.msgctxt, entry.msgid


def line_of(entry: polib.POEntry) -> int:
    """The 1-based line at which the msgid of *entry* stands in its file; 1 if it is in none."""
    return entry.linenum or 1


def faults(text: str, shown: str | Path) -> Iterator[ContentError]:
    """Everything that is no PO syntax in *text*, the content of the file *shown*."""
    before: str | None = ""
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or (COMMENT.match(line) and not CONTROL.search(line)):
            continue
        word = WORD.match(line)
        if fault := _line_fault(line, before):
            yield ContentError(shown, number, *fault)
            before = None
        if word:
            before, start = word[1], number
    if before and not before.startswith("msgstr"):
        yield ContentError(shown, start, f"nothing follows {before}", "write msgstr below")


def _line_fault(line: str, before: str | None) -> tuple[str, str] | None:
    """What is wrong with a line, and how to mend it.

    *before* is the word of an entry that came last: empty if there was none, None if it is not
    known.
    """
    if found := CONTROL.search(line):
        problem = f"there is a control character (U+{ord(found[0]):04X})"
        return problem, "delete it; it cannot be seen, so type the text again"
    if CONFLICT.match(line):
        problem = "git left a conflict between two versions here"
        return problem, "keep one of the two versions, and delete this line"
    entry = LINE.fullmatch(line)
    if not entry:
        fix = "write msgid or msgstr, then the text in double quotes"
        problem = f"this is not PO syntax: {line.strip()[:60]}"
        return problem, f'{fix}; put \\ before a " inside the text'
    if wrong := NO_ESCAPE.search(entry["text"]):
        return f"{wrong[1]} means nothing in a PO file", "write \\\\ for a backslash"
    word = entry["word"]
    if not word and before == "":
        return "this text belongs to no entry", "write msgid or msgstr before it"
    if word and before is not None and word not in _next(before):
        expected = " or ".join(_next(before))
        return (
            f"{word} cannot {f'follow {before}' if before else 'come first'}",
            f"write {expected} before it",
        )
    return None


def _next(word: str) -> tuple[str, ...]:
    """The words of an entry that may follow *word*, which is empty at the start of a file."""
    follows = {
        "msgctxt": ("msgid",),
        "msgid": ("msgstr", "msgid_plural"),
        "msgid_plural": ("msgstr[0]",),
    }
    form = re.fullmatch(r"msgstr\[(\d+)\]", word)
    more = (f"msgstr[{int(form[1]) + 1}]",) if form else ()
    return follows.get(word, ("msgid", "msgctxt", *more))


def parse_po(text: str, shown: str | Path) -> polib.POFile:
    """The entries of a PO file with the content *text*, named *shown* in messages.

    Raises ContentError at the first line that is no PO syntax.
    """
    for fault in faults(text, shown):
        raise fault
    # polib reads the previous text of current entries only, and writes it for all.
    text = re.sub(r"^#~\|", "#|", text, flags=re.MULTILINE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            # From a string polib takes characters such as U+2028 for line ends.
            path = Path(folder, "messages.po")
            path.write_text(text, "utf-8", newline="\n")
            catalog = polib.pofile(str(path), wrapwidth=WIDTH, encoding="utf-8")
    except OSError as error:
        found = re.search(r"\(line (\d+)\)(?:: (.*))?", str(error))
        raise ContentError(
            shown,
            int(found[1]) if found else 1,
            f"this is not PO syntax: {(found and found[2]) or 'an entry cannot begin so'}",
            "compare the line with the entries around it",
        ) from None
    lines = _msgid_lines(text)
    for entry in catalog:  # polib gives the line of the comments before the entry
        entry.linenum = lines[bisect_left(lines, line_of(entry))]
    if catalog and (left := COMMENT_AT_END.search(text)):  # polib drops it
        comment = re.sub(r"^# ?", "", left[0].strip(), flags=re.MULTILINE)
        catalog[-1].tcomment = f"{catalog[-1].tcomment}\n{comment}".strip()
    return catalog


def _msgid_lines(text: str) -> list[int]:
    """The 1-based line at which each message of a PO file begins."""
    found = (LINE.fullmatch(line) for line in text.split("\n"))
    return [n for n, line in enumerate(found, start=1) if line and line["word"] == "msgid"]


def format_po(catalog: polib.POFile) -> str:
    """The text of a PO file, without the lone ``#`` that polib puts at the top."""
    return str(catalog).removeprefix("#\n").rstrip() + "\n"


def same(one: polib.POFile, other: polib.POFile) -> bool:
    """Whether two catalogs say the same, however an editor wrapped and ordered their lines."""
    return _content(one) == _content(other)


def _content(catalog: polib.POFile) -> object:
    header = (catalog.header, catalog.metadata, bool(catalog.metadata_is_fuzzy))
    entries = [
        (
            key(entry),
            entry.msgid_plural,
            entry.msgstr,
            {int(form): text for form, text in entry.msgstr_plural.items()},
            entry.obsolete,
            sorted(entry.flags),
            entry.comment,
            entry.tcomment,
            entry.occurrences,
            (entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural),
        )
        for entry in catalog
    ]
    return header, entries


def write(path: Path, text: str) -> bool:
    r"""Make *text* the content of *path*, at once or not at all; False if it is so already.

    A file whose lines end with ``\r\n``, as git may check them out, is left as it is, too.
    """
    content = text.encode()
    if path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    return True
