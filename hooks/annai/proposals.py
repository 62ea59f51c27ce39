"""Which old texts the translation of a new text may start from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

NEAR = 60
"""How alike two texts must be, in percent, for the translation of one to be proposed for the
other. msgmerge uses 60 % as well (FUZZY_THRESHOLD, gettext-tools/src/message.h)."""

NEARER = 75
"""The same where the old text is still on the site, or has found its successor."""

GRAM = 4
"""How many letters in a row are compared to see whether one text is a part of another."""

COMMON = 100
"""Letters that stand in so many texts tell none of them from the others."""

PART = 0.85
"""How many of its runs of letters a part must share with the whole."""

SHARE = 0.2
"""How long a part must be, as a share of the whole, to say something about it."""


def propose(new: Sequence[str], gone: Sequence[str], kept: Sequence[str]) -> list[list[int]]:
    """For each text of *new*, the old ones whose translations, in this order, it may start from.

    Old ones are numbered through *gone* and then *kept*, the texts that the site still has. A
    text that was edited starts from what it was, one that was joined from all its parts, and one
    that was split off from the whole. What is left starts from the nearest text there is.

    >>> propose(["Wait, then look.", "Ask us."], ["Send it again.", "Wait. Then look."], [])
    [[1], []]
    >>> propose(["Stop the transfer. Tell the bank."], ["Tell the bank.", "Stop the transfer."], [])
    [[1, 0]]
    >>> propose(["Stop the transfer.", "Tell the bank."], ["Stop the transfer. Tell the bank."], [])
    [[0], [0]]
    """
    found = _successors(new, gone)
    taken = {old for olds in found for old in olds}
    for old, whole in _parts(gone, new):
        if old not in taken:
            found[whole].append(old)
    for index, olds in enumerate(found):
        olds.sort(key=lambda old: _position(gone[old], new[index]))
    for part, old in _parts(new, gone):
        found[part] = found[part] or [old]
    for index, olds in enumerate(found):
        if not olds:
            near = _nearest(new[index], [*gone, *kept], 1, NEARER)
            olds += [old for _, old in near]
    return found


def _successors(new: Sequence[str], gone: Sequence[str]) -> list[list[int]]:
    """For each text of *new*, the one of *gone* that became it, each of them once."""
    pairs = [
        (-score, index, old)
        for index, text in enumerate(new)
        for score, old in _nearest(text, gone, 3, NEAR)
    ]
    found: list[list[int]] = [[] for _ in new]
    taken = set()
    for _, index, old in sorted(pairs):
        if not found[index] and old not in taken:
            found[index].append(old)
            taken.add(old)
    return found


def _nearest(
    text: str, choices: Sequence[str], limit: int, cutoff: float
) -> list[tuple[float, int]]:
    """Score and number of the *limit* texts most like *text*, of *cutoff* percent or more."""
    found = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=cutoff, limit=limit)
    return [(score, index) for _, score, index in found]


def _parts(parts: Sequence[str], wholes: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Part and whole, by number, of each of *parts* that most of is in one of *wholes*."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(wholes):
        for gram in _grams(text):
            places[gram].append(index)
    for part, text in enumerate(parts):
        grams = [gram for gram in _grams(text) if len(places.get(gram, ())) < COMMON]
        shared = Counter(whole for gram in grams for whole in places.get(gram, ()))
        for whole, count in shared.most_common(1):
            if count >= PART * len(grams) and SHARE * len(wholes[whole]) <= len(text):
                yield part, whole


def _grams(text: str) -> set[str]:
    return {text[start : start + GRAM] for start in range(len(text) - GRAM + 1)}


def _position(part: str, whole: str) -> int:
    """Where in *whole* most of *part* is."""
    found = fuzz.partial_ratio_alignment(part, whole)
    return found.dest_start if found else 0
