"""What replaces or changes files of the theme follows them: they are what they were."""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import version
from pathlib import Path, PurePosixPath

import material
import pytest
import yaml

from builds.building import ROOT

OVERRIDES = ROOT / "overrides"
THEME = Path(material.__file__).parent / "templates"
KNOWN = Path(__file__).parent / "theme.yml"
ROW = re.compile(r"^\| (`.+?) \| (.+?) \| (.+?) \|$", re.M)
NAME = re.compile(r"`([^`]+)`")
RELEASE = re.compile(r"\.[0-9a-f]{8}\.min\b|mkdocs-material-[0-9.]+[0-9]")
"""What each release of the theme changes: the names of its built files, and its version."""


def rows() -> dict[str, list[str]]:
    """The table of overrides: each file or folder (which ends in ``/``), and what it follows.

    A name that is no path of its own is beside the one before it.
    """
    found = {}
    for names, follows, _ in ROW.findall((OVERRIDES / "README.md").read_text("utf-8")):
        folder = PurePosixPath()
        for name in NAME.findall(names):
            path = name if (OVERRIDES / name).exists() else (folder / name).as_posix()
            folder = PurePosixPath(path).parent
            found[path] = NAME.findall(follows)
    return found


def digest(path: Path) -> str:
    """The SHA-256 of a template of the theme, apart from what every release changes."""
    return hashlib.sha256(RELEASE.sub("", path.read_text("utf-8")).encode()).hexdigest()


ROWS = rows()
FILES = sorted(
    path.relative_to(OVERRIDES).as_posix() for path in OVERRIDES.rglob("*") if path.is_file()
)
FOLLOWED = sorted({name for names in ROWS.values() for name in names})


@pytest.mark.parametrize("name", FOLLOWED)
def test_the_theme_has_not_changed_what_an_override_follows(name: str) -> None:
    installed = version("mkdocs-material")
    known = yaml.safe_load(KNOWN.read_text("utf-8"))
    expected = next((each for each in known if installed.startswith(f"{each['version']}.")), None)
    assert expected, f"compare overrides/ with mkdocs-material {installed}; add it to {KNOWN.name}"
    followers = ", ".join(f"overrides/{path}" for path, names in ROWS.items() if name in names)
    found = digest(THEME / name)
    assert expected["files"].get(name) == found, (
        f"mkdocs-material {installed} has another {name}: compare {followers} with {THEME / name},"
        f" then write {found} into {KNOWN.name}"
    )


def test_only_what_is_followed_is_known() -> None:
    for each in yaml.safe_load(KNOWN.read_text("utf-8")):
        assert sorted(each["files"]) == FOLLOWED


def test_each_override_is_in_the_table_and_the_table_has_no_other() -> None:
    assert [path for path in ROWS if not (OVERRIDES / path).exists()] == []
    is_listed = [
        path in ROWS or any(each.endswith("/") and path.startswith(each) for each in ROWS)
        for path in FILES
    ]
    missing = [path for path, listed in zip(FILES, is_listed, strict=True) if not listed]
    assert missing == ["README.md"]


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".html")])
def test_what_replaces_or_follows_a_file_of_the_theme_says_so(path: str) -> None:
    if (THEME / path).is_file() and path != "main.html":  # the theme's is empty
        assert path in ROWS[path]
    said = re.search(r"Follows (\S+) of mkdocs-material", (OVERRIDES / path).read_text("utf-8"))
    if said:
        assert said[1] in ROWS[path]
