"""Processes that do jobs, each one after the other, so many at once that no core is idle."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from annai.listener import Message


@dataclass(frozen=True)
class Result:
    """How a job ended."""

    name: str
    is_good: bool
    said: tuple[Message, ...]

    @property
    def warnings(self) -> list[Message]:
        """What it said that is worth telling."""
        return [each for each in self.said if each[0] not in ("DEBUG", "INFO")]

    @property
    def failure(self) -> str:
        """Why it failed, in its own words."""
        said = [text for _, text in self.warnings if not text.startswith("Aborted with")]
        return "\n".join([f"the build of {self.name} failed:", *said])


class Processes:
    """At most *at_once* processes that run *command*, and do what `do_jobs` gets from here.

    A process is started when there is a job for it, and stays for the next.
    """

    def __init__(self, command: Sequence[str], at_once: int) -> None:
        self._command = command
        self._executor = ThreadPoolExecutor(max_workers=at_once)
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[str]] = set()
        self._idle: list[subprocess.Popen[str]] = []
        self._done: dict[subprocess.Popen[str], set[str]] = {}
        """The names of the jobs that each has done, of which it may know something still."""
        self._stopped = False
        self._results: list[Future[Result]] = []

    def start(
        self, name: str, job: Mapping[str, Any], done: Callable[[], None] = lambda: None
    ) -> None:
        """Have *job*, which is JSON, done as soon as there is a process for it.

        If all went well, *done* is called then, in another thread.
        """
        self._results.append(self._executor.submit(self._do, name, job, done))

    def join(self) -> list[Result]:
        """Wait for every job; the results in the order in which they were started."""
        results = [future.result() for future in self._results]
        self._results.clear()
        return results

    def stop(self) -> None:
        """End every process, and start no other."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.terminate()
        self._executor.shutdown(cancel_futures=True)
        for process in self._running:
            assert process.stdin and process.stdout
            with suppress(OSError), process.stdin, process.stdout:
                process.wait()
        self._running.clear()

    def _do(self, name: str, job: Mapping[str, Any], done: Callable[[], None]) -> Result:
        process = self._process(name)
        if process is None:
            return Result(name, False, ())
        assert process.stdin and process.stdout
        try:
            process.stdin.write(f"{json.dumps(job)}\n")
            process.stdin.flush()
        except OSError:
            pass  # it has ended, as its silence tells
        if answer := process.stdout.readline():
            with self._lock:
                self._done[process].add(name)
                self._idle.append(process)
            is_good, said = json.loads(answer)
            if is_good:
                done()
            return Result(name, is_good, tuple((level, text) for level, text in said))
        return Result(name, False, (("", f"the process ended with {process.wait()}"),))

    def _process(self, name: str) -> subprocess.Popen[str] | None:
        """A process without a job, at best one that has done one of this *name*.

        None if there are to be no more.
        """
        with self._lock:
            if self._stopped:
                return None
            if self._idle:
                chosen = max(self._idle, key=lambda each: name in self._done[each])
                self._idle.remove(chosen)
                return chosen
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            self._running.add(process)
            self._done[process] = set()
            return process


def do_jobs(work: Callable[[Any], tuple[bool, list[Message]]]) -> None:
    """Do the jobs that the parent of this process, one of `Processes`, has for it.

    It ends when its parent does, even if that was killed: then its standard input is at its end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this one
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what anything prints is no answer
    jobs: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_read_jobs, args=(jobs,), daemon=True).start()
    while True:
        answers.write(f"{json.dumps(work(jobs.get()))}\n")
        answers.flush()
        gc.collect()  # what one job has left must not be in memory beside what the next one needs


def _read_jobs(jobs: SimpleQueue[Any]) -> None:
    for line in sys.stdin.buffer:
        jobs.put(json.loads(line))
    os._exit(1)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
