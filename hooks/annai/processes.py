"""Running a build for each locale, so many at once that no core is ever idle."""

from __future__ import annotations

import math
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """How a process ended."""

    name: str
    code: int
    """The exit code; negative if it was stopped by a signal."""
    output: str
    """What it printed, standard output and error in one."""


class Processes:
    """Child processes that run beside the work of this process.

    This process counts as one of them until `join` is called.
    """

    def __init__(self, at_once: int) -> None:
        self._executor = ThreadPoolExecutor(max_workers=at_once)
        self._own_work_done = threading.Event()
        self._executor.submit(self._own_work_done.wait)
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[str]] = set()
        self._stopped = False
        self._results: list[Future[Result]] = []

    def start(self, name: str, command: Sequence[str], environ: Mapping[str, str]) -> None:
        """Run *command* as soon as there is a core for it."""
        self._results.append(self._executor.submit(self._run, name, command, environ))

    def join(self) -> list[Result]:
        """Wait for every process; the results in the order they were started."""
        self._own_work_done.set()
        results = [future.result() for future in self._results]
        self._executor.shutdown()
        return results

    def stop(self) -> None:
        """End every process that runs, and start no other."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.terminate()
        self._own_work_done.set()
        self._executor.shutdown(cancel_futures=True)

    def _run(self, name: str, command: Sequence[str], environ: Mapping[str, str]) -> Result:
        with self._lock:
            if self._stopped:
                return Result(name, 1, "")
            process = subprocess.Popen(
                command,
                env=dict(environ),
                stdin=subprocess.PIPE,  # see end_with_parent
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            )
            self._running.add(process)
        assert process.stdin and process.stdout
        with process.stdin, process.stdout:
            output = process.stdout.read()
            process.wait()
        with self._lock:
            self._running.discard(process)
        return Result(name, process.returncode, output)


def end_with_parent() -> None:
    """Let this process, one of `Processes`, end when its parent does, even if that was killed.

    The parent never writes to its standard input, so that is at its end when there is no parent.
    """
    if stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
        threading.Thread(target=_end_after_input, daemon=True).start()


def _end_after_input() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


RECORD = re.compile(r"(DEBUG|INFO|WARNING|ERROR|CRITICAL) +-  ")
"""How MkDocs begins a message (mkdocs.__main__, 1.6)."""


def records(output: str) -> list[tuple[str, str]]:
    r"""Level and text of each message that a build printed; the level is empty where it has none.

    >>> records("INFO    -  These pages:\n  - a.md\nWARNING -  Careful\n")
    [('INFO', 'These pages:\n  - a.md'), ('WARNING', 'Careful')]
    """
    found: list[tuple[str, str]] = []
    for line in output.splitlines():
        match = RECORD.match(line)
        if match:
            found.append((match[1], line[match.end() :]))
        elif not found or line.startswith(("Traceback", "Aborted")):
            found.append(("", line))
        else:
            level, text = found[-1]
            found[-1] = level, f"{text}\n{line}"
    return [(level, text.rstrip()) for level, text in found if text.strip()]


def warnings(result: Result) -> list[tuple[str, str]]:
    """Level and text of what a build that succeeded warned of."""
    return [each for each in records(result.output) if each[0] in ("WARNING", "ERROR", "CRITICAL")]


def at_once(jobs: int, cores: int) -> int:
    """How many of *jobs*, all of about the same size, to run at once on *cores*.

    At most two for each core, and so many that the last round is about as full as the others:
    5 jobs on 2 cores, two at a time, would leave a core idle for the whole of the last job.

    >>> [at_once(jobs, cores=2) for jobs in (1, 3, 4, 5, 9)]
    [1, 3, 4, 3, 3]
    """
    rounds = math.ceil(jobs / (2 * cores))
    return math.ceil(jobs / rounds)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
