"""The search index of a locale: what the worker in the browser asks for, in small files.

lunr.py weighs our own tokens (BM25, Robertson and Zaragoza 2009), without its pipeline, whose
stemmers disagree with those of lunr.js and know neither Japanese nor Chinese. Its index is
one file, which grows with the site. Ours is read in parts:

- ``meta.json``: pages, sections, all terms with their number of sections, where the shards begin;
- ``p<N>.bin``: a shard of postings. For each section of a term, a number in 7-bit groups, the
  lowest first, with the high bit set on all but the last: how many sections were left out since
  the one before, times 16, plus the weight of the term in the section, 1–15;
- ``t<N>.json``: anchors, headings and texts of a page, read when it is shown as a result.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lunr.builder import Builder
from lunr.field_ref import FieldRef

from annai.sections import Section
from annai.tokens import fingerprint, tokens

BOOSTS = {"title": 14.0, "heading": 6.0, "keywords": 8.0, "text": 1.0, "code": 0.4}
"""How much more a word counts in a field. The heading of a page's top is its title, and so is what
its front matter or the navigation calls it."""

WEIGHTS = 15
"""The highest weight in a posting: 4 bits."""

SATURATION = 2.0
"""The score, without its IDF, that has half of the highest weight."""

SHARD = 8_000
"""The size of a shard of postings in bytes, from which on the next one begins."""

CODE = 600
"""How many characters of code a result can show."""


@dataclass(frozen=True)
class SearchPage:
    """A page that can be found."""

    url: str
    """Its address, from the folder of the locale."""
    title: str
    """What the navigation calls it; its heading may say something else."""
    sections: Sequence[Section]
    keywords: str = ""
    """What people type to find it, and what it does not say; nobody sees them."""


def build_index(
    pages: Sequence[SearchPage],
    tag: str,
    variants: Mapping[str, str],
    synonyms: Iterable[Sequence[str]],
) -> dict[str, bytes]:
    """The files of the index, by their names, for *pages* in the language *tag*.

    *variants* are characters that stand for another one; *synonyms* are groups of words that
    mean the same. The same pages make the same bytes.
    """
    sections = [(page, each) for page in pages for each in page.sections]
    postings = _postings(sections, variants)
    terms = sorted(postings, key=lambda term: term.encode("utf-16-be"))  # as JavaScript compares
    files, starts = _shards(postings[term] for term in terms)
    used = {each for term in terms for each in term}
    meta: dict[str, Any] = {
        "lang": tag,
        "pages": [[each.url, each.sections[0].heading, len(each.sections)] for each in pages],
        "headings": [fingerprint(each.heading, variants) for _, each in sections],
        "terms": "\n".join(terms),
        "counts": [len(postings[term]) for term in terms],
        "shards": starts,
        "variants": "".join(a + b for a, b in sorted(variants.items()) if b in used),
        "synonyms": [list(group) for group in synonyms],
    }
    files["meta.json"] = _json(meta)
    for number, page in enumerate(pages):
        shown = [[each.anchor, each.heading, each.text, each.code[:CODE]] for each in page.sections]
        files[f"t{number}.json"] = _json(shown)
    return files


def digest(files: Mapping[str, bytes]) -> str:
    """A name for the content of *files*."""
    value = hashlib.sha256()
    for name in sorted(files):
        value.update(f"{name}\0{len(files[name])}\0".encode() + files[name])
    return value.hexdigest()[:12]


def _postings(
    sections: Sequence[tuple[SearchPage, Section]], variants: Mapping[str, str]
) -> dict[str, array[int]]:
    """For each term its sections in order: the number of each, times 16, plus its weight there."""
    builder = Weigher()
    for name, boost in BOOSTS.items():
        builder.field(name, boost)
    for number, (page, section) in enumerate(sections):
        is_top = section is page.sections[0]
        heading = tokens(section.heading, variants) if section.is_translated else []
        is_named = section.is_translated and page.title != section.heading
        named = tokens(page.title, variants) if is_named else []
        builder.add(
            {
                "id": number,
                "title": heading + named if is_top else [],
                "heading": [] if is_top else heading,
                "keywords": tokens(page.keywords, variants) if is_top else [],
                "text": tokens(section.text, variants),
                "code": tokens(section.code, variants),
            }
        )
    found: dict[str, array[int]] = defaultdict(lambda: array("L"))
    for number, scores in enumerate(builder.scores() if sections else ()):
        for term, score in scores.items():
            weight = round(WEIGHTS * score / (SATURATION + score)) or 1
            found[term].append(number << 4 | weight)
    return found


class Weigher(Builder):  # type: ignore[misc]
    """lunr's builder as far as it weighs terms, without what only lunr's own search needs."""

    def add(self, doc: Mapping[str, Any], attributes: None = None) -> None:
        """Count the terms in each field of the section *doc*; its `id` is its number."""
        for name in self._fields:
            reference = str(FieldRef(doc["id"], name))
            self.field_term_frequencies[reference] = Counter(doc[name])
            self.field_lengths[reference] = len(doc[name])

    def scores(self) -> Iterator[Mapping[str, float]]:
        """The score of each term in a section, for all sections as they were added.

        It is lunr's before it is multiplied by the IDF, as the worker does for the words of a
        query, and rounded.
        """
        self._calculate_average_field_lengths()
        fields = len(self._fields)
        found: dict[str, float] = {}
        for place, (reference, counts) in enumerate(self.field_term_frequencies.items(), 1):
            name, _, _ = reference.partition(FieldRef.JOINER)
            most, length = self._fields[name].boost * (self._k1 + 1), self.field_lengths[reference]
            longer = length / (self.average_field_length[name] or 1)
            dampened = self._k1 * (1 - self._b + self._b * longer)
            for term, count in counts.items():
                found[term] = found.get(term, 0.0) + most * count / (dampened + count)
            if place % fields == 0:
                yield found
                found = {}


def _shards(postings: Iterable[Iterable[int]]) -> tuple[dict[str, bytes], list[int]]:
    """The files of *postings*, and the number of the first term in each."""
    files: dict[str, bytes] = {}
    starts, shard = [0], bytearray()
    for term, posting in enumerate(postings):
        if len(shard) > SHARD:
            files[f"p{len(files)}.bin"] = bytes(shard)
            starts.append(term)
            shard = bytearray()
        behind = 0
        for section in posting:
            value = section - behind
            behind = (section | 0xF) + 1
            while value > 0x7F:  # LEB128
                shard.append(value & 0x7F | 0x80)
                value >>= 7
            shard.append(value)
    files[f"p{len(files)}.bin"] = bytes(shard)
    return files, starts


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
