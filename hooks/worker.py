"""What `mkdocs build` starts for other languages: it reads catalogs, and builds what it is told.

It is no hook. A process of its own knows from one build to the next what does not change: Python's
modules, templates, and what was read before.
"""

from __future__ import annotations

import logging
import os
import traceback
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from annai.errors import ContentError
from annai.guard import site_guard
from annai.listener import Listener, Message
from annai.locales import Locale
from annai.processes import do_jobs
from annai.site import read_site
from annai.summary import summary


def work(job: dict[str, Any]) -> tuple[bool, list[Message]]:
    """Do *job*: read a catalog, or build what the options of `mkdocs build` say.

    The environment is that of the parent, with what is for this process alone.
    """
    os.environ.clear()
    os.environ.update(job["environ"])
    return _read(job) if "catalog" in job else _build(job)


def _read(job: dict[str, Any]) -> tuple[bool, list[Message]]:
    """Read the *catalog* of the *site*, so that it is kept for all; whether it could be read."""
    try:
        site = read_site(Path(job["site"]))
        summary(site, Locale(job["catalog"]), site_guard(site))
    except ContentError as error:
        return False, [("ERROR", str(error))]
    return True, []


def _build(job: dict[str, Any]) -> tuple[bool, list[Message]]:
    listener, log = Listener(), logging.getLogger("mkdocs")
    log.setLevel(logging.INFO)
    log.propagate = False
    listener.listen()
    try:
        config = load_config(**job["options"])
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as error:
        return False, [*listener.said, ("ERROR", str(error))]
    except Exception:
        return False, [*listener.said, ("", traceback.format_exc())]
    finally:
        listener.stop()
    return True, listener.said


if __name__ == "__main__":
    do_jobs(work)
