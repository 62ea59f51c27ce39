"""Whether a locale is translated far enough for readers to get it."""

from __future__ import annotations

from annai.catalogs import WholeCatalog

SLACK = 10
"""By how much, in percent, a published locale may fall below the mark before it is taken back, so
that an edited page does not make a language come and go."""

PUBLISHED = "X-Annai-Published"
"""The header field of a catalog that has been published."""


def is_published(percent: int, was_published: bool, mark: int) -> bool:
    """Whether readers get a locale, *percent* of which is translated, where *mark* percent are due.

    One that *was_published* stays for longer.
    """
    return percent >= (_floor(mark) if was_published else mark)


def _floor(mark: int) -> int:
    """Below how many percent a published locale is taken back; one without a word always is."""
    return max(1, mark - SLACK)


def record(before: WholeCatalog, after: WholeCatalog, mark: int) -> None:
    """Keep in the header of *after* whether the locale is published.

    *before* is the catalog as it was before new texts came; it counts if it was published then.
    """
    was = is_published(before.percent, PUBLISHED in before.metadata, mark)
    header = after.file.metadata
    if mark and is_published(after.percent, was or PUBLISHED in header, mark):
        header[PUBLISHED] = "yes"
    elif mark:
        header.pop(PUBLISHED, None)


MOSTLY = 50
"""From how many percent on a page counts as one of its language, for all who lead readers."""


def is_mostly_translated(percent: int) -> bool:
    """Whether a page, *percent* of which is translated, is one of its language.

    Search engines, feeds and files for programs do without the others, which are the original under
    another address.
    """
    return percent >= MOSTLY
