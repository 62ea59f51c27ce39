"""What the site's configuration, ``mkdocs.yml``, says to us and to its readers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import mergedeep
import yaml
import yaml_env_tag
from markdown import Markdown

from annai import checklist
from annai.addresses import PATH, host
from annai.embeds import EmbedExtension, nothing
from annai.errors import ContentError, did_you_mean
from annai.locales import Locale, parse_locale
from annai.pages import TRANSLATED_KEYS
from annai.responses import CONTACT
from annai.sitetexts import Keys, SiteText, find_texts, scalars
from annai.texts import Loader, read_text

SETTINGS: dict[str, Any] = {
    "source": "en",
    "locales": "locales",
    "complete": [],
    "publish_at": 0,
    "security_contact": "",
    "front_matter": [],
    "facts": "",
    "glossary": "",
    "review_days": 0,
    "redirects": {},
    "help": "",
    "still_stuck": [],
    "feedback": "",
    "links": {},
    "offline": True,
    "icons": [],
    "color": "",
    "picture": "",
}
"""The keys of ``extra.annai`` and what they are when left out: the locale that pages are
written in; the folder of the catalogs, relative to the configuration; the locales that must be
translated completely; how much of a locale must be translated, in percent, for readers to get it;
where to tell of a hole in the site, a URI; the keys of front matter that readers see, title and
description apart (annai.pages); the files of the fact ledger and of the glossary, relative to the
configuration; after how many days somebody has to read an article again; old paths of pages that
moved, and their new ones; the page that helps readers whose search finds nothing; the pages that
articles lead to in the end; the path on the host of the site that takes reports of readers; targets
of links, and those that translations may have in their place; whether the site can be read without
a connection; where it is installed, its icons, relative to the folder of the pages, and color; the
picture that stands for the site where pages are shared, relative to the same folder."""

EXAMPLES = {
    "complete": "[ja, zh_Hans]",
    "publish_at": "60",
    "security_contact": "mailto:security@example.org",
    "front_matter": "[summary, cards.title]",
    "facts": "docs/facts.yml",
    "glossary": "locales/glossary.yml",
    "review_days": "180",
    "redirects": "{old/page.md: new/page.md}",
    "help": "contact.md",
    "still_stuck": "[contact.md, phone.md]",
    "feedback": "/reports, on the host of the site: no page may ask another one",
    "links": "{https://example.com/en: [https://example.com/ja]}",
    "icons": "[images/icon-192.png, images/icon-512.png]",
    "color": '"#4051b5"',
    "picture": "images/picture.png",
}

COLOR = re.compile("#[0-9a-fA-F]{6}")


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
            if type(value) is not type(SETTINGS[key]) or not _is_possible(key, value):
                raise self._error(
                    ("extra", "annai", key),
                    f"extra.annai.{key} cannot be {value!r}",
                    f"write for example {key}: {EXAMPLES.get(key, SETTINGS[key])}",
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
    def publish_at(self) -> int:
        """How much of a locale must be translated, in percent, for readers to get it."""
        return int(self.settings["publish_at"])

    @property
    def security_contact(self) -> str:
        """Where to tell of a hole in the site, a URI; empty for nowhere."""
        return str(self.settings["security_contact"])

    @property
    def front_matter(self) -> tuple[str, ...]:
        """The keys of front matter that readers see."""
        own = (f"{checklist.KEY}.{key}" for key in checklist.TEXTS)
        return (*TRANSLATED_KEYS, *own, *map(str, self.settings["front_matter"]))

    @property
    def help(self) -> str:
        """The path, from the folder of the pages, of the page for searches that find nothing."""
        return str(self.settings["help"])

    @property
    def still_stuck(self) -> list[str]:
        """The paths, from the folder of the pages, of those that articles lead to in the end."""
        return list(self.settings["still_stuck"])

    @property
    def feedback(self) -> str:
        """The path, from the root of the host, that takes reports of readers; empty for none."""
        return str(self.settings["feedback"])

    @property
    def site_url(self) -> str:
        """The address of the site; empty if it is not known."""
        return str(self.data.get("site_url") or "")

    @property
    def own_hosts(self) -> frozenset[str]:
        """The host of the site, if it is known."""
        return frozenset({host(self.site_url)} - {""})

    @property
    def review_days(self) -> int:
        """After how many days somebody has to read an article again; 0 for never."""
        return int(self.settings["review_days"])

    @property
    def redirects(self) -> dict[str, str]:
        """From old paths of pages, below the folder of the pages, to new ones."""
        return {str(old): str(new) for old, new in self.settings["redirects"].items()}

    @property
    def links(self) -> frozenset[tuple[str, str]]:
        """Targets of links, each with one that a translation may have in its place.

        Raises ContentError for what is no list of targets.
        """
        found = set()
        for target, others in self.settings["links"].items():
            if not isinstance(others, list) or not all(isinstance(each, str) for each in others):
                problem = f"extra.annai.links: what stands for {target} is no list of addresses"
                fix = "write the addresses that translations may link to, in brackets"
                raise self.error(("links", str(target)), problem, fix)
            found |= {(str(target), each) for each in others}
        return frozenset(found)

    @property
    def offline(self) -> bool:
        """Whether browsers keep the language of a reader for when there is no connection."""
        return bool(self.settings["offline"])

    @property
    def icons(self) -> list[str]:
        """Pictures of an installed site, relative to the folder of the pages."""
        return [str(name) for name in self.settings["icons"]]

    @property
    def color(self) -> str:
        """The color of an installed site, ``#rrggbb``; empty for none."""
        return str(self.settings["color"])

    @property
    def picture(self) -> str:
        """The picture that stands for the site, relative to the folder of the pages; or empty."""
        return str(self.settings["picture"])

    @property
    def glossary_path(self) -> Path | None:
        """The file of the glossary, if there is one."""
        name = self.settings["glossary"]
        return self.path.parent / name if name else None

    @property
    def embeds(self) -> list[str]:
        """What pages may show of data (annai.embeds): nothing where there is no data."""
        facts = ["fact", "facts"] if self.ledger_path else []
        return [*facts, *(["glossary"] if self.glossary_path else [])]

    @property
    def ledger_path(self) -> Path | None:
        """The file of the fact ledger, if there is one."""
        name = self.settings["facts"]
        return self.path.parent / name if name else None

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

    @property
    def unpublished(self) -> str:
        """Which files below `docs` readers do not get, drafts included, in the same format."""
        return f"{self.excluded}\n{self.data.get('draft_docs') or ''}"

    def shown(self, path: Path) -> str:
        """*path* as messages show it: from the folder of the configuration, with slashes."""
        return shown(path, self.path.parent)

    def markdown(self) -> Markdown:
        """Python-Markdown, set up as MkDocs sets it up for this site's pages.

        Raises ContentError for an extension that is not there.
        """
        names, configs = ["toc", "tables", "fenced_code"], {}
        for name, options in _entries(self.data.get("markdown_extensions") or []):
            names.append(name)
            if options:
                configs[name] = options
        md = Markdown(extensions=[EmbedExtension(dict.fromkeys(self.embeds, nothing))])
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

    def extension_files(self) -> Iterator[Path]:
        """The files of the Markdown extensions that are named as modules."""
        for name, _ in _entries(self.data.get("markdown_extensions") or []):
            try:
                found = find_spec(name.partition(":")[0])
            except (ImportError, ValueError):
                continue  # `markdown` says what is wrong with it
            if found and found.origin and Path(found.origin).is_file():
                yield Path(found.origin)

    def texts(self) -> Iterator[SiteText]:
        """Every text that readers see, in the order of its lines; inherited ones behind."""
        yield from find_texts(self.path, self.root)
        own = {key.value for key, _ in self.root.value}
        for text in self.parent.texts() if self.parent else ():
            if text.key not in own:
                yield text

    def error(self, path: Keys, problem: str, fix: str) -> ContentError:
        """A problem with the setting at *path*, below ``extra.annai``."""
        return self._error(("extra", "annai", *path), problem, fix)

    def _error(self, path: Keys, problem: str, fix: str) -> ContentError:
        return ContentError(self.path.name, self._line(path), problem, fix)

    def _line(self, path: Keys) -> int:
        """The 1-based line of the key or list item at *path*, 1 if there is none."""
        for found, node, _ in scalars(self.root):
            if (*found, node.value) == path:
                return int(node.start_mark.line) + 1
        return 1


