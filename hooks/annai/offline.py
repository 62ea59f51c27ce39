"""What a site that can be read without a connection tells browsers: lists of files, a manifest.

The worker (overrides/assets/javascripts/offline/worker.js, at the root of the site) keeps the
language that a reader reads. It asks for two lists of addresses and hashes: ``offline.json`` in the
folder of the language, which the build of that language writes, and ``assets/offline.json`` of what
all languages share, which the build of the source writes. Each build lists what it made itself.

Why no page ever gets files of another version:

- A cache is one version: its name is the hash of both lists, each file is compared with its hash,
  and the lists are read again in the end. So it holds what stood on the site together.
- A cache counts from the moment in which the state names it, in one write, and not before all
  files are in it. Until then, and if anything fails, the one before it counts.
- A page comes from the network, or from one cache. In the second case the state says which one
  before the browser gets the page, under the id of the client (Service Workers, 4.6.4
  ``resultingClientId``), and so it does for the workers that the page starts. The state is on disk:
  it outlives the worker.
- What that client asks for comes from that cache, or not at all; what any other client asks for
  comes from the network, or not at all. Only files whose address has the hash of what they hold, as
  those of a search index, may come from either.
- Nothing comes from what browsers keep by themselves (RFC 9111) without asking the server: pages
  and files are asked for anew, and marked ``no-cache``, so that the next page asks for them, too.
- A cache that a client came from stays while the client is there, and a day longer.
- A new worker waits until no page of the old one is open.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from annai.locales import Locale

WORKER = "sw.js"
"""The address of the worker. It answers for the pages below its folder, so it is at the root."""

LIST = "offline.json"
"""The list of a language, in its folder."""

SHARED = "assets/"
"""The folder of the list of what all languages share, and of most that is on it."""

MANIFEST = "manifest.webmanifest"
"""The manifest of a language, in its folder (W3C, Web Application Manifest)."""

WORKER_POLICY = "default-src 'none'; connect-src 'self'"
"""What the worker may do: load files of the site, and run nothing besides itself."""

KEPT = frozenset(
    (
        ".avif", ".bin", ".css", ".gif", ".html", ".ico", ".jpeg", ".jpg", ".js", ".json",
        ".mjs", ".png", ".svg", ".webmanifest", ".webp", ".woff2",
    )
)  # fmt: skip
"""The endings of what pages are made of; downloads, films and what is for servers stay online."""

LEFT_OUT = re.compile(
    rf"{re.escape(WORKER)}|(.*/)?(404\.html|{re.escape(LIST)})|assets/javascripts/(lunr|workers)/.*"
)
"""What no reader needs without a connection: the theme's own search, whose place ours takes."""

LARGEST = 1_000_000
"""The size in bytes from which on a file that is no page stays online."""

PNG = b"\x89PNG\r\n\x1a\n"
"""How a PNG begins; its width and height are bytes 16 to 23 (PNG, 11.2.2)."""


def listing(folder: Path, paths: Sequence[str], answer: str = "") -> bytes:
    """The list of the files *paths* below *folder*, a site, with what the worker compares.

    *answer* is the address of the page that tells a reader that another one is not there. Pages
    that are the index of their folder have its address, as MkDocs links to them, if *answer* has.
    """
    has_folders = answer.endswith("/")
    files = {}
    for path in sorted(paths):
        content = (folder / path).read_bytes() if _is_kept(path) else b""
        if content and (path.endswith(".html") or len(content) <= LARGEST):
            files[address(path, has_folders)] = hashlib.sha256(content).hexdigest()[:16]
    return _json({"answer": answer, "files": files} if answer else {"files": files})


def address(path: str, has_folders: bool) -> str:
    """The address of the file *path* from the root of the site, as MkDocs and browsers write it.

    >>> address("ja/guide/index.html", True), address("ja/guide/index.html", False)
    ('ja/guide/', 'ja/guide/index.html')
    """
    name = PurePosixPath(path).name
    return quote(path.removesuffix(name) if has_folders and name == "index.html" else path)


def _is_kept(path: str) -> bool:
    """Whether the file *path* of a site is part of what readers see."""
    return PurePosixPath(path).suffix.lower() in KEPT and not LEFT_OUT.fullmatch(path)


def manifest(name: str, locale: Locale, root: str, start: str, **more: Any) -> bytes:
    """The manifest of a language; *root* and *start* are addresses from its folder.

    Windows keep the address in sight ("minimal-ui"): readers may have to tell a site from a
    false one. *more* is what else there is to say; what is empty is left out.
    """
    said = {
        "name": name,
        "short_name": name,
        "lang": locale.tag,
        "dir": locale.direction,
        "start_url": start,
        "scope": root,
        "display": "minimal-ui",
        **more,
    }
    return _json({key: value for key, value in said.items() if value})


def icon(src: str, content: bytes) -> Mapping[str, str] | None:
    """What a manifest says of a picture at *src*; None if it is neither a PNG nor an SVG."""
    if src.endswith(".svg"):
        return {"src": src, "sizes": "any", "type": "image/svg+xml"}
    if not content.startswith(PNG) or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return {"src": src, "sizes": f"{width}x{height}", "type": "image/png"}


def _json(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode()
