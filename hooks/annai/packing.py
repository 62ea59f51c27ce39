"""The entries of PO files, packed: soon read, and made when somebody asks for them.

Of a file that has changed a little since, only the entries that have are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import polib

from annai.errors import ContentError
from annai.pofile import key, line_of, number

WORD = re.compile(r"^\s*(?:#~\s*)?(msgctxt|msgid_plural|msgid|msgstr)(?!\w)", re.MULTILINE)
WORDS = re.compile("(?:msgctxt )?msgid (?:msgid_plural )?msgstr(?: msgstr)*")
"""What the words of one entry are, all of them."""

FIRST = re.compile(r'(?:#(?!~(?!\|)).*\n)*(?:#~ )?(?:msgctxt|msgid) "')
LAST = re.compile(r'\n(?:#~ )?(?:msgstr\S* )?".*"$')
"""How the lines of an entry begin and end that has no part elsewhere: comments are above it."""

AT_ONCE = 2_000
"""How many entries are read at the same time: as polib has them, each takes 2 KB."""

PLURAL = "Plural-Forms"
"""What a header says of how many translations an entry has."""

EMPTY = vars(polib.POEntry())

Read = Callable[[str], polib.POFile]
"""Reads the text of a PO file. Raises ContentError if there is something wrong with it."""

Verdict = tuple[str, str, "Sequence[str] | None"]
"""A hash of all that is said of a translation here, but for who judges, its state, and why it may
not be shown, None if it may."""

Judge = Callable[[polib.POEntry, Mapping[str, str]], Verdict]
"""Gives the verdict on an entry of a file with a header."""


class Row(NamedTuple):
    """An entry, packed: what it is made of, as JSON has it."""

    block: str
    """A hash of its lines; empty if blank lines do not part it from others."""
    offset: int
    """How many lines its msgid stands below the first of them."""
    line: int
    """The 1-based line of its msgid in the file."""
    number: int | None
    """That of the message (annai.pofile.number), None if the entry is obsolete."""
    msgstr: str
    rest: str
    """What else differs from an empty entry, in JSON."""
    said: str
    state: str
    refusal: Sequence[str] | None
    """The verdict on the translation."""


class Packed(NamedTuple):
    """A PO file, packed."""

    header: Mapping[str, str]
    rows: Sequence[Row]

    def new(self, before: Packed) -> int:
        """How many entries are here that were not *before*, as far as their lines tell."""
        known = {row.block for row in before.rows}
        return sum(not row.block or row.block not in known for row in self.rows)

    def judged(self, judge: Judge) -> Packed:
        """The same with other verdicts."""
        rows = [Row(*row[:6], *judge(unpack(row), self.header)) for row in self.rows]
        return Packed(self.header, rows)


NOTHING = Packed({}, ())


def pack(text: str, read: Read, judge: Judge, known: Packed) -> Packed:
    """The PO file with the content *text*, packed.

    *known* is what it was before. Raises ContentError.
    """
    try:
        return _pack_blocks(text, read, judge, known)
    except (ContentError, _NoBlocksError):
        file = read(text)
        return Packed(file.metadata, [_row(each, judge(each, file.metadata)) for each in file])


def unpack(row: Row) -> polib.POEntry:
    """The entry that was packed as *row*."""
    said = json.loads(row.rest)
    entry = polib.POEntry.__new__(polib.POEntry)
    vars(entry).update(EMPTY, linenum=row.line, msgstr=row.msgstr, **said)
    forms = said.get("msgstr_plural", {})
    entry.msgstr_plural = {int(number): text for number, text in forms.items()}
    entry.occurrences = [tuple(place) for place in said.get("occurrences", ())]
    entry.flags = [*said.get("flags", ())]
    return entry


def fingerprint(text: str) -> str:
    """A hash of *text*, a block or all of a file."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


class _NoBlocksError(Exception):
    """Blank lines do not part the entries of a file."""


def _pack_blocks(text: str, read: Read, judge: Judge, known: Packed) -> Packed:
    """The same for a file whose entries are parted by blank lines."""
    blocks = _blocks(text)
    _, header = next(blocks)
    metadata = _metadata(header, read)
    rows = {row.block: row for row in known.rows if row.block}
    if metadata.get(PLURAL) != known.header.get(PLURAL):  # it says what an entry may have
        rows.clear()
    places: list[tuple[str, int]] = []
    new: dict[str, str] = {}
    for line, block in blocks:
        name = fingerprint(block)
        places.append((name, line))
        if name not in rows:
            new[name] = block
        if len(new) == AT_ONCE:
            rows.update(_packed(header, new, read, judge))
            new.clear()
    rows.update(_packed(header, new, read, judge))
    return Packed(metadata, [_at(line, rows[name]) for name, line in places])


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The parts of *text* between blank lines, each with the 1-based line where it begins."""
    line, start, end = 1, 0, len(text.rstrip("\n"))
    while start <= end:
        stop = text.find("\n\n", start, end)
        block = text[start : end if stop < 0 else stop]
        yield line, block
        line += block.count("\n") + 2
        start += len(block) + 2


def _at(line: int, row: Row) -> Row:
    """*row* in a file where its block begins at *line*."""
    place = line + row.offset
    return row if row.line == place else row._replace(line=place)


def _metadata(header: str, read: Read) -> Mapping[str, str]:
    """What the block *header* says, which may be nothing but that."""
    file = read(header)
    if len(file) or not _is_entry(header):
        raise _NoBlocksError
    found: dict[str, str] = file.metadata
    return found


def _packed(header: str, blocks: Mapping[str, str], read: Read, judge: Judge) -> dict[str, Row]:
    """The entries in *blocks* of a file that begins with *header*, by the names of the blocks."""
    if not all(map(_is_entry, blocks.values())):
        raise _NoBlocksError
    file = read("\n\n".join([header, *blocks.values()]))
    if len(file) != len(blocks):
        raise _NoBlocksError
    named = zip(blocks.items(), file, strict=True)
    return {
        name: _row(entry, judge(entry, file.metadata), name, _offset(block))
        for (name, block), entry in named
    }


def _row(entry: polib.POEntry, verdict: Verdict, block: str = "", offset: int = 0) -> Row:
    own = {"linenum", "msgstr"}
    said = {name: it for name, it in vars(entry).items() if name not in own and it != EMPTY[name]}
    message = None if entry.obsolete else number(key(entry))
    rest = json.dumps(said, ensure_ascii=False)
    return Row(block, offset, line_of(entry), message, entry.msgstr, rest, *verdict)


def _offset(block: str) -> int:
    """How many lines the msgid of *block* stands below the first."""
    place = next(each.start(1) for each in WORD.finditer(block) if each[1] == "msgid")
    return block.count("\n", 0, place)


def _is_entry(block: str) -> bool:
    """Whether *block* is one entry, all of it, if there is nothing wrong with it."""
    is_whole = FIRST.match(block) and LAST.search(block, block.rfind("\n"))
    return bool(is_whole and WORDS.fullmatch(" ".join(WORD.findall(block))))
