"""What readers type into the search: made from the index of a built site, with the pages to find.

Five kinds, drawn with a fixed seed: whole titles; whole headings; headings that are still being
typed; headings with a slip in their longest word; a few rare words of a text. Natural questions,
written before any ranking was seen, are in ``questions/``.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from annai.tokens import normalize, runs

QUESTIONS = Path(__file__).parent / "questions"
EACH = 37
"""How many queries of each kind are drawn, at most."""


class Query(NamedTuple):
    """What is typed, and the pages that answer it: addresses from the folder of the locale."""

    kind: str
    text: str
    pages: tuple[str, ...]


class Place(NamedTuple):
    """A section of a page."""

    url: str
    heading: str
    text: str
    is_top: bool
    anchor: str

    @property
    def location(self) -> str:
        """The address of the section, from the folder of the locale."""
        return f"{self.url}#{self.anchor}" if self.anchor else self.url


def places(search: Path) -> list[Place]:
    """All sections in the index below the folder *search* of a locale."""
    name = json.loads((search / "search_index.json").read_text("utf-8"))["config"]["annai"]["index"]
    pages = json.loads((search / name / "meta.json").read_text("utf-8"))["pages"]
    found = []
    for number, (url, title, *_) in enumerate(pages):
        texts = json.loads((search / name / f"t{number}.json").read_text("utf-8"))
        for place, (anchor, heading, text, _) in enumerate(texts):
            found.append(Place(url, title if place == 0 else heading, text, place == 0, anchor))
    return found


def made(search: Path) -> list[Query]:
    """The queries made of the index in the folder *search*."""
    draw = random.Random("annai")
    everything = places(search)
    counts = Counter(normalize(each.heading) for each in everything)
    titles = [each for each in everything if each.is_top]
    single = [
        each for each in everything if not each.is_top and counts[normalize(each.heading)] == 1
    ]
    long = [each for each in [*titles, *single] if len(each.heading) >= 6]
    rarity = _rarity(everything)
    queries = [Query("title", each.heading, (each.url,)) for each in titles]
    for kind, pool, change in (
        ("heading", single, lambda each: each.heading),
        ("typing", long, lambda each: _cut(each.heading, draw)),
        ("slip", long, lambda each: _slip(each.heading, draw)),
        (
            "words",
            [each for each in everything if len(each.text) > 80],
            lambda each: _rare(each.text, rarity),
        ),
    ):
        for each in draw.sample(pool, min(EACH, len(pool))):
            if text := change(each):
                queries.append(Query(kind, text, (each.url,)))
    return queries


def written(folder: str) -> list[Query]:
    """The natural questions for the locale with the catalog *folder*."""
    listed = yaml.safe_load((QUESTIONS / f"{folder}.yml").read_text("utf-8"))
    return [Query("question", each["q"], tuple(map(_url, each["pages"]))) for each in listed]


def _url(page: str) -> str:
    """The address of the page with the source path *page*, without its suffix."""
    return "" if page == "index" else f"{page}/"


def _words(text: str) -> Iterator[str]:
    """The words of *text*; in scripts without spaces, stretches of up to four characters."""
    for kind, run in runs(normalize(text)):
        if kind == "word":
            yield run
        else:
            yield from (run[start : start + 4] for start in range(0, len(run), 4))


def _rarity(everything: list[Place]) -> dict[str, float]:
    counts = Counter(word for each in everything for word in set(_words(each.text)))
    return {word: math.log(len(everything) / count) for word, count in counts.items()}


def _rare(text: str, rarity: dict[str, float]) -> str:
    """The rarest words of *text*, in its order."""
    words = list(dict.fromkeys(word for word in _words(text) if len(word) > 1))
    best = sorted(words, key=lambda word: -rarity[word])[:3]
    return " ".join(word for word in words if word in best)


def _cut(heading: str, draw: random.Random) -> str:
    """*heading* as it stands while its end is still to be typed."""
    end = max(len(heading) * 2 // 3, 4)
    return heading[: draw.randint(end, max(end, len(heading) - 1))].strip()


def _slip(heading: str, draw: random.Random) -> str:
    """*heading* with a letter left out, doubled or swapped in its longest word."""
    word = max((run for _, run in runs(normalize(heading))), key=len, default="")
    if len(word) < 4:
        return ""
    place = draw.randrange(1, len(word) - 1)
    slips = (
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )
    return " ".join(run for _, run in runs(normalize(heading))).replace(word, draw.choice(slips))
