"""MkDocs hook: one `mkdocs build` makes the site in every locale.

The build that was asked for renders the source language, and starts a process for every other
locale. The whole is built beside the old site and swapped in at the end; if anything fails, the
old site stays.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.utils import CountHandler

from annai.coverage import COVERAGE, read_coverage, write_coverage
from annai.errors import ContentError
from annai.links import BuiltSite
from annai.origins import explained
from annai.plan import CHILD, PREVIEW, PUBLISHED, Plan, make_plan
from annai.processes import Processes, Result, at_once, cores, end_with_parent, records
from annai.staging import FULL, Staging, no_room

log = logging.getLogger("mkdocs.hooks.publish")

SITE_URL = "ANNAI_SITE_URL"
"""Environment variable: the address of the site, which `mkdocs serve` changes."""

QUIET = {"NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1", "PYTHONIOENCODING": "utf-8"}
"""Environment of a child: no colors, no notice of the theme's that the parent gives, too; UTF-8."""

_plan: Plan
_output: Path
"""Where this process was asked to build."""
_staging: Staging | None = None
_processes: Processes | None = None


def on_startup(command: str, dirty: bool) -> None:
    """Show translators what is not translated, if the site is served to them."""
    if command == "serve":
        os.environ[PREVIEW] = "1"


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find out what to build, and start the builds of the other locales."""
    global _plan, _output, _staging, _processes
    path, _output = Path(config.config_file_path), Path(config.site_dir)
    try:
        _plan = make_plan(path, os.environ)
        if _plan.child:
            end_with_parent()
            config.site_url = os.environ.get(SITE_URL, config.site_url)
            return config
        _staging = Staging(Path(config.site_dir))
        coverage = _staging.folder / "coverage.json"
        write_coverage(read_coverage(_plan, os.environ), coverage)
    except ContentError as error:
        raise PluginError(str(error)) from None
    _end_children_when_ended()
    config.site_dir = str(_staging.root)
    if _plan.source not in _plan.wanted:
        config.nav = None
    for locale in _plan.held:
        log.info(
            "%s is not published: less than %d %% of it is translated",
            locale.tag,
            _plan.site.publish_at,
        )
    _processes = Processes(at_once(1 + len(_plan.children), cores()))
    environ = {**os.environ, **QUIET, SITE_URL: config.site_url or "", COVERAGE: str(coverage)}
    environ[PUBLISHED] = ",".join(locale.folder for locale in _plan.locales)
    for locale in _plan.children:
        output = _staging.part(locale.tag)
        _processes.start(
            locale.tag, _command(config, path, output), {**environ, CHILD: locale.folder}
        )
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Render nothing here if only other locales are wanted."""
    if _plan.child or _plan.source in _plan.wanted:
        return files
    config.theme.static_templates.clear()
    return Files([])


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Wait for the other locales, and put the new site in the place of the old one."""
    if _processes is None or _staging is None:
        return
    failures = [result for result in _processes.join() if not _report(result)]
    if failures:
        raise PluginError("\n\n".join(_failure(result) for result in failures))
    if _plan.source not in _plan.wanted:
        _staging.clear()
    for locale in _plan.children:
        try:
            _staging.add(locale.tag, locale.tag)
        except FileExistsError:
            raise PluginError(
                f"{_plan.site.docs.name}/{locale.tag}:1: this folder has the address of the "
                f"locale {locale.folder}\nfix: give the folder another name"
            ) from None
    _warn_of_dead_links(config, _staging.root)
    if not _will_abort(config):
        _staging.publish()
        config.site_dir = str(_staging.site)


def on_build_error(error: Exception) -> None:
    """Leave the last good site as it is; a disk that takes no more is no fault of the program."""
    _abandon()
    if isinstance(error, OSError) and error.errno in FULL:
        log.error(no_room(error, _output))
        raise Abort("Aborted, since the disk takes no more") from None


def on_shutdown() -> None:
    """Leave nothing behind, however the run ended."""
    _abandon()


def _abandon() -> None:
    global _processes, _staging
    if _processes:
        _processes.stop()
    if _staging:
        _staging.discard()
    _processes = _staging = None


def _warn_of_dead_links(config: MkDocsConfig, folder: Path) -> None:
    """Name the links in *folder*, the new site, that lead nowhere; not of every edit, in serve.

    What only another shard writes, nobody can know here: `annai join` looks at the whole.
    """
    if _plan.preview:
        return
    built = BuiltSite(folder, config.site_url or "")
    dead = built.dead(lambda path: _plan.owner(path) in _plan.wanted)
    for problem in explained(dead, built, _plan):
        log.warning(str(problem))


def _end_children_when_ended() -> None:
    """Let SIGTERM, which CI sends to stop a build, end it as Ctrl-C does: with `on_shutdown`."""
    is_main = threading.current_thread() is threading.main_thread()
    if is_main and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def _command(config: MkDocsConfig, path: Path, output: Path) -> list[str]:
    """The command that builds one locale of this site to the folder *output*."""
    urls = "--use-directory-urls" if config.use_directory_urls else "--no-directory-urls"
    strict = "--strict" if config.strict else "--no-strict"
    command = [sys.executable, "-m", "mkdocs", "build", strict, urls]
    return [*command, "--config-file", str(path), "--site-dir", str(output)]


def _report(result: Result) -> bool:
    """Pass on the warnings of a build that did not fail; whether it did not."""
    for level, text in records(result.output) if result.code == 0 else ():
        if level in ("WARNING", "ERROR", "CRITICAL"):
            log.log(logging.getLevelName(level), "[%s] %s", result.name, text)
    return result.code == 0


def _failure(result: Result) -> str:
    """Why a build failed, in its own words."""
    said = [text for level, text in records(result.output) if level not in ("DEBUG", "INFO")]
    said = [text for text in said if not text.startswith("Aborted with")]
    return "\n".join([f"the build of {result.name} failed:", *(said or [result.output])])


def _will_abort(config: MkDocsConfig) -> bool:
    """Whether MkDocs is about to abort because of warnings (mkdocs.commands.build, 1.6)."""
    handlers = logging.getLogger("mkdocs").handlers
    counters = [each for each in handlers if isinstance(each, CountHandler)]
    return config.strict and any(counter.get_counts() for counter in counters)
