"""Every text of a built page that a reader can see or hear."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

ATTRIBUTES = ("title", "alt", "aria-label", "placeholder")
SILENT = {"code", "script", "style"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    @property
    def is_silent(self) -> bool:
        return any(silent for _, silent in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        silent = tag in SILENT or (tag != "html" and "lang" in values)
        if not silent and not self.is_silent:
            self.texts += [values[name] or "" for name in ATTRIBUTES if name in values]
            if tag == "meta" and values.get("name") == "description":
                self.texts.append(values["content"] or "")
        if tag not in VOID:
            self.open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.is_silent:
            self.texts.append(data)


def visible(page: Path) -> list[str]:
    """The texts of *page*: title, description, labels, alternative texts and all that is shown.

    Code is left out, and what is marked as being in another language.
    """
    reader = _Reader()
    reader.feed(page.read_text("utf-8"))
    reader.close()
    return [text.strip() for text in reader.texts if text.strip()]