def _is_possible(key: str, value: Any) -> bool:
    """Whether the setting *key*, whose type is right, can be *value*."""
    if key == "publish_at":
        return bool(0 <= value <= 100)
    if key == "still_stuck":
        return all(isinstance(each, str) for each in value)
    pattern = {"security_contact": CONTACT, "feedback": PATH, "color": COLOR}.get(key)
    return not (pattern and value) or pattern.fullmatch(value) is not None


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


def shown(path: Path, folder: Path) -> str:
    """*path* as seen from *folder*, with slashes."""
    return Path(os.path.relpath(path, folder)).as_posix()


@lru_cache(maxsize=8)
def _parse(text: str) -> tuple[yaml.Node | None, dict[str, Any]]:
    """The YAML node and the value of *text*."""
    return yaml.compose(text, _Loader), yaml.load(text, _Loader) or {}  # noqa: S506


class _Loader(Loader):
    """YAML as MkDocs reads it: with ``!!python/name``, ``!ENV`` and ``!relative``."""


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_constructor("!relative", lambda loader, node: str(node.value))


def _entries(listed: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and options of each entry of ``markdown_extensions``, a list or a mapping."""
    for entry in listed.items() if isinstance(listed, dict) else listed:
        if isinstance(entry, str):
            yield entry, {}
        elif isinstance(entry, dict):
            yield from ((name, options or {}) for name, options in entry.items())
        else:
            yield entry[0], entry[1] or {}
