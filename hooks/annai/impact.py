"""What a change to the texts does to each language."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import polib

from annai.catalogs import State, WholeCatalog, catalog_path, targets
from annai.errors import ContentError
from annai.guard import site_guard
from annai.locales import Locale
from annai.merge import merge
from annai.pofile import key
from annai.site import Site, read_site
from annai.status import status
from annai.template import make_template

LOCATIONS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""Environment variables that git sets for its hooks, and that would lead it elsewhere."""

MOST = 100
"""How many texts a report lists."""


@dataclass(frozen=True)
class Effect:
    """What a change does to one language."""

    locale: Locale
    before: int | None
    """How much was translated, in percent; None if the language is new."""
    after: int
    states: Mapping[State, int]
    """How many of the new messages are in each state."""
    set_aside: int
    """How many of the messages that went were translated; they return if the message does."""


@dataclass(frozen=True)
class Impact:
    """What a change does: the messages that it brings and takes away, and to each language."""

    added: Sequence[polib.POEntry]
    removed: Sequence[polib.POEntry]
    effects: Sequence[Effect]


def impact(site: Site, revision: str) -> Impact:
    """What the change from *revision*, a commit of git, to the files as they are does.

    Catalogs count as ``annai update`` would leave them, whether or not somebody ran it. Raises
    ContentError if there is no such commit, or if the site cannot be read in one of the states.
    """
    with checkout(site, revision) as before:
        old, new = make_template(before), make_template(site)
        known, wanted = ({key(entry) for entry in side} for side in (old, new))
        added = [entry for entry in new if key(entry) not in known]
        removed = [entry for entry in old if key(entry) not in wanted]
        catalogs = {locale: _read(before, locale) for locale in targets(before)}
        effects = []
        for locale in targets(site):
            was, now = catalogs.get(locale), _updated(_read(site, locale), new)
            effect = Effect(
                locale,
                status(was, old).whole.percent if was else None,
                status(now, new).whole.percent,
                Counter(now.state(key(entry)) for entry in added),
                sum(1 for entry in removed if was and was.state(key(entry)) is State.TRANSLATED),
            )
            effects.append(effect)
    return Impact(added, removed, effects)


def _read(site: Site, locale: Locale) -> WholeCatalog:
    path = catalog_path(site.locales, locale)
    return WholeCatalog.read(path, locale, site_guard(site), site.shown(path))


def _updated(catalog: WholeCatalog, template: polib.POFile) -> WholeCatalog:
    return replace(catalog, file=merge(catalog.file, template))


def report(found: Impact) -> str:
    """The impact in Markdown, to be put under a pull request."""
    lines = [
        "## What this change does to the translations",
        "",
        f"New texts: {len(found.added)}. Removed texts: {len(found.removed)}. "
        "A text that was edited counts as both.",
        "",
        "| language | before | after | to translate | to review | set aside |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for each in found.effects:
        before = "new" if each.before is None else f"{each.before} %"
        numbers = each.states[State.MISSING], each.states[State.FUZZY], each.set_aside
        cells = f"{each.locale.name} ({each.locale.tag})", before, f"{each.after} %", *numbers
        lines.append(f"| {' | '.join(map(str, cells))} |")
    for title, entries in (("New texts", found.added), ("Removed texts", found.removed)):
        if entries:
            listed = [_item(entry) for entry in entries[:MOST]]
            more = [f"- and {len(entries) - MOST} more"] if len(entries) > MOST else []
            lines += [
                "",
                f"<details><summary>{title}</summary>",
                "",
                *listed,
                *more,
                "",
                "</details>",
            ]
    return "\n".join(lines)


def _item(entry: polib.POEntry) -> str:
    """A message and its place, in a list in Markdown."""
    path, line = entry.occurrences[0]
    text = " ".join(entry.msgid.split())
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"- {path}:{line}: {fence} {text} {fence}"


@contextmanager
def checkout(site: Site, revision: str) -> Iterator[Site]:
    """*site* as it was at *revision*, in a temporary folder. Raises ContentError."""
    here = site.path.parent
    root = Path(_git(here, "rev-parse", "--show-toplevel"))
    commit = _git(here, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "files")
        environ = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        _git(root, "read-tree", commit, **environ)
        _git(root, "checkout-index", "--all", f"--prefix={files}/", **environ)
        linked = _git(root, "ls-tree", "-r", commit, "--format=%(objectmode) %(path)")
        for line in linked.splitlines():
            if line.startswith("160000 ") and (root / line[7:]).is_dir():
                problem = f"{line[7:]} is another repository (a submodule)"
                raise ContentError(line[7:], 1, problem, "run annai impact without it")
        path = files / (here.resolve() / site.path.name).relative_to(root.resolve())
        if not path.is_file():
            problem = f"there was no {site.path.name} at {revision}"
            raise ContentError(site.path.name, 1, problem, "name a commit that has one")
        yield read_site(path)


def _git(folder: Path, *arguments: str, **environ: str) -> str:
    """What git says. Raises ContentError if it fails, or is not there."""
    command = ["git", *arguments]
    try:
        own = {name: value for name, value in os.environ.items() if name not in LOCATIONS}
        result = subprocess.run(
            command, cwd=folder, env={**own, **environ}, capture_output=True, check=True
        )
    except FileNotFoundError:
        raise ContentError("git", 1, "there is no such command", "install git") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        fix = (
            "name a commit, a branch or a tag of the repository that holds the site; "
            "if only a part of it was fetched, run: git fetch --unshallow"
        )
        raise ContentError("git", 1, " ".join(said), fix) from None
    return result.stdout.decode().strip()
