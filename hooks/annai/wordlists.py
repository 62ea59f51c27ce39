"""The words that seed phrases are made of (BIP 39), for the browser.

The lists are those of the package ``mnemonic``, of the authors of BIP 39, as it has them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import mnemonic

LISTS = (
    "english",
    "japanese",
    "korean",
    "spanish",
    "chinese_simplified",
    "chinese_traditional",
    "french",
    "italian",
    "czech",
    "portuguese",
)
"""The lists of BIP 39; the package has more, which no wallet uses."""

MOST = 9
"""How many characters of the word before are left out, at most: one digit."""


def words(name: str) -> list[str]:
    """The 2048 words of a list, in its order, NFKD."""
    path = Path(mnemonic.__file__).parent / "wordlist" / f"{name}.txt"
    return path.read_text("utf-8").split()


def pack(words: list[str]) -> str:
    """Each word after the number of characters that it shares with the one before.

    A fifth smaller than words and spaces, where both are compressed.

    >>> pack(["abandon", "ability", "able", "zoo"])
    '0abandon2ility2le0zoo'
    """
    packed, before = [], ""
    for word in words:
        pairs = list(zip(word, before, strict=False))[:MOST]
        shared = next((n for n, (one, two) in enumerate(pairs) if one != two), len(pairs))
        packed.append(f"{shared}{word[shared:]}")
        before = word
    return "".join(packed)


@cache
def word_lists() -> bytes:
    """An ES module whose default export is the packed lists by their names."""
    lists = {name: pack(words(name)) for name in LISTS}
    return f"export default {json.dumps(lists, ensure_ascii=False, indent=0)};\n".encode()
