"""PO files in a form that is soon read, most of them even if they have changed a little since."""

from __future__ import annotations

import re
from typing import Any

import polib

from annai.errors import ContentError
from annai.memory import digest
from annai.pofile import parse_po

WORD = re.compile(r"^\s*(?:#~\s*)?(msgctxt|msgid_plural|msgid|msgstr)(?!\w)", re.MULTILINE)
WORDS = re.compile("(?:msgctxt )?msgid (?:msgid_plural )?msgstr(?: msgstr)*")
"""What the words of one entry are, all of them."""

FIRST = re.compile(r'(?:#(?!~(?!\|)).*\n)*(?:#~ )?(?:msgctxt|msgid) "')
LAST = re.compile(r'\n(?:#~ )?(?:msgstr\S* )?".*"$')
"""How the lines of an entry begin and end that has no part elsewhere: comments are above it."""

EMPTY = vars(polib.POEntry())


def packed(file: polib.POFile, text: str) -> dict[str, Any]:
    """All that *file*, with the content *text*, holds, as JSON can.

    Of an entry that is what differs from an empty one.
    """
    said = [{name: it for name, it in vars(each).items() if it != EMPTY[name]} for each in file]
    header, *blocks = _blocks(text)
    is_plain = _fits(file, blocks) and all(map(_is_entry, [header, *blocks]))
    return {
        "text": digest(text),
        "file": vars(file),
        "entries": said,
        "blocks": [digest(each) for each in blocks] if is_plain else [],
    }


def unpacked(value: dict[str, Any], text: str) -> polib.POFile | None:
    """The file with the content *text*, of which *value* is what was `packed` before.

    If the text has changed since, the entries that are new are read. None if all have to be,
    because blank lines do not part them, or something is wrong.
    """
    if value["text"] == digest(text):
        file = polib.POFile()
        vars(file).update(value["file"])
        file.extend(map(_entry, value["entries"]))
        return file
    known = dict(zip(value["blocks"], value["entries"], strict=False))
    header, *blocks = _blocks(text)
    names = [digest(each) for each in blocks]
    new = [block for name, block in zip(names, blocks, strict=True) if name not in known]
    if not known or not all(map(_is_entry, [header, *new])):
        return None
    try:
        file = parse_po("\n\n".join([header, *new]), "")
    except ContentError:
        return None
    if not _fits(file, new):
        return None
    read = iter([*file])
    file.clear()
    line = 1 + header.count("\n") + 2
    for name, block in zip(names, blocks, strict=True):
        entry = _entry(known[name]) if name in known else next(read)
        place = next(each.start(1) for each in WORD.finditer(block) if each[1] == "msgid")
        entry.linenum = line + block.count("\n", 0, place)
        file.append(entry)
        line += block.count("\n") + 2
    return file


def _entry(said: dict[str, Any]) -> polib.POEntry:
    """The entry of which *said* is what differs from an empty one."""
    entry = polib.POEntry.__new__(polib.POEntry)
    vars(entry).update(EMPTY, **said)
    forms = said.get("msgstr_plural", {})
    entry.msgstr_plural = {int(number): text for number, text in forms.items()}
    entry.occurrences = [tuple(place) for place in said.get("occurrences", ())]
    entry.flags = [*said.get("flags", ())]
    return entry


def _fits(file: polib.POFile, blocks: list[str]) -> bool:
    """Whether *file* has as many entries as *blocks*, of which none may be its header."""
    return len(file) == len(blocks) and all(each.msgid for each in file)


def _blocks(text: str) -> list[str]:
    """The parts of *text* between blank lines."""
    return text.rstrip("\n").split("\n\n")


def _is_entry(block: str) -> bool:
    """Whether *block* is one entry, all of it, if there is nothing wrong with it."""
    is_whole = FIRST.match(block) and LAST.search(block, block.rfind("\n"))
    return bool(is_whole and WORDS.fullmatch(" ".join(WORD.findall(block))))
