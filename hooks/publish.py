"""MkDocs hook: one `mkdocs build` makes the site in every locale.

The build that was asked for renders the source language, and starts a process for every other
locale. The whole is built beside the old site and swapped in at the end; if anything fails, the
old site stays. A locale whose build would read what an earlier one has read (annai.inputs) is not
built again: what that made is kept (annai.parts).
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from annai.built import BuiltSite
from annai.catalogs import targets
from annai.coverage import read_coverage, write_coverage
from annai.errors import ContentError
from annai.guard import site_guard
from annai.history import read_history
from annai.inputs import basis, content, is_known, outside, pages
from annai.leads import note_leads, read_noted
from annai.listener import Listener, Message
from annai.locales import Locale
from annai.memory import digest
from annai.notes import notes
from annai.origins import explained
from annai.pages import find_pages
from annai.parts import Part
from annai.plan import CHILD, COVERAGE, PREVIEW, PUBLISHED, READY, Plan, asked, make_plan
from annai.processes import Processes, Result, cores
from annai.progress import Progress
from annai.reuse import BASIS, FRESH, Reuse, leads_file, read_asked, write_asked
from annai.site import read_site
from annai.staging import FULL, Staging, no_room
from annai.summary import kept_summary

log = logging.getLogger("mkdocs.hooks.publish")

WORKER = Path(__file__).with_name("worker.py")
"""The program that builds other locales."""

SITE_URL = "ANNAI_SITE_URL"
"""Environment variable: the address of the site, which `mkdocs serve` changes."""

QUIET = {"NO_MKDOCS_2_WARNING": "1"}
"""Environment of a child: no notice of the theme's that the parent gives, too."""

PACKAGES = ("purelib", "platlib")
"""Where Python has what is installed (sysconfig)."""


_warnings = Listener(logging.WARNING)
_progress = Progress(log.info)
_plan: Plan
_output: Path
"""Where this process was asked to build."""
_staging: Staging | None = None
_processes: Processes | None = None
_code: str
"""The program that they run, as a hash."""
_reuse: Reuse


