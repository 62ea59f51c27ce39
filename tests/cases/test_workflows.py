"""What runs for writers when they merge, and the recipes for other places."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from annai.cli import main

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILES = sorted((Path(__file__).parents[2] / ".github" / "workflows").glob("*.yml"))
USES = re.compile(r"uses: ([\w./-]+)@(\S+)(.*)")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_may_do_little_for_a_short_time_and_its_actions_are_pinned(path: Path) -> None:
    text = path.read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= 20
    for name, version, comment in USES.findall(text):
        assert re.fullmatch("[0-9a-f]{40}", version), name
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_command_has_words_of_strangers_in_it(path: Path) -> None:
    jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
    commands = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    assert not [each for each in commands if "${{" in each]


CHECKS = {
    "schema": ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, FILES)],
    "security": ["zizmor", "--offline", "--no-progress", str(FILES[0].parents[1])],
}


@pytest.mark.parametrize("check", CHECKS)
def test_tools_find_nothing_to_say_of_workflows(check: str) -> None:
    name, *options = CHECKS[check]
    command = [str(Path(sys.executable).with_name(name)), *options]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_workflows_name_targets_and_commands_that_there_are(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    targets = re.findall(r"^([\w./-]+):", (root / "Makefile").read_text("utf-8"), re.M)
    text = "".join(path.read_text("utf-8") for path in FILES)
    assert set(re.findall(r"\bmake ([\w./-]+)", text)) <= set(targets)
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = set(re.findall(r"^    (\w+)", capsys.readouterr().out, re.M))
    assert {"impact", "join"} <= set(re.findall(r"bin/annai (\w+)", text)) <= commands


def recipes(root: Path, language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", (root / "README.md").read_text("utf-8"), re.S)
    assert found
    return found


def test_recipes_for_other_hosts_can_be_read(root: Path, tmp_path: Path) -> None:
    gitlab = tmp_path / ".gitlab-ci.yml"
    gitlab.write_text(next(each for each in recipes(root, "yaml") if each.startswith("pages:")))
    name = str(Path(sys.executable).with_name("check-jsonschema"))
    command = [name, "--builtin-schema", "vendor.gitlab-ci", str(gitlab)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    netlify = tomllib.loads(recipes(root, "toml")[0])
    assert netlify["build"]["publish"] == "site"
