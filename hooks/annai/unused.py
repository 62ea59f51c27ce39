"""The files of a theme that nothing on a site uses.

A page, a style sheet or a script uses the files that it names, and a script all files of a folder
whose path it has: it adds the names itself. How a name is used is not asked, so that nothing goes
that somebody may want.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from annai.folders import files_below

TEXTS = frozenset((".css", ".htm", ".html", ".js", ".json", ".mjs", ".svg", ".webmanifest", ".xml"))
"""The endings of files that name others."""

MAPPED = frozenset((".css", ".js", ".mjs"))
"""Those of them that may name their source maps."""

FOLDER = re.compile(r"""["'`](?:[\w.~-]+/)+([\w.~-]+)/?["'`]""")
"""The path of a folder, in a script."""

SOURCE_MAP = re.compile(r"\s*(?://|/\*)[#@]\s*sourceMappingURL=[^\s*]+(?:\s*\*/)?\s*\Z")
"""The comment in the end of a file that names its source map (ECMA-426, 11.1.2.1)."""


def unused(site: Path, candidates: Collection[str]) -> list[str]:
    """Those of the files *candidates* that no file of *site* uses; paths from there, in order.

    A source map is not used by the file that it is of: browsers want it for developers only.
    """
    left = {each: PurePosixPath(each) for each in candidates}
    to_read = [each for each in files_below(site) if each not in left]
    while to_read and left:
        file = PurePosixPath(to_read.pop())
        kind = file.suffix.lower()
        if kind in TEXTS:
            text = (site / file).read_text("utf-8", errors="replace")
            text = without_source_map(text) if kind in MAPPED else text
            folders = set(FOLDER.findall(text)) if kind in (".js", ".mjs") else set()
            named = [name for name, path in left.items() if _is_named(path, text, folders)]
            for name in named:
                del left[name]
            to_read += named
    return sorted(left)


def _is_named(path: PurePosixPath, text: str, folders: set[str]) -> bool:
    return path.name in text or not folders.isdisjoint(path.parts[:-1])


def without_source_map(text: str) -> str:
    r"""The script or style sheet *text* without the comment that names its source map.

    >>> without_source_map("go();\n//# sourceMappingURL=go.js.map\n")
    'go();\n'
    """
    return SOURCE_MAP.sub("\n", text)
