"""Reading the text files that people write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annai.errors import ContentError

try:
    from yaml import CLoader as Loader
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML was built without libyaml, and takes ten times as long
    from yaml import Loader, SafeLoader  # type: ignore[assignment]

__all__ = ["Loader", "SafeLoader", "Table", "decode", "read_text"]


def read_text(path: Path, shown: str | Path | None = None) -> str:
    """The text of a UTF-8 file, without a byte order mark and with Unix line ends.

    *shown* is the name to use for the file in messages. Raises ContentError at the first
    line that is not UTF-8.
    """
    return decode(path.read_bytes(), shown or path)


def decode(content: bytes, shown: str | Path) -> str:
    """The text of UTF-8 *content*, as `read_text` gives it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise ContentError(
            shown,
            content.count(b"\n", 0, error.start) + 1,
            f"this is not UTF-8 (byte 0x{byte:02X})",
            "save the file with the encoding UTF-8",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Table(dict[int, str]):
    """For `str.translate`: what *function* makes of each character, asked once a text has it."""

    def __init__(self, function: Callable[[str], str]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, code: int) -> str:
        self[code] = self._function(chr(code))
        return self[code]
