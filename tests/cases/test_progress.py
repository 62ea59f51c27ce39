"""How far a build is."""

from __future__ import annotations

from io import StringIO

from annai.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar_that_counts_pages_of_all_processes() -> None:
    said: list[str] = []
    terminal = Terminal()
    progress = Progress(said.append, terminal)
    progress.begin(5)
    progress.advance()
    progress.done("ja", 4)
    progress.end()
    progress.advance()  # a page that is made when the build is over
    assert "1/5" in terminal.getvalue()
    assert "5/5" in terminal.getvalue()
    assert "6/5" not in terminal.getvalue()
    assert said == []


def test_without_a_terminal_each_language_has_a_line() -> None:
    said: list[str] = []
    progress = Progress(said.append, StringIO())
    progress.begin(5)
    progress.advance()
    progress.done("ja", 4)
    progress.end()
    assert said == ["ja: 4 pages"]
