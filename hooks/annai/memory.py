"""What was worked out before, kept between runs while nothing that it depends on changes."""

from __future__ import annotations

import json
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from annai.pofile import write

FOLDER = Path(".cache", "annai")
"""Where it is, below the folder of the configuration. Whoever deletes it loses time only."""


def digest(*parts: object) -> str:
    """A hash of *parts*, which have to be told apart by their `repr`."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def program() -> str:
    """A hash of what does the work: this package, what is installed beside it, and Python."""
    here = Path(__file__).parent
    own = [(path.name, path.read_bytes()) for path in sorted(here.glob("*.py"))]
    folders = [folder for each in sys.path if (folder := Path(each)).is_dir()]
    installed = sorted({each.name for folder in folders for each in folder.glob("*.dist-info")})
    return digest(sys.version, own, installed)


def recall(path: Path, version: str) -> Any:
    """What is kept in the file *path*, if it is of this *version*; else None."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return kept["value"] if isinstance(kept, dict) and kept.get("version") == version else None


def keep(path: Path, version: str, value: Any) -> None:
    """Keep *value*, which is JSON, for `recall`; where nothing can be written, it is not kept."""
    text = json.dumps({"version": version, "value": value}, sort_keys=True)
    try:
        write(path, text)
        write(path.parent / ".gitignore", "*\n")
    except OSError:
        return  # a build on a read-only disk is slower, and no worse
