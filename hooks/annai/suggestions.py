"""What the checklist suggests while a reader describes a problem: articles, by their words.

It is a part of what the search knows: titles, headings and keywords, in the words of
`annai.tokens`. The page that shows it may ask nobody, so it gets all of it at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annai.tokens import tokens

TITLE, HEADING, KEYWORD = 4, 2, 3
"""How much a word counts in each."""


@dataclass(frozen=True)
class Suggestion:
    """An article that can be suggested."""

    page: str
    """Its source, as a path from the folder of the pages."""
    url: str
    """Its address, from where the module is."""
    title: str
    headings: Sequence[str] = ()
    keywords: str = ""


def suggestions_module(articles: Sequence[Suggestion], variants: Mapping[str, str]) -> bytes:
    """A module for browsers (ECMAScript) with *articles*, and what each word says of them.

    *variants* are characters that stand for another one. Its ``words`` are, for each word, numbers
    of articles, each followed by how much it counts there.
    """
    words: dict[str, list[int]] = {}
    for number, article in enumerate(articles):
        weights = dict.fromkeys(tokens(article.keywords, variants), KEYWORD)
        for heading in article.headings:
            weights |= {
                word: max(HEADING, weights.get(word, 0)) for word in tokens(heading, variants)
            }
        weights |= dict.fromkeys(tokens(article.title, variants), TITLE)
        for word, weight in weights.items():
            words.setdefault(word, []).extend((number, weight))
    used = {letter for word in words for letter in word}
    data = {
        "articles": [
            {"page": each.page, "url": each.url, "title": each.title} for each in articles
        ],
        "words": dict(sorted(words.items())),
        "variants": {one: other for one, other in sorted(variants.items()) if other in used},
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"export default {text};\n".encode()
