"""MkDocs hook: the site can be read without a connection, and installed (annai.offline).

``extra.annai.offline: false`` has the worker of readers who come back end itself.
"""

from __future__ import annotations

import os
from html import unescape
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from annai.errors import ContentError
from annai.folders import files_below
from annai.offline import LIST, MANIFEST, SHARED, WORKER, icon, listing, manifest
from annai.plan import Plan, make_plan

SCRIPTS = "assets/javascripts/offline/"
"""The folder of the worker that keeps pages, and of the one that ends it."""

ANSWER = "offline.md"
"""The page that tells a reader that another one is not kept; a site may have its own."""

SOURCE = "---\ntemplate: offline.html\nsearch:\n  exclude: true\n---\n"

_plan: Plan
_is_on: bool
_has_worker: bool
_files: Files


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find out whether pages are to be kept; never while serving, where they change."""
    global _plan, _is_on, _has_worker
    try:
        _plan = make_plan(Path(config.config_file_path), os.environ)
        _is_on = _plan.site.offline and not _plan.preview
    except ContentError as error:
        raise PluginError(str(error)) from None
    folders = [Path(folder) for folder in config.theme.dirs]
    _has_worker = any((folder / SCRIPTS / "worker.js").is_file() for folder in folders)
    return config


@event_priority(50)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the worker at the root, and a page for what is not kept into each language."""
    scripts = {name: files.get_file_from_path(f"{SCRIPTS}{name}.js") for name in ("worker", "off")}
    chosen = scripts.pop("worker" if _is_on else "off")
    if chosen:
        chosen.dest_uri = WORKER
        vars(chosen).pop("url", None)
    for other in filter(None, scripts.values()):
        files.remove(other)
    if _is_on and _has_worker and not files.get_file_from_path(ANSWER):
        hidden = InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, ANSWER, content=SOURCE, inclusion=hidden))
    return files


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Tell templates where the worker and the manifest are."""
    global _files
    _files = files
    folder = _plan.folder(_plan.locale)
    env.globals["manifest_url"] = folder + MANIFEST
    env.globals["offline"] = {"folder": folder, "worker": WORKER} if _is_on else None
    return env


@event_priority(-50)
def on_post_build(config: MkDocsConfig) -> None:
    """Write the lists and the manifest, once all that is listed is there."""
    if not _files.documentation_pages():  # the build of a shard leaves them to another
        return
    site = Path(config.site_dir)
    folder = _plan.folder(_plan.locale)
    (site / folder).mkdir(parents=True, exist_ok=True)
    (site / folder / MANIFEST).write_bytes(_manifest(config))
    answer = _files.get_file_from_path(ANSWER)
    if not (_is_on and _has_worker and answer):
        return
    paths = {f"{folder}{path}" for path in files_below(site / folder)}
    shared = set() if _plan.child else {path for path in paths if _is_shared(path)}
    (site / folder / LIST).write_bytes(listing(site, sorted(paths - shared), answer.url))
    if not _plan.child:
        (site / SHARED / LIST).write_bytes(listing(site, sorted(shared)))


def _is_shared(path: str) -> bool:
    """Whether a file that the build of the source wrote belongs to every language."""
    file = _files.src_uris.get(path)
    return path.startswith(SHARED) or bool(file and not file.is_documentation_page())


def _manifest(config: MkDocsConfig) -> bytes:
    """The manifest of the language. Raises PluginError for an icon that cannot be one."""
    folder, site = _plan.folder(_plan.locale), _plan.site
    start = "./" if config.use_directory_urls else "index.html"
    own = (str(config.theme.get(key) or "") for key in ("favicon", "logo"))
    icons = []
    for name in dict.fromkeys([*site.icons, *own]):
        file = _files.get_file_from_path(name)
        is_ours = file is not None and file.src_dir == config.docs_dir
        src = get_relative_url(file.url, folder) if file else ""
        found = icon(src, file.content_bytes) if file and is_ours else None
        if found:
            icons.append(found)
        elif name in site.icons:
            problem, fix = f'"{name}" is no PNG or SVG of the site', "name pictures by their paths"
            fix = f"{fix} from {site.shown(site.docs)}"
            raise PluginError(str(site.error(("icons", "*", name), problem, fix)))
    root = get_relative_url("./", folder) if folder else "./"
    return manifest(
        unescape(config.site_name),
        _plan.locale,
        root,
        start,
        description=unescape(config.site_description or ""),
        theme_color=site.color,
        background_color=site.color and "#ffffff",
        icons=icons,
    )
