"""What is wrong with something a person wrote, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(eq=False)
class ContentError(Exception):
    """A problem in a file that a writer or translator can mend.

    >>> print(ContentError("docs/a.md", 3, "this is not UTF-8", "save it as UTF-8"))
    docs/a.md:3: this is not UTF-8
    fix: save it as UTF-8
    """

    path: str | Path
    line: int
    """1-based; 1 where the problem is the file as a whole."""
    problem: str
    fix: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}\nfix: {self.fix}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question naming the known word nearest to *word*, or an empty string.

    >>> did_you_mean("jp", ["ja", "ar"])
    'did you mean "ja"? '
    >>> did_you_mean("qqq", ["ja", "ar"])
    ''
    """
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f'did you mean "{near[0]}"? ' if near else ""
