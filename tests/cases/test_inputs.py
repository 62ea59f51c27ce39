"""What a build reads, and what nobody knows of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annai import inputs
from annai.inputs import ROUNDED, basis, content, is_known, pages
from annai.site import read_site

HOOKS = Path(inputs.__file__).parent.parent
CONFIG = "site_name: Help\nsite_url: !ENV [SITE_URL, '']\n"


@pytest.mark.parametrize(
    ("plugins", "hook", "extension", "config", "known"),
    [
        ("search", HOOKS / "publish.py", "toc", "", True),
        ("material/search", HOOKS / "search.py", "pymdownx.tabbed", "", True),
        ("search", HOOKS / "search.py", "markdown.extensions.tables", "", True),
        ("macros", HOOKS / "publish.py", "toc", "", False),
        ("search", Path("own/hook.py"), "toc", "", False),
        ("search", HOOKS / "publish.py", "pymdownx.snippets", "", False),
        ("search", HOOKS / "publish.py", "mdx_include", "", False),
        ("search", HOOKS / "publish.py", "toc", "x: !!python/name:own.slugs ''\n", False),
        ("search", HOOKS / "publish.py", "toc", "x: !!python/name:pymdownx.slugs ''\n", True),
    ],
)
def test_whatever_may_read_what_it_wants_is_not_known(
    plugins: str, hook: Path, extension: str, config: str, known: bool, tmp_path: Path
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Help\n", "utf-8")
    site = read_site(tmp_path / "mkdocs.yml")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Help\n{config}", "utf-8")
    assert is_known(site, [plugins], [hook], [extension]) is known


def test_everything_that_pages_are_made_of_counts(tmp_path: Path) -> None:
    for name in ("docs/a.md", "docs/a.png", "overrides/main.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("one", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    site = read_site(tmp_path / "mkdocs.yml")

    def all_of_it(environ: dict[str, str]) -> tuple[str, str]:
        return basis(site, [tmp_path / "overrides"], environ), pages(site)

    first = all_of_it({})
    assert all_of_it({"OTHER": "1"}) == first
    assert all_of_it({"SITE_URL": "1"}) != first
    for name, part in {"docs/a.md": 1, "docs/a.png": 0, "overrides/main.html": 0}.items():
        before = all_of_it({})
        (tmp_path / name).write_text("two", "utf-8")
        after = all_of_it({})
        assert after[part] != before[part]
        assert after[1 - part] == before[1 - part]


def test_names_count_as_well_as_what_files_hold(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one", "utf-8")
    before = content(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert content(tmp_path) != before
    assert content(tmp_path / "none") == content(tmp_path / "b" / "none")


def test_a_file_is_read_once_unless_it_has_just_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_text("one", "utf-8")
    said = content(path)
    written = path.stat().st_mtime_ns
    path.write_text("two", "utf-8")
    os.utime(path, ns=(written, written))
    assert content(path) != said, "a disk that rounds times gave it the same"
    long_ago = written - 10 * ROUNDED
    os.utime(path, ns=(long_ago, long_ago))
    said = content(path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", lambda path: b"read again")
        assert content(path) == said
    os.utime(path, ns=(long_ago + 1, long_ago + 1))
    path.write_text("six", "utf-8")
    assert content(path) != said
