"""What the guard refuses, and what it lets pass: translations by thieves, and by translators."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown

from annai.embeds import EmbedExtension, nothing
from annai.guard import Guard
from annai.inline import Names
from annai.locales import Locale

FOLDER = Path(__file__).parent.parent / "guard"
EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "smarty", "tables",
    "toc", "wikilinks", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.emoji",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark",
    "pymdownx.progressbar", "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip
EMBEDS = dict.fromkeys(("fact", "facts", "glossary"), nothing)
GUARD = Guard(
    lambda: Markdown(extensions=[*EXTENSIONS, EmbedExtension(EMBEDS)]),
    names=Names(frozenset({"guide", "policy", "evil"}), frozenset({"1", "2", "note"})),
    links=frozenset({("https://example.com/en/help", "https://example.com/ja/help")}),
)


def corpus(name: str) -> list[dict[str, Any]]:
    """The cases in a file."""
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    return found


def test_honest_translations_are_shown() -> None:
    cases = [
        (each["source"], text, Locale(each["locale"]))
        for each in corpus("honest.yml")
        for text in each["shown"]
    ]
    assert len(cases) >= 200
    refused = [(case, GUARD.compare(*case)) for case in cases]
    assert [each for each in refused if each[1]] == []


def test_hostile_translations_are_refused_for_the_right_reason() -> None:
    cases = [
        (rule, (each["source"], text, Locale(each["locale"])))
        for each in corpus("attacks.yml")
        for rule, texts in each["refused"].items()
        for text in texts
    ]
    assert len(cases) >= 200
    found = [(rule, case, GUARD.compare(*case)) for rule, case in cases]
    assert [each for each in found if each[2] is None or each[2].rule != each[0]] == []
