"""PO files: reading them with every fault named, and writing them whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from bisect import bisect_left
from collections.abc import Mapping
from copy import copy
from hashlib import blake2b
from pathlib import Path
from textwrap import wrap

import polib

from annai.errors import ContentError
from annai.syntax import WORD, faults

WIDTH = 79
"""Columns at which references are wrapped, as gettext does. Texts are not wrapped, as by ``msgcat
--no-wrap``: Poedit then leaves their lines alone, and a diff has a line for each text."""

PLURAL_FORMS = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*")
"""How many plural forms a language has, and which number takes which (gettext manual, "Plural
forms")."""

FLAG = re.compile(r"range:\s*\S+|\S+")
"""A flag of an entry; polib separates them at commas only."""

MARKER = re.compile(r"#([,.:~=|]?)(\|?)\s*(.*)")
"""What a comment line begins with, and the rest of it; ``#~|`` has both marks."""

GLUED = re.compile(r'^(msg[\w\[\]]+)"')
"""The word of an entry without a space behind it."""

Key = tuple["str | None", str]
"""Context and text: what gettext tells messages apart by."""


def key(entry: polib.POEntry) -> Key:
    """What tells *entry* from every other."""
    return entry.msgctxt, entry.msgid


def number(message: Key) -> int:
    """A number for *message*: 7 bytes of a hash, which no two of a site have in common.

    >>> number((None, "One")), number(("button", "One"))
    (46961306485591151, 49812597251122232)
    """
    context, msgid = message
    text = f"{context or ''}\4{msgid}"
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big")


def line_of(entry: polib.POEntry) -> int:
    """The 1-based line at which the msgid of *entry* stands in its file; 1 if it is in none."""
    return entry.linenum or 1


def short(msgid: str) -> str:
    """*msgid* in quotes, its beginning if it is long."""
    return f'"{msgid}"' if len(msgid) < 50 else f'"{msgid[:50]}…"'


def parse_po(text: str, shown: str | Path) -> polib.POFile:
    """The entries of a PO file with the content *text*, named *shown* in messages.

    Raises ContentError at the first line that is no PO syntax.
    """
    for fault in faults(text, shown):
        raise fault
    return parse_sound(text, shown)


def parse_sound(text: str, shown: str | Path) -> polib.POFile:
    """The same for a *text* that has no `faults`."""
    plain = [_plain(line) for line in text.split("\n")]
    try:
        with tempfile.TemporaryDirectory() as folder:
            # From a string polib takes characters such as U+2028 for line ends.
            path = Path(folder, "messages.po")
            path.write_text("\n".join(plain), "utf-8", newline="\n")
            catalog = polib.pofile(str(path), wrapwidth=0, encoding="utf-8")
    except OSError as error:
        found = re.search(r"\(line (\d+)\)(?:: (.*))?", str(error))
        raise ContentError(
            shown,
            int(found[1]) if found else 1,
            f"this is not PO syntax: {(found and found[2]) or 'an entry cannot begin so'}",
            "compare the line with the entries around it",
        ) from None
    lines = _msgid_lines(text)
    if len(lines) - len(catalog) not in (0, 1):  # 1 for the header
        problem = f"only {len(catalog)} of {len(lines)} entries can be read"
        raise ContentError(shown, 1, problem, "write the file anew with msgcat, or undo its change")
    for entry in catalog:  # polib gives the line of the comments before the entry
        entry.linenum = lines[bisect_left(lines, line_of(entry))]
        entry.flags = [flag for flags in entry.flags for flag in FLAG.findall(flags)]
    if catalog and (left := _comment_at_end(plain)):  # polib drops it
        catalog[-1].tcomment = f"{catalog[-1].tcomment}\n{left}".strip()
    return catalog


def _plain(line: str) -> str:
    """*line* as polib knows it, where gettext allows more."""
    line = line.strip()
    if not line.startswith("#"):
        return GLUED.sub(r'\1 "', line)
    marker, bar, rest = MARKER.fullmatch(line).groups()  # type: ignore[union-attr]
    if not marker and (not line[1:] or line[1].isspace()):
        return line
    if marker == "~" and bar:  # previous texts of obsolete entries, which polib would drop
        marker = "|"
    elif marker == "~":
        rest = _plain(rest)
    elif marker == "=":  # flags since gettext 0.23
        marker = ","
    return f"#{marker} {rest}" if rest else ""


def _comment_at_end(lines: list[str]) -> str:
    """The translators' comment behind the last entry of a file with the plain *lines*."""
    found: list[str] = []
    for line in reversed(lines):
        if line and not line.startswith(("# ", "#\t")) and line != "#":
            break
        found.append(line[1:].removeprefix(" "))
    return "\n".join(reversed(found)).strip()


def plural_count(metadata: Mapping[str, str]) -> int:
    """How many plural forms the header *metadata* names; two if it names none."""
    found = PLURAL_FORMS.fullmatch(metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 2


def reference(name: str) -> str:
    """The name of a file as references have it: spaces would make it two.

    >>> reference("docs/my page.md")
    'docs/my%20page.md'
    """
    return name.replace(" ", "%20")


def _msgid_lines(text: str) -> list[int]:
    """The 1-based line at which each message of a PO file without `faults` begins."""
    found = (WORD.match(line) for line in text.split("\n"))
    return [n for n, word in enumerate(found, start=1) if word and word[1] == "msgid"]


def format_po(catalog: polib.POFile) -> str:
    """The text of a PO file, letter by letter what ``msgcat --no-wrap`` makes of it."""
    text = copy(catalog)
    text.wrapwidth = 0
    lines = str(text).removeprefix("#\n").rstrip().split("\n")
    return "".join(f"{line}\n" for each in lines for line in _wrapped(each))


def _wrapped(line: str) -> list[str]:
    """*line*, or its parts if it has more references than fit."""
    if not line.startswith("#: "):
        return [line]
    return wrap(line[3:], WIDTH, initial_indent="#: ", subsequent_indent="#: ",
                break_long_words=False, break_on_hyphens=False)  # fmt: skip


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
    path = path.resolve()  # a link stays a link
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
