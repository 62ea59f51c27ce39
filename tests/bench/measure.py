"""What work costs: time, processor time and memory, of all processes that take part."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path

import psutil

from annai.processes import cores

INTERVAL = 0.1
"""Seconds between two looks at the memory."""

ENVIRON = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}
"""An installed package has its bytecode; ours must be allowed to keep its own."""


@dataclass(frozen=True)
class Cost:
    """What some work took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of all processes together, in the program and in the kernel."""
    memory: float
    """MB: the most that all processes had at the same time, what they share counted in each."""


def run(commands: Sequence[Sequence[str | Path]], folder: Path) -> Cost:
    """The cost of *commands* in *folder*, as many at once as there are cores.

    Raises RuntimeError, with what the program said, if one fails.
    """

    def one(command: Sequence[str | Path]) -> None:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **ENVIRON},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )
        if done.returncode:
            raise RuntimeError(f"{command} failed:\n{done.stdout}\n{done.stderr}")

    before, start = _cpu(), time.perf_counter()
    with _Memory() as memory, ThreadPoolExecutor(cores()) as pool:
        for _ in pool.map(one, commands):
            pass
        wall = time.perf_counter() - start
    return Cost(wall, _cpu() - before, memory.most / 1e6)


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure of *costs*."""
    return Cost(*map(statistics.median, zip(*map(astuple, costs), strict=True)))


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median time of each of *works*, in seconds, after one round that does not count."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for index, work in enumerate(works):
            taken = seconds(work)
            if number:
                times[index].append(taken)
    return [statistics.median(each) for each in times]


def _cpu() -> float:
    """The processor time of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Memory(threading.Thread):
    """Watches the memory of all processes below this one, while it is entered."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        """Bytes."""
        self._is_over = threading.Event()

    def __enter__(self) -> _Memory:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self.join()

    def run(self) -> None:
        this = psutil.Process()
        while not self._is_over.wait(INTERVAL):
            self.most = max(self.most, sum(map(_memory, this.children(recursive=True))))


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0
