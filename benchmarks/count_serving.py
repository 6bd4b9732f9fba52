"""How an engine of `benchmarks.count` takes its turns in a process of its own.

The process makes ready, says so, and takes a turn for every line that it is sent: as many runs as last
a tenth of a second, at least one. It answers in JSON: seconds of a run by the clock, seconds of processor
(user and system), peak memory in MB, and the levels of everybody added up, by which the engines are
compared. Uses nothing but Python's own library: an
engine may live in an environment without comity.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

TURN = 0.1
"""Seconds of processor that a turn lasts at least."""

Sums = tuple[int, int]
"""Protection and residence, added up."""


def peak_here() -> float:
    """The highest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def serve(
    run: Callable[[], Any],
    sums: Callable[[Any], Sums],
    setup: Callable[[], None],
    *,
    clock: Callable[[], float] = time.process_time,
    peak: Callable[[], float] = peak_here,
) -> None:
    """Take turns until nobody asks any more.

    run: what is timed. sums: of what it returns; not timed. setup: before each run; not timed.
    clock, peak: seconds of processor and memory in MB, where another process does the work.
    """
    print(json.dumps("ready"), flush=True)
    for _ in sys.stdin:
        wall = cpu = 0.0
        runs = 0
        found: Any = None
        while cpu < TURN:
            del found
            setup()
            began, cpu_began = time.perf_counter(), clock()
            found = run()
            cpu += clock() - cpu_began
            wall += time.perf_counter() - began
            runs += 1
        said = {"wall": wall / runs, "cpu": cpu / runs, "peak_mb": peak(), "sums": sums(found)}
        print(json.dumps(said), flush=True)


class Engine:
    """A process that takes turns. Raises RuntimeError where it dies or never gets ready."""

    def __init__(
        self, name: str, argv: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.process = subprocess.Popen(
            list(argv), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=cwd, env=env
        )
        if self._answer() != "ready":
            raise RuntimeError(f"{name} did not get ready")

    def turn(self) -> dict[str, Any]:
        """One turn."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        found = self._answer()
        assert isinstance(found, dict)
        return found

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with status {self.process.wait()}")
        return json.loads(line)

    def close(self) -> None:
        """No more turns."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
