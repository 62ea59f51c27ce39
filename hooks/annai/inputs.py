"""What a build reads: as long as all of it is the same, so is what the build makes."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from annai.clock import now
from annai.folders import Stamp, stamp
from annai.history import read_history
from annai.memory import digest, program
from annai.pages import SUFFIXES
from annai.site import Site

PLUGINS = frozenset(("search", "material/search"))
"""The plugins of MkDocs that read nothing but pages and the configuration."""

OWN = frozenset(
    (
        "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code",
        "footnotes", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists",
        "smarty", "tables", "toc", "wikilinks",
    )
)  # fmt: skip
"""The extensions of Python-Markdown (3.10), by their short names. Others may read what they want,
but for those of PyMdown."""

READING = frozenset(("pymdownx.snippets", "pymdownx.b64"))
"""Those among them that read files, too."""

PROGRAM = re.compile(r"!!python/(?!name:(material|pymdownx)\.)")
"""Python in a configuration that does whatever it wants."""

WORD = re.compile(r"\w+")

ROUNDED = 2_000_000_000
"""To how many ns disks may round the time at which a file changed (FAT: 2 s)."""


def is_known(
    site: Site, plugins: Iterable[str], hooks: Iterable[Path], extensions: Iterable[object]
) -> bool:
    """Whether a build of *site* reads nothing but what this module knows of.

    *plugins* and *extensions* are their names, or extensions themselves, which nobody knows;
    *hooks* are files, known if they stand beside this package.
    """
    own = Path(__file__).parent.parent
    return (
        PLUGINS.issuperset(plugins)
        and all(path.resolve().parent == own for path in hooks)
        and all(isinstance(each, str) and _is_pure(each) for each in extensions)
        and not any(PROGRAM.search(path.read_text("utf-8")) for path in _configs(site))
    )


def _is_pure(extension: str) -> bool:
    """Whether the Markdown extension of this name makes pages of nothing but their text."""
    if extension.startswith("pymdownx."):
        return extension not in READING
    return extension.removeprefix("markdown.extensions.") in OWN


def basis(site: Site, folders: Iterable[Path], environ: Mapping[str, str]) -> str:
    """A hash of what all pages of *site* are made of, but for pages and catalogs.

    *folders* are those of templates, hooks and the like. The configuration is read with the
    variables of *environ* that it names; and the day counts, since facts grow old.
    """
    configs = list(_configs(site))
    words = {word for path in configs for word in WORD.findall(path.read_text("utf-8"))}
    data = [path for path in (site.ledger_path, site.glossary_path) if path]
    return digest(
        program(),
        sorted((name, environ[name]) for name in words if name in environ),
        [content(path) for path in (*configs, *data, *site.extension_files(), *folders)],
        content(site.docs, lambda path: path.suffix not in SUFFIXES),
        now().date(),
    )


def pages(site: Site) -> str:
    """A hash of all pages of *site*, and of what git knows of them."""
    days = sorted(read_history(site.docs).days.items())
    return digest(content(site.docs, lambda path: path.suffix in SUFFIXES), days)


def content(path: Path, is_wanted: Callable[[Path], bool] = lambda path: True) -> str:
    """A hash of what the file *path* holds, or all files below the folder *path* and their names.

    Of a folder those that are not wanted are left out; nothing counts as an empty folder.
    """
    files = [path] if path.is_file() else filter(is_wanted, _files(path))
    return digest([(file.relative_to(path).as_posix(), _said(file)) for file in files])


def _said(file: Path) -> bytes:
    """A hash of what *file* holds, known for as long as its stamp is the same.

    A file that has just changed may change again without another stamp: disks round times.
    """
    made = stamp(file)
    is_new = made is None or time.time_ns() - made[1] < ROUNDED
    return _read(file) if is_new else _known(file, made)


@lru_cache(maxsize=100_000)
def _known(file: Path, made: Stamp) -> bytes:
    return _read(file)


def _read(file: Path) -> bytes:
    return blake2b(file.read_bytes(), digest_size=16).digest()


def _files(folder: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        yield from (Path(name, each) for each in sorted(files) if Path(name, each).is_file())


def _configs(site: Site) -> Iterator[Path]:
    """The file of the configuration, and those that it inherits from."""
    yield site.path
    if site.parent:
        yield from _configs(site.parent)


def outside(folders: Iterable[str], installed: Collection[str]) -> list[Path]:
    """Those of *folders* that are not below one of *installed*, whose packages `program` knows."""
    return [
        Path(each) for each in folders if not any(Path(each).is_relative_to(x) for x in installed)
    ]
