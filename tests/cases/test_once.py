"""The code of templates is kept, and is never old."""

from __future__ import annotations

from collections.abc import Callable
from gettext import NullTranslations
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from annai.locales import Locale
from annai.memory import FOLDER
from annai.once import make_once
from annai.speech import speak

Change = Callable[[Environment], None]


def made(folder: Path, text: str, *changes: Change, locale: str = "en") -> tuple[str, int]:
    """What the template *text* says in a new environment, and how often it was compiled there."""
    env = Environment(loader=DictLoader({"a.html": text}), extensions=["jinja2.ext.i18n"])
    make_once(env, folder)
    speak(env, NullTranslations(), Locale(locale), set())
    for change in changes:
        change(env)
    compiled = []
    compile_it = env._compile
    env._compile = lambda *args: compiled.append(args) or compile_it(*args)  # type: ignore
    return env.get_template("a.html").render(), len(compiled)


def kept(folder: Path) -> list[Path]:
    """All files, but for the one that keeps them out of git."""
    found = (folder / FOLDER / "templates").iterdir()
    return [path for path in found if path.name != ".gitignore"]


def test_a_template_is_compiled_once_until_it_changes(tmp_path: Path) -> None:
    assert made(tmp_path, "{{ 1 + 1 }}") == ("2", 1)
    assert made(tmp_path, "{{ 1 + 1 }}") == ("2", 0)
    assert made(tmp_path, "{{ 1 + 2 }}") == ("3", 1)
    assert [path.suffix for path in kept(tmp_path)] == [".code"]


def test_what_a_locale_says_is_not_in_the_code(tmp_path: Path) -> None:
    text = "{{ 20 | percent }}{% trans %}Yes{% endtrans %}"
    assert made(tmp_path, text)[0] == "20%Yes"
    assert made(tmp_path, text, locale="de") == ("20\xa0%Yes", 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda env: setattr(env, "trim_blocks", True),
        lambda env: env.add_extension("jinja2.ext.do"),
        lambda env: env.policies.update({"ext.i18n.trimmed": True}),
        lambda env: env.filters.update({"extra": env.filters["percent"]}),
    ],
)
def test_a_template_is_compiled_again_where_its_code_may_be_another(
    change: Change, tmp_path: Path
) -> None:
    assert made(tmp_path, "{% if true %}\nyes{% endif %}") == ("\nyes", 1)
    assert made(tmp_path, "{% if true %}\nyes{% endif %}", change)[1] == 1
    assert made(tmp_path, "{% if true %}\nyes{% endif %}", change)[1] == 0


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("{{ 'a' | now }}", lambda env: env.filters.update(now=lambda text: text)),
        ("{{ 'a' is now }}", lambda env: env.tests.update(now=lambda text: text)),
        ("{{ 'a' }}", lambda env: setattr(env, "finalize", str)),
        ("{{ 'a' }}", lambda env: setattr(env, "autoescape", lambda name: True)),
    ],
)
def test_code_that_may_depend_on_anything_is_not_kept(
    text: str, change: Change, tmp_path: Path
) -> None:
    assert made(tmp_path, text, change)[1] == made(tmp_path, text, change)[1] == 1
    assert kept(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"j2", b"\x80\x04}.", b"(garbage"])
def test_a_damaged_file_is_as_good_as_none(content: bytes, tmp_path: Path) -> None:
    made(tmp_path, "a")
    (path,) = kept(tmp_path)
    whole = path.read_bytes()
    for damaged in (content, whole[:-1], whole[:15] + content):
        path.write_bytes(damaged)
        assert made(tmp_path, "a") == ("a", 1)
        assert path.read_bytes() == whole


def test_where_nothing_can_be_written_templates_are_compiled(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("", "utf-8")
    assert made(tmp_path, "a") == made(tmp_path, "a") == ("a", 1)
