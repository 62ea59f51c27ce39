"""Where the site's configuration says something to readers, and saying it in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TEXTS: dict[tuple[str, ...], str] = {
    ("site_name",): "name of the site",
    ("site_description",): "description of the site",
    ("copyright",): "copyright line",
    ("nav", "*"): "navigation title",
    ("theme", "palette", "*", "toggle", "name"): "label of a button",
    ("markdown_extensions", "toc", "title"): "title of a table of contents",
    ("markdown_extensions", "toc", "permalink_title"): "label of a link to a heading",
    ("markdown_extensions", "footnotes", "BACKLINK_TITLE"): (
        "label of the link from a footnote back to the text; %d is the footnote's number"
    ),
}
"""Where the configuration holds text that readers see. In ``nav``, titles are keys."""

Keys = tuple[str, ...]


@dataclass(frozen=True)
class SiteText:
    """A text in the configuration."""

    path: Path
    """The file it stands in."""
    line: int
    """1-based."""
    value: str
    comment: str
    """What the text is, for the translator."""
    key: str
    """The top-level key of the configuration that it is below."""


def find_texts(path: Path, root: yaml.Node) -> Iterator[SiteText]:
    """Every text that readers see in the configuration *path*, whose YAML node is *root*."""
    for keys, node, is_key in scalars(root):
        comment = _comment(keys, is_key)
        if comment and any(map(str.isalpha, node.value)):
            yield SiteText(path, node.start_mark.line + 1, node.value, comment, keys[0])


def translate_texts(data: Any, translate: Callable[[str], str], path: Keys = ()) -> Any:
    """*data*, a part of the configuration, with its texts translated; *path* leads to it."""
    if path[:1] == ("nav",):
        return _translate_nav(data, translate)
    if isinstance(data, str):
        return translate(data) if _comment(path) else data
    if isinstance(data, dict):
        return {key: translate_texts(value, translate, (*path, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [translate_texts(value, translate, (*path, "*")) for value in data]
    return data


def _translate_nav(data: Any, translate: Callable[[str], str]) -> Any:
    """*data*, navigation or a part of it, with the titles translated."""
    if isinstance(data, dict):
        return {translate(key): _translate_nav(value, translate) for key, value in data.items()}
    if isinstance(data, list):
        return [_translate_nav(value, translate) for value in data]
    return data


def _comment(path: Keys, is_key: bool = False) -> str | None:
    """What the text at *path* is, or None if no reader sees it."""
    if path[:1] == ("nav",):
        return TEXTS["nav", "*"] if is_key else None
    return None if is_key else TEXTS.get(path)


def scalars(node: yaml.Node, path: Keys = ()) -> Iterator[tuple[Keys, yaml.ScalarNode, bool]]:
    """Path, node and whether it is a key, of every scalar below *node*.

    The items of a list are ``*``, but a list of mappings with one key each, as MkDocs writes
    extensions, counts as one mapping.
    """
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield path, key, True
            yield from scalars(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        inner = path if path == ("markdown_extensions",) else (*path, "*")
        for item in node.value:
            yield from scalars(item, inner)
    elif isinstance(node, yaml.ScalarNode):
        yield path, node, False
