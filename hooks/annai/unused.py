"""The files of a theme that nothing on a site uses.

A page, a style sheet or a script uses the files that it names, and a script all files of a folder
whose path it has: it adds the names itself. How a name is used is not asked, so that nothing goes
that somebody may want.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath

TEXTS = frozenset((".css", ".htm", ".html", ".js", ".json", ".mjs", ".svg", ".webmanifest", ".xml"))
"""The endings of files that name others."""

FOLDER = re.compile(r"""["'`](?:[\w.~-]+/)+([\w.~-]+)/?["'`]""")
"""The path of a folder, in a script."""

SOURCE_MAP = re.compile(r"\s*(?://|/\*)[#@]\s*sourceMappingURL=[^\s*]+(?:\s*\*/)?\s*\Z")
"""The comment in the end of a file that names its source map (ECMA-426, 11.1.2.1)."""


def unused(site: Path, candidates: Collection[str]) -> list[str]:
    """Those of the files *candidates* that no file of *site* uses; paths from there, in order.

    A source map is not used by the file that it is of: browsers want it for developers only.
    """
    left = set(candidates)
    files = (path for path in site.rglob("*") if path.is_file())
    to_read = [each for each in files if each.relative_to(site).as_posix() not in left]
    while to_read and left:
        file = to_read.pop()
        if file.suffix.lower() in TEXTS:
            text = without_source_map(file.read_text("utf-8", errors="replace"))
            folders = set(FOLDER.findall(text)) if file.suffix.lower() in (".js", ".mjs") else ()
            named = {path for path in left if _is_named(PurePosixPath(path), text, folders)}
            left -= named
            to_read += [site / path for path in named]
    return sorted(left)


def _is_named(path: PurePosixPath, text: str, folders: Collection[str]) -> bool:
    return path.name in text or any(part in folders for part in path.parts[:-1])


def without_source_map(text: str) -> str:
    r"""The script or style sheet *text* without the comment that names its source map.

    >>> without_source_map("go();\n//# sourceMappingURL=go.js.map\n")
    'go();\n'
    """
    return SOURCE_MAP.sub("\n", text)
