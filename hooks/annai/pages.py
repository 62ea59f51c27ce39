"""The two halves of a page: its front matter and its Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pathspec.gitignore import GitIgnoreSpec

from annai.texts import SafeLoader

FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
"""YAML between two lines of dashes at the very top (mkdocs.utils.meta.YAML_RE, MkDocs 1.6)."""

META = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]+):\s*(.*)")
META_MORE = re.compile(r"(?:[ ]{4}|\t)\s*(.*)")
"""Front matter without dashes, as in MultiMarkdown (META_RE and META_MORE_RE, same place)."""

SUFFIXES = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
"""What a page's name ends with (mkdocs.utils.markdown_extensions, MkDocs 1.6)."""

KEYWORDS = "keywords"
"""The key of front matter for what people type to find the page, and what it does not say."""

TRANSLATED_KEYS = ("title", "description", KEYWORDS, "offers.title")
"""The keys of front matter that are for readers on every site. Others are declared: ``steps.title``
is the key ``title`` below ``steps``, in each item of a list if there is one."""


@dataclass(frozen=True)
class Page:
    """The source of one page."""

    body: str
    """The Markdown."""
    body_line: int
    """The 1-based line of the file at which the Markdown starts."""
    texts: tuple[tuple[str, int, str], ...] = ()
    """Key, 1-based line and text of what front matter says to readers."""


def find_pages(docs: Path, excluded: str = "") -> list[Path]:
    """Every page below the folder *docs* that MkDocs builds, in the order of their paths.

    *excluded* is ``exclude_docs`` of the configuration, in the format of .gitignore.
    """
    spec = GitIgnoreSpec.from_lines([".*", "/templates/", *excluded.splitlines()])
    found = [path for path in sorted(docs.rglob("*")) if path.suffix in SUFFIXES]
    kept = [path for path in found if not spec.match_file(path.relative_to(docs).as_posix())]
    return [
        path
        for path in kept
        if not (path.stem == "README" and path.with_name(f"index{path.suffix}") in kept)
    ]


def translate_meta(
    data: Any, translate: Callable[[str], str], keys: Collection[str], path: str = ""
) -> Any:
    """*data*, front matter or what is at *path* in it, with the texts that *keys* name translated.

    >>> translate_meta({"title": "hi", "tags": ["hi"]}, str.upper, ["title"])
    {'title': 'HI', 'tags': ['hi']}
    """
    if isinstance(data, dict):
        below = f"{path}." if path else ""
        return {
            name: translate_meta(value, translate, keys, f"{below}{name}")
            if _leads(f"{below}{name}", keys)
            else value
            for name, value in data.items()
        }
    if isinstance(data, list):
        return [translate_meta(value, translate, keys, path) for value in data]
    is_text = isinstance(data, str) and data.strip() and path in keys
    return translate(data) if is_text else data


def _leads(path: str, keys: Collection[str]) -> bool:
    """Whether *path* is one of *keys*, or leads to one."""
    return any(key == path or key.startswith(f"{path}.") for key in keys)


def split(source: str, keys: Collection[str] = TRANSLATED_KEYS) -> Page:
    r"""The halves of a page, of its front matter what *keys* say.

    >>> split("---\ntitle: Hi\n---\n\n# Hi")
    Page(body='# Hi', body_line=5, texts=(('title', 2, 'Hi'),))
    """
    match = FRONT_MATTER.match(source)
    root = _compose(match[1]) if match else None
    if match and isinstance(root, yaml.MappingNode):
        body = source[match.end() :].lstrip("\n")
        texts = tuple(_texts(root, keys))
    elif match:
        return Page(source, 1)
    else:
        body, texts = _split_multimarkdown(source, keys)
    return Page(body, source[: len(source) - len(body)].count("\n") + 1, texts)


def _texts(
    node: yaml.Node, keys: Collection[str], path: str = ""
) -> Iterator[tuple[str, int, str]]:
    """Key, 1-based line and text of each text that *keys* name, in *node* or below it."""
    if isinstance(node, yaml.MappingNode):
        below = f"{path}." if path else ""
        for name, value in node.value:
            if _leads(f"{below}{name.value}", keys):
                yield from _texts(value, keys, f"{below}{name.value}")
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _texts(value, keys, path)
    elif node.tag == "tag:yaml.org,2002:str" and path in keys and node.value.strip():
        yield path, node.start_mark.line + 2, node.value


def _split_multimarkdown(
    source: str, keys: Collection[str]
) -> tuple[str, tuple[tuple[str, int, str], ...]]:
    """The Markdown, and the texts, of a page whose front matter has no dashes, if it has any."""
    found: dict[str, tuple[int, str]] = {}
    lines = source.split("\n")
    key, read = "", 0
    for read, line in enumerate(lines):
        if not line.strip():
            read += 1
            break
        if match := META.match(line):
            key = match[1].lower()
            number, before = found.get(key, (read + 1, ""))
            found[key] = number, f"{before} {match[2].strip()}".strip()
        elif key and (match := META_MORE.match(line)):
            number, before = found[key]
            found[key] = number, f"{before} {match[1].strip()}"
        else:
            break
    else:
        read = len(lines)
    texts = tuple((k, *found[k]) for k in found if k in keys and found[k][1].strip())
    return "\n".join(lines[read:]).lstrip("\n"), texts


def _compose(text: str) -> yaml.Node | None:
    """The YAML node of *text*, or None where it is not YAML."""
    try:
        node: yaml.Node | None = yaml.compose(text, SafeLoader)
    except yaml.YAMLError:
        return None
    return node
