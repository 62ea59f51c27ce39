"""On which line of the source each block stands, found out by asking the parser.

Python-Markdown keeps no positions. Most blocks can be found by their text, which the source
has just once. Where it has it more than once, a letter that nobody types is put into each
place, and the page is parsed again: the block that comes out with the letter stood there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annai.messages import RAW_HTML

MARKS = [chr(code) for code in range(0x10330, 0x1034B)]
"""Gothic letters: they count as letters wherever Markdown looks for letters."""


@dataclass(frozen=True)
class Place:
    """A place in the source where a block's text may begin."""

    offset: int
    """In characters from the start of the source, just behind the first letter of the text."""
    line: int
    """1-based."""


def find_lines(source: str, raws: Sequence[str], parse: Callable[[str], list[str]]) -> list[int]:
    """The 1-based line of *source* at which each of *raws* begins, in the order given.

    *raws* are the texts of the blocks as they stand in the source; *parse* gives the same list
    for another version of the source. A text that a program put into the page (the default
    title of an admonition) gets the line that made it, as near as can be told.
    """
    places = {raw: _places(source, raw) for raw in dict.fromkeys(raws)}
    counts = {raw: raws.count(raw) for raw in places}
    unclear = [raw for raw, found in places.items() if len(found) > 1]
    asked = _ask(source, raws, places, unclear, parse)
    if asked is None:
        asked = {}
        for raw in unclear:
            asked |= _ask(source, raws, places, [raw], parse) or {}
    lines: list[int | None] = [None] * len(raws)
    for index, raw in enumerate(raws):
        if len(places[raw]) == 1 and counts[raw] == 1:
            lines[index] = places[raw][0].line
        else:
            lines[index] = asked.get(index)
    return _fill(raws, lines, places)


def _places(source: str, raw: str) -> list[Place]:
    """Where in *source* the text *raw* may begin: where its first line with a letter stands.

    A text that stands nowhere may have been made of a word in other capitals, as an
    admonition's default title is (``!!! note``).
    """
    lines = raw.split("\n")
    above = next((n for n, text in enumerate(lines) if any(map(str.isalpha, text))), None)
    if above is None:
        return []
    first = lines[above]
    visible = RAW_HTML.sub(lambda tag: "." * len(tag[0]), first) if "<" in first else first
    letters = (n for n, character in enumerate(visible) if character.isalpha())
    letter = next(letters, len(first) - 1)
    starts = _occurrences(source, first) or [
        match.start() for match in re.finditer(re.escape(first), source, re.IGNORECASE)
    ]
    return [Place(start + letter + 1, source.count("\n", 0, start) + 1 - above) for start in starts]


def _occurrences(source: str, text: str) -> list[int]:
    """Where *text* stands in *source*, but not as a part of a longer ASCII word."""
    found = []
    start = source.find(text)
    while start >= 0:
        end = start + len(text)
        if not (_in_word(source, start) or _in_word(source, end)):
            found.append(start)
        start = source.find(text, start + 1)
    return found


def _in_word(source: str, position: int) -> bool:
    """Whether there is an ASCII letter or digit on both sides of *position*."""
    sides = source[max(position - 1, 0) : position + 1]
    return position > 0 and len(sides) == 2 and sides.isascii() and sides.isalnum()


def _ask(
    source: str,
    raws: Sequence[str],
    places: dict[str, list[Place]],
    unclear: Sequence[str],
    parse: Callable[[str], list[str]],
) -> dict[int, int] | None:
    """From index in *raws* to line, for the *unclear* ones; None if marks changed the blocks."""
    marks = [mark for mark in MARKS if mark not in source][:3]
    if not unclear or len(marks) < 3:
        return {}
    offsets = sorted({place.offset for raw in unclear for place in places[raw]})
    marked, position = [], 0
    for number, offset in enumerate(offsets):
        marked += [source[position:offset], _mark(number, marks)]
        position = offset
    answers = parse("".join([*marked, source[position:]]))
    any_mark = re.compile(f"{marks[2]}([{marks[0]}{marks[1]}]*){marks[2]}")
    if [any_mark.sub("", answer) for answer in answers] != list(raws):
        return None
    lines = {}
    for index, (raw, answer) in enumerate(zip(raws, answers, strict=True)):
        if raw not in unclear:
            continue
        lines_of = {place.offset: place.line for place in places[raw]}
        for match in any_mark.finditer(answer):
            bits = match[1].replace(marks[0], "0").replace(marks[1], "1")
            if line := lines_of.get(offsets[int(bits, 2)]):
                lines[index] = line
                break
    return lines


def _mark(number: int, marks: Sequence[str]) -> str:
    """*number* in letters: binary digits between two letters that end it."""
    digits = f"{number:b}".replace("0", marks[0]).replace("1", marks[1])
    return f"{marks[2]}{digits}{marks[2]}"


def _fill(
    raws: Sequence[str], lines: Sequence[int | None], places: dict[str, list[Place]]
) -> list[int]:
    """*lines* without gaps: what is unknown stands no earlier than what comes before it."""
    filled: list[int] = []
    for raw, line in zip(raws, lines, strict=True):
        if line is None:
            earliest = filled[-1] if filled else 1
            known = (place.line for place in places[raw] if place.line >= earliest)
            line = next(known, earliest)
        filled.append(line)
    return filled