def on_startup(command: str, dirty: bool) -> None:
    """Show translators what is not translated, if the site is served to them."""
    if command == "serve":
        os.environ[PREVIEW] = "1"


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find out what to build, and start the builds of the other locales."""
    global _plan, _output, _staging, _reuse
    path, _output = Path(config.config_file_path), Path(config.site_dir)
    if CHILD not in os.environ:
        for name in (READY, PUBLISHED, COVERAGE):  # of the build before, in serve
            os.environ.pop(name, None)
    read_history.cache_clear()
    asked.clear()
    notes.clear()
    try:
        if CHILD not in os.environ:
            _read_catalogs(path)
        _plan = make_plan(path, os.environ)
        if _plan.child:
            config.site_url = os.environ.get(SITE_URL, config.site_url)
            return config
        _staging = Staging(Path(config.site_dir))
        coverage = _staging.folder / "coverage.json"
        write_coverage(read_coverage(_plan, os.environ), coverage)
        _reuse = Reuse(_plan, _basis(config), coverage)
        os.environ[BASIS] = _reuse.basis
        os.environ[COVERAGE] = str(coverage)
        os.environ[PUBLISHED] = _names(_plan.locales)
        os.environ[READY] = _names(_reuse.ready)
    except ContentError as error:
        raise PluginError(str(error)) from None
    _warnings.listen()
    _end_children_when_ended()
    config.site_dir = str(_staging.root)
    if not _renders_source():
        config.nav = None
    for locale in _plan.held:
        log.info(
            "%s is not published: less than %d %% of it is translated",
            locale.tag,
            _plan.site.publish_at,
        )
    children = [each for each in _plan.children if each not in _reuse.ready]
    count = len(find_pages(_plan.site.docs, _plan.site.excluded))
    _progress.begin(count * (_renders_source() + len(children)))
    for locale in children:
        job = _job(config, locale, _staging.part(locale.tag))
        _workers().start(locale.tag, job, partial(_progress.done, locale.tag, count))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Render nothing here if only other locales are to be built."""
    if _plan.child or _renders_source():
        return files
    config.theme.static_templates.clear()
    return Files([])


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Count the page."""
    if page.file.abs_src_path:
        _progress.advance()
    return output


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Wait for the other locales, and put the new site in the place of the old one."""
    if _plan.child:
        write_asked(Path(config.site_dir))
    if not _plan.preview and (_plan.child or _renders_source()):
        note_leads(Path(config.site_dir), config.site_url or "", leads_file(_plan, _plan.locale))
    if _staging is None:
        return
    _warnings.stop()
    results = {result.name: result for result in (_processes.join() if _processes else ())}
    _progress.end()
    if failures := [result for result in results.values() if not result.is_good]:
        raise PluginError("\n\n".join(result.failure for result in failures))
    if _renders_source():
        _reuse.keep(_plan.source, _staging.root, _warnings.said, asked)
    else:
        _staging.clear()
    for locale in _plan.wanted:
        _add(locale, _staging, results.get(locale.tag))
    _warn_of_dead_links(config, _staging.root)
    if not _will_abort(config):
        _staging.publish()
        config.site_dir = str(_staging.site)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Go on showing the last good site while something is wrong with what is edited.

    MkDocs (1.6) has browsers wait until it is mended.
    """

    def build_or_tell() -> None:
        try:
            builder()
        except MkDocsException as error:
            log.error("%s\nThe site is shown as it was before.", error)
        except Exception:
            log.exception("The site is shown as it was before.")

    server.builder = build_or_tell
    return server


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
    _warnings.stop()
    _progress.end()
    if _processes:
        _processes.stop()
    if _staging:
        _staging.discard()
    _processes = _staging = None


def _read_catalogs(path: Path) -> None:
    """Have the catalogs of the site configured in *path* that changed read by those who build them.

    What is wrong with one is for the build to say.
    """
    site = read_site(path)
    guard = site_guard(site)
    new = [each for each in targets(site) if not kept_summary(site, each, guard)]
    for locale in new:
        job = {"environ": dict(os.environ), "site": str(path), "catalog": locale.folder}
        _workers().start(locale.tag, job)
    if new:
        pages(site)  # meanwhile: what files hold is known from then on (annai.inputs)
        _workers().join()


def _workers() -> Processes:
    """The processes of this build, or of the ones before in serve, if nobody has edited hooks."""
    global _processes, _code
    if _processes and _code != content(WORKER.parent):
        _processes.stop()
        _processes = None
    if _processes is None:
        _code = content(WORKER.parent)
        _processes = Processes([sys.executable, str(WORKER)], cores())
    return _processes


def _names(locales: Iterable[Locale]) -> str:
    return ",".join(locale.folder for locale in locales)


def _renders_source() -> bool:
    """Whether this process has pages to render."""
    return _plan.source in _plan.wanted and _plan.source not in _reuse.ready


def _basis(config: MkDocsConfig) -> Callable[[], str] | None:
    """What gives a hash of what all pages are made of, but for themselves and catalogs.

    None if nobody knows that.
    """
    modules: Any = config.hooks
    hooks = [Path(module.__file__) for module in modules.values()]
    plugins = [name for name in config.plugins if name not in modules]
    is_sure = is_known(_plan.site, plugins, hooks, config.markdown_extensions)
    if os.environ.get(FRESH) or not is_sure:
        return None
    folders = outside(config.theme.dirs, [sysconfig.get_path(each) for each in PACKAGES])
    folders += sorted({path.parent for path in hooks})
    options = config.site_url, config.use_directory_urls, config.theme.name, _plan.preview
    locales = [each.folder for each in _plan.locales]
    return lambda: digest(basis(_plan.site, folders, os.environ), options, locales)


def _add(locale: Locale, staging: Staging, result: Result | None) -> None:
    """Add to the site what was made of *locale*: by an earlier build, or by that with *result*."""
    folder = _plan.folder(locale)
    if folder and (staging.root / folder).exists():
        raise PluginError(
            f"{_plan.site.docs.name}/{locale.tag}:1: this folder has the address of the "
            f"locale {locale.folder}\nfix: give the folder another name"
        )
    if part := _reuse.ready.get(locale):
        _report(locale, part.warnings)
        _take(part, folder, staging)
    elif result:
        _report(locale, result.warnings)
        built = staging.part(locale.tag)
        _reuse.keep(locale, built / folder, result.warnings, read_asked(built))
        staging.add(locale.tag, locale.tag)


def _take(part: Part, folder: str, staging: Staging) -> None:
    """Have *part* stand in *folder* of the new site; it moves if the old one has the same there."""
    others = [] if folder else [each.tag for each in _plan.locales[1:]]
    beside = [] if folder else [*others, *staging.hidden]
    is_there = part.is_at(staging.site / folder, beside)
    if not is_there or not staging.borrow(part.folder, folder, others):
        part.put(staging.root / folder)


def _report(locale: Locale, found: Iterable[Message]) -> None:
    """Pass on the warnings of the build of *locale*."""
    start = "" if locale == _plan.source else f"[{locale.tag}] "
    for level, text in found:
        log.log(logging.getLevelName(level), "%s%s", start, text)


def _warn_of_dead_links(config: MkDocsConfig, folder: Path) -> None:
    """Name the links in *folder*, the new site, that lead nowhere; not of every edit, in serve.

    What only another shard writes, nobody can know here: `annai join` looks at the whole.
    """
    if _plan.preview:
        return
    problems = _reuse.problems()
    if problems is None:
        url = config.site_url or ""
        noted = read_noted([leads_file(_plan, each) for each in _plan.locales], url)
        built = BuiltSite(folder, url, noted)
        dead = built.dead(lambda path: _plan.owner(path) in _plan.wanted)
        problems = [str(problem) for problem in explained(dead, built, _plan)]
        _reuse.keep_problems(problems)
    for problem in problems:
        log.warning(problem)


def _end_children_when_ended() -> None:
    """Let SIGTERM, which CI sends to stop a build, end it as Ctrl-C does: with `on_shutdown`."""
    is_main = threading.current_thread() is threading.main_thread()
    if is_main and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def _job(config: MkDocsConfig, locale: Locale, output: Path) -> dict[str, Any]:
    """What builds *locale* of this site to the folder *output* (worker.py)."""
    environ = {**os.environ, **QUIET, SITE_URL: config.site_url or "", CHILD: locale.folder}
    options = {
        "config_file": config.config_file_path,
        "site_dir": str(output),
        "strict": config.strict,
        "use_directory_urls": config.use_directory_urls,
    }
    return {"environ": environ, "options": options}


def _will_abort(config: MkDocsConfig) -> bool:
    """Whether MkDocs is about to abort because of warnings (mkdocs.commands.build, 1.6)."""
    handlers = logging.getLogger("mkdocs").handlers
    counters = [each for each in handlers if isinstance(each, CountHandler)]
    return config.strict and any(counter.get_counts() for counter in counters)
