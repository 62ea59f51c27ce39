"""MkDocs hook: of the theme's files, readers get those that something on the site uses.

What stands in the folder of the pages, or in the site's own ``custom_dir``, is always published.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from annai.plan import PREVIEW
from annai.unused import unused, without_source_map

_theirs: list[str]


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Note what comes from the theme, and stands where the theme looks for it."""
    global _theirs
    if PREVIEW in os.environ:  # nobody but a writer loads it
        _theirs = []
        return env
    own = (config.theme.custom_dir, config.docs_dir)
    folders = [folder for folder in config.theme.dirs if folder not in own]
    theirs = [each for each in files if each.src_dir in folders]
    _theirs = [each.dest_uri for each in theirs if each.dest_uri == each.src_uri]
    return env


@event_priority(-40)
def on_post_build(config: MkDocsConfig) -> None:
    """Take out what is not used, before files are listed (offline.py), and names of source maps."""
    site = Path(config.site_dir)
    there = [path for path in _theirs if (site / path).is_file()]
    gone = unused(site, there)
    for path in gone:
        (site / path).unlink()
        with suppress(OSError):  # other files are in the folder
            os.removedirs((site / path).parent)
    for file in (site / path for path in there if path not in gone):
        if file.suffix in (".css", ".js"):
            text = without_source_map(file.read_text("utf-8"))
            file.write_text(text, "utf-8", newline="\n")
