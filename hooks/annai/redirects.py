"""Pages that moved, and where they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from annai.errors import ContentError, did_you_mean
from annai.site import Site


def redirect_mistakes(site: Site, pages: Collection[str]) -> Iterator[ContentError]:
    """What is wrong with the redirects of *site*, whose *pages* are paths from their folder."""
    for old, new in site.redirects.items():
        if old in pages:
            fix = "take the redirect out, or the page"
            yield site.error(
                ("redirects", old), f'the page "{old}" has not moved: it is there', fix
            )
        if new not in pages:
            fix = f"{did_you_mean(new, pages)}name the page as it is called now"
            yield site.error(("redirects", old), f'there is no page "{new}"', fix)
