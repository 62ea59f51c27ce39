"""Pages that moved, and where they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from annai.errors import ContentError, did_you_mean
from annai.pages import SUFFIXES
from annai.site import Site


def redirect_mistakes(site: Site, pages: Collection[str]) -> Iterator[ContentError]:
    """What is wrong with the redirects of *site*, whose *pages* are paths from their folder."""
    has_folders = site.data.get("use_directory_urls", True)
    taken = {_address(page, has_folders): page for page in pages}
    for old, new in site.redirects.items():
        path = PurePosixPath(old)
        if path.is_absolute() or ".." in path.parts or path.suffix not in SUFFIXES:
            problem = f'"{old}" is not the path of a page'
            fix = "write the path that the page had in the folder of the pages, for example old.md"
            yield site.error(("redirects", old), problem, fix)
        elif _address(old, has_folders) in taken:
            problem = f'"{old}" has the address of {taken[_address(old, has_folders)]}'
            yield site.error(("redirects", old), problem, "take the redirect out")
        if new not in pages:
            fix = f"{did_you_mean(new, pages)}name the page as it is called now"
            yield site.error(("redirects", old), f'there is no page "{new}"', fix)


def _address(page: str, has_folders: bool) -> str:
    """Where the page is on the site: ``guide.md`` and ``guide/index.md`` may be the same."""
    path = PurePosixPath(page)
    is_index = path.stem in ("index", "README")
    if has_folders:
        return str(path.parent if is_index else path.with_suffix(""))
    return str(path.with_name("index") if is_index else path.with_suffix(""))
