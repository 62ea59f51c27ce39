"""What hooks note about each page while it is rendered, for what is made of all pages in the end.

A page that need not be rendered again brings its notes along (annai.records).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annai.speech import Asked


class Notes:
    """Values, by their kinds, of each page of one build; pages have the names of their files."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, Any]] = {}
        self.asked: set[Asked] = set()
        """What templates and the configuration have asked of the catalog."""

    def clear(self) -> None:
        """Forget everything, as another build begins."""
        self._of.clear()
        self.asked.clear()

    def note(self, page: str, kind: str, value: Any) -> None:
        """Note *value* about *page*."""
        self._of.setdefault(page, {})[kind] = value

    def about(self, page: str) -> Mapping[str, Any]:
        """All that is noted about *page*."""
        return self._of.get(page, {})

    def restore(self, page: str, values: Mapping[str, Any]) -> None:
        """Have *values* noted about *page*, and nothing else."""
        self._of[page] = dict(values)

    def every(self, kind: str) -> dict[str, Any]:
        """What is noted of this kind, by pages, in the order of their names."""
        return {page: said[kind] for page, said in sorted(self._of.items()) if kind in said}


notes = Notes()
"""Those of the build of this process."""
