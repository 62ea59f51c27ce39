"""The core stands alone, and the code is what it says it is."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import markdown
import pytest

BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("mkdocs", "material", "properdocs"):
            raise ImportError(f"the core must not import {name}")

sys.meta_path.insert(0, Blocked())
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def test_every_core_module_loads_without_mkdocs(root: Path) -> None:
    names = [f"annai.{each.name}" for each in pkgutil.iter_modules([str(root / "hooks" / "annai")])]
    assert len(names) > 10
    command = [sys.executable, "-c", BLOCKED, *names]
    subprocess.run(command, check=True, cwd=root / "hooks")


def test_python_markdown_finds_the_extension_by_name(root: Path, tmp_path: Path) -> None:
    options = {"annai": {"locale": "ja", "locales": str(root / "locales")}}
    html = markdown.markdown(
        "# My account was hacked", extensions=["annai"], extension_configs=options
    )
    assert html == "<h1>アカウントが乗っ取られた</h1>"


HOOKS = sorted(str(path) for path in (Path(__file__).parents[2] / "hooks").glob("*.py"))
TOOLS = {
    "lint": ["ruff", "check"],
    "format": ["ruff", "format", "--check"],
    "types of the core": ["mypy"],
    "types of the hooks": ["mypy", *HOOKS],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_tools_find_nothing_to_say(tool: str, root: Path) -> None:
    command = [sys.executable, "-m", *TOOLS[tool]]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
