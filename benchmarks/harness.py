"""A small, honest stopwatch, shared by every benchmark here.

Contestants run in the same session, in alternation, the order turned round every other time, so
that a busy minute of the machine falls on both. Reported are the median, the least and the most:
of wall time, of processor time (user and system, all threads), and the highest peak of memory.
Nothing is thrown away but the warm-up rounds, and their number is printed.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: seconds by the clock, seconds of processor, peak memory of the process in MB."""

    wall: float
    cpu: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Contestant:
    """Something to time: `run` does it once and says what it took."""

    name: str
    run: Callable[[], Sample]


@dataclass(frozen=True, slots=True)
class Measurement:
    """All rounds of one contestant, in the order in which they were run."""

    name: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and most of some numbers."""

    median: float
    least: float
    most: float

    @staticmethod
    def of(numbers: Sequence[float]) -> Spread:
        """The spread of at least one number."""
        return Spread(statistics.median(numbers), min(numbers), max(numbers))

    def __str__(self) -> str:
        return f"{self.median:.3f} ({self.least:.3f} to {self.most:.3f})"


# Started between this process and the timed one: a new process inherits the peak of whoever forks
# it, and this one is small. So no peak below a bare interpreter's can be seen.
_LAUNCHER = """
import json, os, sys, time
command, quiet = sys.argv[1:], os.open(os.devnull, os.O_RDWR)
began = time.perf_counter()
child = os.posix_spawnp(command[0], command, os.environ, file_actions=[
    (os.POSIX_SPAWN_DUP2, quiet, 0), (os.POSIX_SPAWN_DUP2, quiet, 1)])
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - began
print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss,
    os.waitstatus_to_exitcode(status)]))
"""


def command(
    name: str,
    argv: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Contestant:
    """A command, in a process of its own each time; it must exit 0, and its stdout is dropped.

    env: variables on top of this process's own.
    Raises subprocess.CalledProcessError, when run, if the command fails.
    """

    def run() -> Sample:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER, *argv],
            env=os.environ | dict(env or {}),
            cwd=cwd,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        wall, cpu, peak, status = json.loads(done.stdout)
        if status:
            raise subprocess.CalledProcessError(status, list(argv))
        return Sample(wall, cpu, _peak_in_mb(peak))

    return Contestant(name, run)


def function(
    name: str,
    call: Callable[[], object],
    *,
    setup: Callable[[], object] | None = None,
    repeat: int = 1,
) -> Contestant:
    """A call in this process. `setup` runs before each round and is not timed.

    repeat: calls in a row; the sample is then the mean of one. For calls shorter than the clock's
    own noise.

    Peak memory is that of the whole process during the call where the system lets us start the
    peak afresh (Linux), and its peak so far elsewhere.
    """

    def run() -> Sample:
        if setup is not None:
            setup()
        _forget_peak()
        began, cpu_began = time.perf_counter(), time.process_time()
        for _ in range(repeat):
            call()
        cpu, wall = time.process_time() - cpu_began, time.perf_counter() - began
        return Sample(wall / repeat, cpu / repeat, _peak_here_mb())

    return Contestant(name, run)


def alternate(
    contestants: Sequence[Contestant], *, rounds: int, warm_up: int = 1
) -> tuple[Measurement, ...]:
    """Run every contestant once a round, forwards and backwards in turn.

    rounds: counted rounds, at least 1; warm_up: rounds before them that are run and dropped.
    Returns one measurement per contestant, in the order given.
    """
    if rounds < 1 or warm_up < 0:
        raise ValueError(f"rounds must be at least 1 and warm_up at least 0: {rounds}, {warm_up}")
    taken: dict[str, list[Sample]] = {contestant.name: [] for contestant in contestants}
    if len(taken) != len(contestants):
        raise ValueError("two contestants have one name")
    for number in range(warm_up + rounds):
        order = contestants if number % 2 == 0 else tuple(reversed(contestants))
        for contestant in order:
            sample = contestant.run()
            if number >= warm_up:
                taken[contestant.name].append(sample)
    return tuple(Measurement(name, tuple(samples)) for name, samples in taken.items())


def ratios(first: Measurement, second: Measurement) -> Spread:
    """Wall time of `first` over that of `second`, round by round: each pair shared its minute."""
    pairs = zip(first.samples, second.samples, strict=True)
    return Spread.of([one.wall / other.wall for one, other in pairs])


def median_wall(measurement: Measurement) -> float:
    """The median of the seconds by the clock."""
    return Spread.of([sample.wall for sample in measurement.samples]).median


def aim(what: str, measurement: Measurement, seconds: float) -> str:
    """A line that says what was aimed at, what was measured, and whether that is met."""
    taken = median_wall(measurement)
    verdict = "met" if taken < seconds else "NOT met"
    return f"Aim: {what} in under {seconds:g} s. Median {taken:.3f} s: **{verdict}**."


def report(
    title: str, measurements: Sequence[Measurement], *, warm_up: int = 1, unit: str = "s"
) -> str:
    """A Markdown section: machine, rounds, a table; the first contestant against each other one.

    unit: of the times in the table, `s` or `ms`.
    """
    scale = {"s": 1.0, "ms": 1000.0}[unit]
    rounds = len(measurements[0].samples)
    lines = [
        f"## {title}",
        "",
        f"{machine()}. {rounds} rounds in alternation after {warm_up} dropped; "
        "median (least to most).",
        "",
        f"| contestant | wall, {unit} | processor, {unit} | peak memory, MB |",
        "|---|---|---|---|",
    ]
    for measured in measurements:
        wall = Spread.of([sample.wall * scale for sample in measured.samples])
        cpu = Spread.of([sample.cpu * scale for sample in measured.samples])
        peak = max(sample.peak_mb for sample in measured.samples)
        lines.append(f"| {measured.name} | {wall} | {cpu} | {peak:.0f} |")
    first = measurements[0]
    for other in measurements[1:]:
        lines += ["", f"{first.name} / {other.name}: {ratios(first, other)} times the wall time."]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """What it ran on, in words that name no host: processor, cores, memory, system, Python."""
    memory = _memory_gb()
    parts = (
        _processor(),
        f"{_cores()} cores",
        f"{memory:.0f} GB" if memory else "",
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
    )
    return ", ".join(part for part in parts if part)


def write_section(page: Path, section: str) -> None:
    """Put a section into a page of results, in the place of the one with the same heading."""
    heading = section.splitlines()[0]
    old = page.read_text(encoding="utf-8") if page.exists() else "# Results\n"
    before, found, after = old.partition(f"{heading}\n")
    _, next_heading, rest = after.partition("\n## ") if found else ("", "", "")
    kept = before.rstrip("\n") + "\n\n"
    page.write_text(kept + section + (f"\n## {rest}" if next_heading else ""), encoding="utf-8")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor()


def _cores() -> int:
    """Cores that this process may use, which in a container are fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory_gb() -> float:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (ValueError, OSError, AttributeError):
        return 0.0


def _peak_in_mb(max_rss: int) -> float:
    """macOS counts bytes, everyone else kilobytes."""
    return max_rss / (2**20 if sys.platform == "darwin" else 2**10)


def _forget_peak() -> None:
    """Start the process's peak of memory afresh, where that can be done."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def _peak_here_mb() -> float:
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**10
    except (OSError, StopIteration):
        import resource

        return _peak_in_mb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
