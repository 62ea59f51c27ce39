"""How far a build is: a bar on a terminal, and lines where nobody watches."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import TextIO

import click


class Progress:
    """Counts the pages of a build, whichever process makes them.

    Without a terminal, *say* gets a line for each language that is done.
    """

    def __init__(self, say: Callable[[str], None], stream: TextIO | None = None) -> None:
        self._say = say
        self._stream = stream or sys.stderr
        self._is_watched = self._stream.isatty()
        self._lock = threading.Lock()
        self._open = ExitStack()
        self._add: Callable[[int], None] = lambda pages: None

    def begin(self, pages: int) -> None:
        """Show a bar for so many *pages*, on a terminal, until the `end`."""
        if self._is_watched and pages:
            bar = click.progressbar(
                length=pages, label="Pages", show_pos=True, show_eta=False, file=self._stream
            )
            self._add = self._open.enter_context(bar).update

    def advance(self, pages: int = 1) -> None:
        """So many *pages* more are there."""
        with self._lock:
            self._add(pages)

    def done(self, language: str, pages: int) -> None:
        """All *pages* of a *language* are there, and were not counted before."""
        self.advance(pages)
        if not self._is_watched:
            self._say(f"{language}: {pages} pages")

    def end(self) -> None:
        """Leave the bar as it is."""
        with self._lock:
            self._open.close()
            self._add = lambda pages: None
