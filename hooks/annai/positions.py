"""On which line of the source each block stands, found out by asking the parser.

Python-Markdown keeps no positions. Most blocks can be found by their text, which the source
has just once, on a line of its own. Elsewhere a letter that nobody types is put into each
place, and the page is parsed again: the block that comes out with the letter stood there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annai.messages import RAW_HTML

MARKS = [chr(code) for code in range(0x10330, 0x1034B)]
"""Gothic letters: they count as letters wherever Markdown looks for letters."""


MARKS_BEFORE = re.compile(
    r"""[\s>]* ( [*+-] | \d+[.)] | \#+ | : | \[\^[^\]]*\]: | [!?=]{3}[+!]?.*["'] | [|] )? \s*
        ( \[[ xX]\] \s )?""",
    re.VERBOSE,
)
"""What can stand before the text of a block on its first line."""


@dataclass(frozen=True)
class Place:
    """A place in the source where a block's text may begin."""

    offset: int
    """In characters from the start of the source, just behind the first letter of the text."""
    line: int
    """1-based."""
    is_whole: bool
    """Whether the text is all that the line says."""


def find_lines(source: str, raws: Sequence[str], parse: Callable[[str], list[str]]) -> list[int]:
    """The 1-based line of *source* at which each of *raws* begins, in the order given.

    *raws* are the texts of the blocks as they stand in the source; *parse* gives the same list
    for another version of the source. Should even that not tell, a text gets the line of the
    text before it.
    """
    places = {raw: _places(source, raw) for raw in dict.fromkeys(raws)}
    counts = Counter(raws)
    clear = {
        raw: found[0].line
        for raw, found in places.items()
        if len(found) == 1 and counts[raw] == 1 and found[0].is_whole
    }
    unclear = [raw for raw, found in places.items() if found and raw not in clear]
    asked = _ask(source, raws, places, unclear, parse)
    if asked is None:
        asked = {}
        for raw in unclear:
            asked |= _ask(source, raws, places, [raw], parse) or {}
    lines: list[int] = []
    for index, raw in enumerate(raws):
        lines.append(clear.get(raw) or asked.get(index) or (lines[-1] if lines else 1))
    return lines


def _places(source: str, raw: str) -> list[Place]:
    """Where in *source* the text *raw* may begin: where its first line with a letter stands.

    A single word may also have been made of one in other capitals, as an admonition's default
    title is (``!!! note``).
    """
    lines = raw.split("\n")
    above = next((n for n, text in enumerate(lines) if any(map(str.isalpha, text))), None)
    if above is None:
        return []
    first = lines[above]
    visible = RAW_HTML.sub(lambda tag: "." * len(tag[0]), first) if "<" in first else first
    letters = (n for n, character in enumerate(visible) if character.isalpha())
    letter = next(letters, len(first) - 1)
    starts = _occurrences(source, first)
    if first.isalpha() and first.isascii():
        lower = _occurrences(source, first.lower())
        starts = sorted({*starts, *lower})
    return [
        Place(
            start + letter + 1,
            source.count("\n", 0, start) + 1 - above,
            _is_whole(source, start, start + len(first)),
        )
        for start in starts
    ]


def _is_whole(source: str, start: int, end: int) -> bool:
    """Whether nothing but marks of Markdown stands beside the text on its line."""
    line_end = source.find("\n", end)
    before = source[source.rfind("\n", 0, start) + 1 : start]
    after = source[end : line_end if line_end >= 0 else len(source)]
    return not any(map(str.isalnum, after)) and bool(MARKS_BEFORE.fullmatch(before))


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
