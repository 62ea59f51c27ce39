"""The two halves of a page: its front matter and its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
"""YAML between two lines of dashes at the very top (mkdocs.utils.meta.YAML_RE, MkDocs 1.6)."""

TRANSLATED_KEYS = ("title", "description")
"""The keys of front matter that readers see."""


@dataclass(frozen=True)
class Page:
    """The source of one page."""

    body: str
    """The Markdown."""
    body_line: int
    """The 1-based line of the file at which the Markdown starts."""
    front_matter: str = ""
    """The YAML at the top, which starts on line 2."""


def split(source: str) -> Page:
    r"""The halves of a page.

    >>> split("---\ntitle: Hi\n---\n\n# Hi")
    Page(body='# Hi', body_line=5, front_matter='title: Hi\n')
    """
    match = FRONT_MATTER.match(source)
    if not match or not isinstance(_compose(match[1]), yaml.MappingNode):
        return Page(source, 1)
    body = source[match.end() :].lstrip("\n")
    return Page(body, source[: len(source) - len(body)].count("\n") + 1, match[1])


def front_matter_texts(
    page: Page, keys: Iterable[str] = TRANSLATED_KEYS
) -> Iterator[tuple[str, int, str]]:
    """Key, 1-based line of the file, and text of each of *keys* that the front matter has."""
    root = _compose(page.front_matter)
    if not isinstance(root, yaml.MappingNode):
        return
    wanted = set(keys)
    for key, value in root.value:
        is_text = isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:str"
        if key.value in wanted and is_text and value.value.strip():
            yield key.value, value.start_mark.line + 2, value.value


def _compose(text: str) -> yaml.Node | None:
    """The YAML node of *text*, or None where it is not YAML."""
    try:
        node: yaml.Node | None = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    return node
