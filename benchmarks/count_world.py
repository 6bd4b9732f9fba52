"""Part of `benchmarks.count`: every migrant of the microdata under the agreements of the library.

Every person is a row of `comity.world.microdata`, 304 million of them, drawn in blocks and handed to
the evaluation without a file between. Of every right of two regimes (`encoded`: what stands in the
library today; `imfc`: the same with the framework convention) the four levels of every person are
worked out, surely and possibly, and it is counted who has any of it. Two processes; nothing is kept but
the counts. What the drawing of rows takes is told apart.

With grouping allowed the codes of a block are packed into a few words a person, exactly; equal persons
are evaluated once and counted as many.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import date
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.harness import machine
from comity.agreement.many.circuit import Field
from comity.agreement.many.columns import Table
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.agreement.many.fields import Classes, Coded, Ranks, Same
from comity.api.regimes import read_regime
from comity.world.microdata import BLOCK, blocks, hosts, people_in
from comity.world.microdata.records import as_table

DAY = date(2026, 1, 1)
REGIMES = "encoded", "imfc"
SEED = 1
AIM_SECONDS, AIM_MB = 60.0, 4096.0

Counts = Counter[tuple[str, str, str]]
"""Persons by regime, right, and what is counted of it."""


@dataclass
class Taken:
    """What some rows took: seconds of processor by part, peak memory in MB, persons evaluated."""

    rows: int = 0
    evaluated: int = 0
    draw: float = 0.0
    table: float = 0.0
    evaluate: float = 0.0
    count: float = 0.0
    start: float = 0.0
    peak_mb: float = 0.0
    counts: Counts = field(default_factory=Counter)

    def add(self, other: Taken) -> None:
        """Take another's rows in. Peaks of processes stand beside one another."""
        self.counts.update(other.counts)
        for name in ("rows", "evaluated", "draw", "table", "evaluate", "count", "start"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Evaluators:
    """The regimes, ready for tables."""

    def __init__(self, regimes: Iterable[str] = REGIMES, *, compiles: bool = True) -> None:
        self.by_name = {
            name: Evaluator(read_regime(name).regime, DAY, compile=compiles) for name in regimes
        }

    def evaluate(self, table: Table, taken: Taken, *, is_grouped: bool) -> None:
        """The positions of a table's records, counted."""
        for name, evaluator in self.by_name.items():
            began = time.process_time()
            weights: NDArray[Any] | None = None
            size = table.size
            if is_grouped:
                coded, weights = grouped(evaluator.coded(table), size)
                size = size if weights is None else len(weights)
                found = evaluator.evaluate_coded(coded, size)
            else:
                found = evaluator.evaluate(table)
            evaluated = time.process_time()
            _count(name, found, weights, taken.counts)
            taken.evaluate += evaluated - began
            taken.count += time.process_time() - evaluated
            taken.evaluated += size


def _count(regime: str, found: Evaluated, weights: NDArray[Any] | None, counts: Counts) -> None:
    """Who surely has any of a right, and who possibly."""
    for right, positions in found.rights.items():
        surely = _held(positions.lower, weights)
        is_known = positions.lower_possible is positions.lower
        possibly = surely if is_known else _held(positions.lower_possible, weights)
        counts[regime, right, "surely"] += surely
        counts[regime, right, "possibly"] += possibly


def _held(levels: NDArray[Any], weights: NDArray[Any] | None) -> int:
    """The persons who have any level at all."""
    if not levels.strides[0]:  # the same for all
        return int(bool(levels[0])) * int(levels.size if weights is None else weights.sum())
    return int(np.count_nonzero(levels != 0) if weights is None else weights[levels != 0].sum())


# ---- equal records ----
def grouped(
    coded: Mapping[Field, Coded], size: int
) -> tuple[Mapping[Field, Coded], NDArray[np.int64] | None]:
    """Different records with how many persons each stands for; None: each for itself."""
    arrays: dict[int, NDArray[Any]] = {}
    for one in coded.values():
        for array in _arrays(one):
            arrays[id(array)] = array
    words = packed(list(arrays.values()), size)
    key = words[0].copy()
    for word in words[1:]:
        key *= np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
        key += word
    order = np.argsort(key)
    ordered = key[order]
    is_first = np.ones(size, dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    counts = np.diff(starts, append=size)
    first = order[starts]
    stands = np.repeat(first, counts)
    if any((word[order] != word[stands]).any() for word in words):
        return coded, None  # two records that differ share a key: never seen, and then not grouped
    kept = {name: array[first] for name, array in arrays.items()}
    return {of: _with(one, kept) for of, one in coded.items()}, counts


def packed(arrays: list[NDArray[Any]], size: int) -> list[NDArray[np.uint64]]:
    """Codes side by side in as few words of 64 bits as they need, in the order given."""
    words: list[NDArray[np.uint64]] = []
    used = 64
    for array in arrays:
        bits = max(1, int(array.max()).bit_length()) if array.dtype != np.bool_ else 1
        if used + bits > 64:
            words.append(np.zeros(size, dtype=np.uint64))
            used = 0
        words[-1] |= array.astype(np.uint64) << np.uint64(used)
        used += bits
    return words


def _arrays(one: Coded) -> tuple[NDArray[Any], ...]:
    found: tuple[Any, ...] = ()
    match one:
        case Ranks(low, high):
            found = (low,) if low is high else (low, high)
        case Classes(codes):
            found = (codes,)
        case Same():
            pass
    return found


def _with(one: Coded, kept: Mapping[int, NDArray[Any]]) -> Coded:
    match one:
        case Ranks(low, high):
            return replace(one, low=kept[id(low)], high=kept[id(high)])
        case Classes(codes):
            return replace(one, codes=kept[id(codes)])
        case Same():
            return one


# ---- processes ----
_ready: Evaluators | None = None


def of_host(host: str, share: float, is_grouped: bool) -> Taken:
    """A host's people, or the first of them, in whichever process this is."""
    global _ready
    taken = Taken()
    began = time.process_time()
    if _ready is None:
        _ready = Evaluators()
        taken.start = time.process_time() - began
    rows = max(1, round(people_in(host) * share))
    stream = blocks(host, SEED)
    while taken.rows < rows:
        began = time.process_time()
        block = next(stream, None)
        if block is None:
            break
        drawn = time.process_time()
        table = as_table(block)
        made = time.process_time()
        taken.draw += drawn - began
        taken.table += made - drawn
        taken.rows += table.size
        _ready.evaluate(table, taken, is_grouped=is_grouped)
    taken.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return taken


def everybody(share: float = 1.0, *, is_grouped: bool, processes: int = 2) -> tuple[Taken, float]:
    """Everybody, or the first of each host; and the seconds by the clock, start included."""
    began = time.perf_counter()
    largest_first = sorted(hosts(), key=people_in, reverse=True)
    whole = Taken()
    peaks: dict[int, float] = {}
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        asked = [pool.submit(_told, host, share, is_grouped) for host in largest_first]
        for number, done in enumerate(as_completed(asked), start=1):
            process, taken = done.result()
            whole.add(taken)
            peaks[process] = max(peaks.get(process, 0.0), taken.peak_mb)
            if number % 50 == 0:
                print(f"{whole.rows:,} rows", file=sys.stderr, flush=True)
    whole.peak_mb = sum(peaks.values())
    return whole, time.perf_counter() - began


def _told(host: str, share: float, is_grouped: bool) -> tuple[int, Taken]:
    import os

    return os.getpid(), of_host(host, share, is_grouped)


# ---- the table ----
def world_section(share: float = 1.0, *, processes: int = 2) -> tuple[str, bool]:
    """Both runs as a Markdown section, and whether they count the same people."""
    runs = {
        title: everybody(share, is_grouped=is_grouped, processes=processes)
        for title, is_grouped in (("forbidden", False), ("allowed", True))
    }
    first = runs["forbidden"][0]
    lines = [
        "## Count, everybody under the library",
        "",
        f"{machine()}. {first.rows:,} rows of the microdata, blocks of {BLOCK:,}, "
        f"{processes} processes, one run each; `{'` and `'.join(REGIMES)}`, surely and possibly, compiled. "
        "Processor time is that of both processes; peak memory is theirs added up.",
        "",
        "| equal records grouped | wall, s | million rows a second | processor, s: all | drawing rows "
        "| as a table | positions | counting | records evaluated | peak memory, MB |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for title, (taken, wall) in runs.items():
        parts = (taken.draw, taken.table, taken.evaluate, taken.count)
        share_evaluated = taken.evaluated / (taken.rows * len(REGIMES))
        numbers = " | ".join(f"{one:.1f}" for one in (sum(parts) + taken.start, *parts))
        lines.append(
            f"| {title} | {wall:.1f} | {taken.rows / wall / 1e6:.2f} | {numbers} "
            f"| {share_evaluated:.0%} | {taken.peak_mb:.0f} |"
        )
    same = first.counts == runs["allowed"][0].counts
    lines += ["", f"Both count {'the same people' if same else '**NOT the same people**'}.", ""]
    for title, (taken, wall) in runs.items():
        everyone = sum(map(people_in, hosts()))
        told = wall * everyone / taken.rows
        is_met = told < AIM_SECONDS and taken.peak_mb < AIM_MB
        scaled = "" if share >= 1 else f", scaled from {taken.rows / everyone:.1%} of the rows"
        lines.append(
            f"- Aim: everybody, grouping {title}, in under {AIM_SECONDS:g} s and "
            f"{AIM_MB / 1024:g} GB. {told:.1f} s{scaled}, {taken.peak_mb / 1024:.2f} GB: "
            f"**{'met' if is_met else 'NOT met'}**."
        )
    return "\n".join(lines) + "\n", same
