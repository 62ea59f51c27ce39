"""The scripts of the site: their types, as the comments in them say."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from builds.building import ROOT

TSC = ROOT / ".venv" / "node" / "node_modules" / "typescript" / "bin" / "tsc"
SCRIPTS = ROOT / "overrides" / "assets" / "javascripts"
TYPES = Path(__file__).parent.parent / "types" / "tsconfig.json"


def check(*arguments: str) -> str:
    """What TypeScript complains of."""
    node = ROOT / ".venv" / "bin" / "node"
    command = [str(node), str(TSC), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_the_types_of_all_modules_fit() -> None:
    assert check("-p", str(TYPES)) == ""
    listed = check("-p", str(TYPES), "--listFiles")
    for path in ("checklist/ticket.js", "secrets/scan.js", "offline/page.js"):
        assert str(SCRIPTS / path) in listed


def test_the_types_of_the_workers_fit() -> None:
    assert check("-p", str(TYPES.parent / "worker")) == ""
    listed = check("-p", str(TYPES.parent / "worker"), "--listFiles")
    for path in ("offline/worker.js", "offline/off.js"):
        assert str(SCRIPTS / path) in listed


def test_the_script_of_the_page_calls_them_rightly() -> None:
    page, tokenizer = SCRIPTS / "checklist" / "page.js", SCRIPTS / "search" / "tokenizer.js"
    options = ["--allowJs", "--checkJs", "--noEmit", "--strict", "--noImplicitAny", "false"]
    versions = ["--target", "es2022", "--module", "es2022", "--lib", "es2023,dom,dom.iterable"]
    assert check(*options, *versions, str(page), str(tokenizer)) == ""


def test_a_wrong_type_is_found(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.js"
    wrong.write_text("/** @type {number} */\nconst one = 'two';\n", "utf-8")
    assert "TS2322" in check("--allowJs", "--checkJs", "--noEmit", "--strict", str(wrong))


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.js")), ids=lambda path: path.name)
def test_no_script_speaks_to_readers_by_itself(path: Path) -> None:
    """Words for people are in the templates and the catalogs."""
    script = path.read_text("utf-8")
    assert not re.search("(textContent|title) = [`\"'][A-Za-z]{2}", script)
    assert "alert(" not in script
    assert "innerHTML" not in script
