"""Taking note of what a build says."""

from __future__ import annotations

import logging

Message = tuple[str, str]
"""Level and text of what a build said; the level is empty for what Python says of a failure."""


class Listener(logging.Handler):
    """Takes note of what MkDocs and its hooks say, from a *level* on."""

    def __init__(self, level: int = logging.NOTSET) -> None:
        super().__init__(level)
        self.said: list[Message] = []
        self.page = ""
        """The page that is being made; empty between pages."""
        self.pages: set[str] = set()
        """The pages about which something was said."""

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of *record*."""
        self.said.append((record.levelname, record.getMessage()))
        self.pages.add(self.page)

    def listen(self) -> None:
        """Begin anew."""
        self.said, self.pages, self.page = [], set(), ""
        logging.getLogger("mkdocs").addHandler(self)

    def stop(self) -> None:
        """Take note of no more."""
        logging.getLogger("mkdocs").removeHandler(self)
