"""Which old texts the translation of a new text may start from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz

NEAR = 60
"""How alike two texts must be, in percent, for the translation of one to be proposed for the
other. msgmerge uses 60 % as well (FUZZY_THRESHOLD, gettext-tools/src/message.h)."""

NEARER = 75
"""The same where the old text is still on the site, or has found its successor."""

GRAM = 3
"""How many letters in a row are compared to find texts that may be alike."""

RAREST = 30
"""How many runs of letters of a text are looked up: those that stand in the fewest others."""

CANDIDATES = 20
"""How many texts, those that share the most of them, are compared letter by letter."""

PART = 0.85
"""How many of its runs of letters a part must share with the whole."""

SHARE = 0.2
"""How long a part must be, as a share of the whole, to say something about it."""


class Proposal(NamedTuple):
    """Where the translation of a new text may start."""

    olds: list[int]
    """The numbers of the old texts, in the order of their words."""
    succeeds: bool
    """Whether the new text is what became of these: all its words are from them."""


class Index:
    """Finds among *texts* those that share runs of letters with another."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """From a run of letters to the numbers of the texts that have it."""
        places: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(self.texts):
            for gram in grams(text):
                places[gram].append(index)
        return places

    def nearest(self, text: str, limit: int, cutoff: float) -> list[tuple[float, int]]:
        """Score and number of the *limit* texts most like *text*, of *cutoff* percent or more."""
        rare = sorted(grams(text) & self.places.keys(), key=lambda gram: len(self.places[gram]))
        shared = Counter(place for gram in rare[:RAREST] for place in self.places[gram])
        scores = [
            (fuzz.ratio(text, self.texts[place], score_cutoff=cutoff), -place)
            for place, _ in shared.most_common(CANDIDATES)
        ]
        best = sorted(scores, reverse=True)[:limit]
        return [(score, -place) for score, place in best if score]

    def whole(self, part: str) -> int | None:
        """The number of the text that most of *part* is in, if there is one."""
        own = grams(part)
        rare = sorted(own, key=lambda gram: len(self.places.get(gram, ())))[:RAREST]
        shared = Counter(place for gram in rare for place in self.places.get(gram, ()))
        for place, count in shared.most_common(1):
            whole = self.texts[place]
            is_inside = len(own & grams(whole)) >= PART * len(own)
            if count >= PART * len(rare) and is_inside and SHARE * len(whole) <= len(part):
                return place
        return None


def propose(new: Sequence[str], gone: Sequence[str], kept: Sequence[str]) -> list[Proposal]:
    """For each text of *new*, the old ones whose translations, in this order, it may start from.

    Old ones are numbered through *gone* and then *kept*, the texts that the site still has. A
    text that was edited starts from what it was, one that was joined from all its parts, and one
    that was split off from the whole. What is left starts from the nearest text there is.

    >>> propose(["Wait, then look.", "Ask us."], ["Send it again.", "Wait. Then look."], [])
    [Proposal(olds=[1], succeeds=True), Proposal(olds=[], succeeds=False)]
    >>> propose(["Stop the transfer. Tell the bank."], ["Tell the bank.", "Stop the transfer."], [])
    [Proposal(olds=[1, 0], succeeds=True)]
    >>> propose(["Stop the transfer.", "Tell the bank."], ["Stop the transfer. Tell the bank."], [])
    [Proposal(olds=[0], succeeds=True), Proposal(olds=[0], succeeds=False)]
    """
    of_gone, of_new, every = Index(gone), Index(new), Index([*gone, *kept])
    found = _successors(new, of_gone)
    taken = {old for olds in found for old in olds}
    for old, text in enumerate(gone):
        whole = None if old in taken else of_new.whole(text)
        if whole is not None:
            found[whole].append(old)
    proposals = []
    for text, olds in zip(new, found, strict=True):
        if len(olds) > 1:
            olds.sort(key=lambda old: _position(gone[old], text))
        whole = None if olds else of_gone.whole(text)
        near = every.nearest(text, 1, NEARER) if not olds and whole is None else []
        others = [whole] if whole is not None else [old for _, old in near]
        proposals.append(Proposal(olds or others, bool(olds)))
    return proposals


def _successors(new: Sequence[str], gone: Index) -> list[list[int]]:
    """For each text of *new*, the one of *gone* that became it, each of them once."""
    pairs = [
        (-score, index, old)
        for index, text in enumerate(new)
        for score, old in gone.nearest(text, 3, NEAR)
    ]
    found: list[list[int]] = [[] for _ in new]
    taken = set()
    for _, index, old in sorted(pairs):
        if not found[index] and old not in taken:
            found[index].append(old)
            taken.add(old)
    return found


def grams(text: str) -> set[str]:
    """The runs of letters in *text*, with a space at both ends so that short texts have some."""
    padded = f" {text} "
    return {padded[start : start + GRAM] for start in range(len(padded) - GRAM + 1)}


def _position(part: str, whole: str) -> int:
    """Where in *whole* most of *part* is."""
    found = fuzz.partial_ratio_alignment(part, whole)
    return found.dest_start if found else 0
