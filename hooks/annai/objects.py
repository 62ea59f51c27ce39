"""What builds keep as Python has it: soon written and read, and made of known classes only."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from annai.memory import program
from annai.pofile import write

KNOWN = frozenset(
    (
        "annai.feed.Entry", "annai.index.SearchPage", "annai.kept.Known", "annai.packing.Packed",
        "annai.packing.Row", "annai.records.Record", "annai.records.Records",
        "annai.sections.Section", "annai.sitemap.Entry", "annai.suggestions.Suggestion",
        "annai.twins.Twin", "annai.twins.Written", "builtins.frozenset", "builtins.set",
        "datetime.date", "datetime.datetime", "markupsafe.Markup",
    )
)  # fmt: skip
"""What it may be made of, beside what JSON has and tuples."""


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what is known: a file in a shared cache may be anybody's."""

    def find_class(self, module: str, name: str) -> Any:
        """The class *name*. Raises UnpicklingError if it is not known."""
        if f"{module}.{name}" not in KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is nothing that is kept")
        return super().find_class(module, name)


def read_objects(path: Path) -> Any:
    """What `write_objects` wrote into the file *path*; None if that is not what it wrote."""
    try:
        with path.open("rb") as file:
            version, value = _Unpickler(file).load()
    except Exception:
        return None
    return value if version == program() else None


def write_objects(path: Path, value: Any) -> None:
    """Write *value* into the file *path*; where that cannot be, the next build is slower."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        with new.open("wb") as file:
            pickle.dump((program(), value), file, pickle.HIGHEST_PROTOCOL)
        new.replace(path)
        write(path.parent / ".gitignore", "*\n")
    except OSError:
        return
