"""What in a catalog is no PO syntax, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from annai.errors import ContentError

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

COMMENT = re.compile(r"#(?!~(?!\||$))")
"""What begins a comment, previous texts included, but not a line of an obsolete entry."""

OPEN = ("msgctxt", "msgid", "msgid_plural")
"""The parts of an entry that others have to follow."""

INSIDE = "a comment cannot stand inside an entry", "move it above the entry"
"""What is wrong with a comment between the lines of an entry, and how to mend it."""

NO_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*(\\[^\\tnrvbf\"])")
"""A backslash before a character that it means nothing with."""

CONFLICT = re.compile(r"<{7} |={7}$|>{7} ")
"""What git writes around the two sides of a conflict (git-merge, "How conflicts are presented")."""


def faults(text: str, shown: str | Path) -> Iterator[ContentError]:
    """Everything that is no PO syntax in *text*, the content of the file *shown*."""
    before: str | None = ""
    start, is_gone, comment = 0, False, 0
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if (not line or COMMENT.match(line)) and not CONTROL.search(line):
            if line and before in OPEN:
                yield ContentError(shown, number, *INSIDE)
            comment = number if line else comment
            continue
        word = WORD.match(line)
        if not word and comment and (before or "").startswith("msgstr"):
            yield ContentError(shown, comment, *INSIDE)
        comment = 0
        if fault := _line_fault(line, before):
            yield ContentError(shown, number, *fault)
            before = None
        elif before in OPEN and line.startswith("#~") != is_gone:
            problem = "one part of this entry is obsolete (#~), and another is not"
            yield ContentError(shown, number, problem, "write #~ before all its lines, or none")
            before = None
        if word:
            before, start, is_gone = word[1], number, line.startswith("#~")
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
        fix = "write the character itself, or \\\\ for a backslash"
        return f"{wrong[1]} is not known here", fix
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


@cache
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
