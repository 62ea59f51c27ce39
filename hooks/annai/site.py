"""What the site's configuration, ``mkdocs.yml``, says to us and to its readers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import mergedeep
import yaml
import yaml_env_tag
from markdown import Markdown

from annai.errors import ContentError, did_you_mean
from annai.locales import Locale, parse_locale
from annai.texts import read_text

SETTINGS: dict[str, Any] = {"source": "en", "locales": "locales", "complete": []}
"""The keys of ``extra.annai`` and what they are when left out: the locale that pages are
written in; the folder of the catalogs, relative to the configuration; the locales that must be
translated completely."""

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


@dataclass(frozen=True)
class Site:
    """A site's configuration, as far as the core needs it."""

    path: Path
    root: yaml.MappingNode = field(repr=False)
    data: dict[str, Any] = field(repr=False)
    parent: Site | None = None
    """The configuration that this one inherits from (``INHERIT``)."""

    @cached_property
    def settings(self) -> dict[str, Any]:
        """``extra.annai``, complete. Raises ContentError for what is no setting, or no value."""
        given = (self.data.get("extra") or {}).get("annai") or {}
        if not isinstance(given, dict):
            raise self._error(("extra", "annai"), "extra.annai is no mapping", "write source: en")
        for key, value in given.items():
            if key not in SETTINGS:
                raise self._error(
                    ("extra", "annai", key),
                    f'extra.annai has no setting "{key}"',
                    f"{did_you_mean(key, SETTINGS)}the settings are: {', '.join(SETTINGS)}",
                )
            if type(value) is not type(SETTINGS[key]):
                example = {"complete": "[ja, zh_Hans]"}.get(key, SETTINGS[key])
                raise self._error(
                    ("extra", "annai", key),
                    f"extra.annai.{key} cannot be {value!r}",
                    f"write for example {key}: {example}",
                )
        return {**SETTINGS, **given}

    @cached_property
    def source(self) -> Locale:
        """The locale that pages are written in."""
        line = self._line(("extra", "annai", "source"))
        return parse_locale(str(self.settings["source"]), self.path.name, line)

    @property
    def docs(self) -> Path:
        """The folder of the pages."""
        return self.path.parent / str(self.data.get("docs_dir", "docs"))

    @property
    def locales(self) -> Path:
        """The folder of the catalogs."""
        return self.path.parent / str(self.settings["locales"])

    @property
    def complete(self) -> list[str]:
        """The catalog folders of the locales that must be translated completely."""
        line = self._line(("extra", "annai", "complete"))
        names = self.settings["complete"]
        return [parse_locale(str(name), self.path.name, line).folder for name in names]

    @property
    def overrides(self) -> Path | None:
        """The folder of the site's own templates, if it has one."""
        theme = self.data.get("theme")
        custom = theme.get("custom_dir") if isinstance(theme, dict) else None
        return self.path.parent / custom if custom else None

    @property
    def excluded(self) -> str:
        """Which files below `docs` are no pages, in the format of .gitignore."""
        return self.data.get("exclude_docs") or ""

    def shown(self, path: Path) -> str:
        """*path* as messages show it: from the folder of the configuration, with slashes."""
        return Path(os.path.relpath(path, self.path.parent)).as_posix()

    def markdown(self) -> Markdown:
        """Python-Markdown, set up as MkDocs sets it up for this site's pages.

        Raises ContentError for an extension that is not there.
        """
        names, configs = ["toc", "tables", "fenced_code"], {}
        for name, options in _entries(self.data.get("markdown_extensions") or []):
            names.append(name)
            if options:
                configs[name] = options
        md = Markdown()
        for name in dict.fromkeys(names):
            try:
                md.registerExtensions([name], configs)
            except (ImportError, AttributeError, KeyError, TypeError, ValueError) as error:
                raise self._error(
                    ("markdown_extensions", name),
                    f"the Markdown extension {name} cannot be used: {error}",
                    "compare its name and options with its documentation, and install it",
                ) from None
        return md

    def texts(self) -> Iterator[SiteText]:
        """Every text that readers see, in the order of its lines; inherited ones behind."""
        for path, node, is_key in _scalars(self.root):
            comment = _comment(path, is_key)
            if comment and any(map(str.isalpha, node.value)):
                line = node.start_mark.line + 1
                yield SiteText(self.path, line, node.value, comment, path[0])
        own = {key.value for key, _ in self.root.value}
        for text in self.parent.texts() if self.parent else ():
            if text.key not in own:
                yield text

    def _error(self, path: Keys, problem: str, fix: str) -> ContentError:
        return ContentError(self.path.name, self._line(path), problem, fix)

    def _line(self, path: Keys) -> int:
        """The 1-based line of the key or list item at *path*, 1 if there is none."""
        for found, node, _ in _scalars(self.root):
            if (*found, node.value) == path:
                return int(node.start_mark.line) + 1
        return 1


def read_site(path: Path) -> Site:
    """The configuration in *path*. Raises ContentError if it is not YAML."""
    text = read_text(path)
    try:
        root, data = _parse(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", error)
        raise ContentError(
            path,
            mark.line + 1 if mark else 1,
            f"this is not YAML: {problem}",
            "compare it with the lines around it",
        ) from None
    if not isinstance(root, yaml.MappingNode):
        raise ContentError(path, 1, "there is no configuration", "write site_name: and a name")
    if "INHERIT" not in data:
        return Site(path, root, data)
    inherited = path.parent / data["INHERIT"]
    if not inherited.is_file():
        raise ContentError(path, 1, f"there is no {data['INHERIT']}", "mend INHERIT")
    parent = read_site(inherited)
    return Site(path, root, mergedeep.merge({}, parent.data, data), parent)


@lru_cache(maxsize=8)
def _parse(text: str) -> tuple[yaml.Node | None, dict[str, Any]]:
    """The YAML node and the value of *text*."""
    return yaml.compose(text, _Loader), yaml.load(text, _Loader) or {}  # noqa: S506


class _Loader(yaml.Loader):
    """YAML as MkDocs reads it: with ``!!python/name``, ``!ENV`` and ``!relative``."""


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_constructor("!relative", lambda loader, node: str(node.value))


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


def _entries(listed: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and options of each entry of ``markdown_extensions``, a list or a mapping."""
    for entry in listed.items() if isinstance(listed, dict) else listed:
        if isinstance(entry, str):
            yield entry, {}
        elif isinstance(entry, dict):
            yield from ((name, options or {}) for name, options in entry.items())
        else:
            yield entry[0], entry[1] or {}


def _comment(path: Keys, is_key: bool = False) -> str | None:
    """What the text at *path* is, or None if no reader sees it."""
    if path[:1] == ("nav",):
        return TEXTS["nav", "*"] if is_key else None
    return None if is_key else TEXTS.get(path)


def _scalars(node: yaml.Node, path: Keys = ()) -> Iterator[tuple[Keys, yaml.ScalarNode, bool]]:
    """Path, node and whether it is a key, of every scalar below *node*.

    The items of a list are ``*``, but a list of mappings with one key each, as MkDocs writes
    extensions, counts as one mapping.
    """
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield path, key, True
            yield from _scalars(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        inner = path if path == ("markdown_extensions",) else (*path, "*")
        for item in node.value:
            yield from _scalars(item, inner)
    elif isinstance(node, yaml.ScalarNode):
        yield path, node, False
