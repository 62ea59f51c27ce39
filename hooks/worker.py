"""What `mkdocs build` starts for locales other than the source: it builds one after the other.

It is no hook. A process of its own knows from one build to the next what does not change: Python's
modules, templates, and what was read before.
"""

from __future__ import annotations

import logging
import os
import traceback
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from annai.processes import Message, do_jobs


class Said(logging.Handler):
    """Takes note of what a build says."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of *record*."""
        self.messages.append((record.levelname, record.getMessage()))


def work(job: dict[str, Any]) -> tuple[bool, list[Message]]:
    """Build what *job* says: the environment, and options of `mkdocs build`."""
    os.environ.clear()
    os.environ.update(job["environ"])
    said, log = Said(), logging.getLogger("mkdocs")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(said)
    try:
        config = load_config(**job["options"])
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as error:
        return False, [*said.messages, ("ERROR", str(error))]
    except Exception:
        return False, [*said.messages, ("", traceback.format_exc())]
    finally:
        log.removeHandler(said)
    return True, said.messages


if __name__ == "__main__":
    do_jobs(work)
