"""Part of `benchmarks.count`: how the time grows with rows and with rules.

Random laws of `benchmarks.law_sets` (one no-gap law a size), over random people with all of its 18
facts and a ground, everything known. A block of people is drawn once and evaluated again and again
until so many rows are reached, its columns read anew each time: what grows with rows is then the
evaluation alone. numpy stops at ten million rows, since a row costs the same from there on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.boxes import FACTS, GROUNDS
from benchmarks.harness import machine
from benchmarks.law_drafts import TODAY
from benchmarks.law_sets import law_set
from comity.agreement.many.columns import Column, ListedColumn, NumberColumn, Table
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.agreement.values import Truth, exactly
from comity.agreement.vocabulary import LevelType, NumberType

MILLION = 1_000_000
ROWS = MILLION, 10 * MILLION, 100 * MILLION, 304 * MILLION
RULES = 20, 100, 500
MOST_BY_NUMPY = 10 * MILLION
BLOCK = MILLION


def people(size: int, seed: int = 1) -> Table:
    """Random people of the law sets' space, in the smallest types that hold each number."""
    rng = np.random.default_rng(seed)
    columns: dict[str, Column] = {}
    for fact in FACTS:
        if isinstance(fact.type, LevelType):
            most = len(fact.type.scale.levels) - 1
        elif isinstance(fact.type, NumberType):
            most = fact.type.high
        else:
            codes = rng.integers(0, 2, size, dtype=np.int8)
            columns[fact.path] = ListedColumn(codes, (Truth.FALSE, Truth.TRUE))
            continue
        kind = np.int8 if most < 2**7 else np.int16 if most < 2**15 else np.int32
        drawn: Any = rng.integers(0, most + 1, size, dtype=kind)
        columns[fact.path] = NumberColumn(drawn, drawn)
    grounds = tuple(map(exactly, GROUNDS.options))
    columns["ground"] = ListedColumn(rng.integers(0, len(grounds), size, dtype=np.int8), grounds)
    shared = {
        "host": exactly("SWE"),
        "destination.is_origin": Truth.TRUE,
        "origin2.exists": Truth.FALSE,
    }
    return Table(size, columns, shared)


@dataclass(frozen=True)
class Grown:
    """What so many rows took under so many rules: seconds of processor, the first use and the rest."""

    rules: int
    rows: int
    engine: str
    first: float
    seconds: float
    levels: int

    @property
    def nanoseconds(self) -> float:
        """Of a row."""
        return self.seconds / self.rows * 1e9


def grown(rules: Sequence[int] = RULES, rows: Sequence[int] = ROWS) -> Iterator[Grown]:
    """Every size with both engines; of each engine the levels that all people reach, added up."""
    table = people(min(BLOCK, max(rows)))
    for norms in rules:
        regime = law_set("no-gap", norms, 1).regime
        for engine, compiles in (("compiled", True), ("numpy", False)):
            evaluator = Evaluator(regime, TODAY, compile=compiles)
            for size in rows:
                if not compiles and size > MOST_BY_NUMPY:
                    continue
                began = time.process_time()
                evaluator.evaluate(table.part(slice(0, 1)))
                first = time.process_time() - began
                yield _one(evaluator, table, norms, size, engine, first)


def _one(
    evaluator: Evaluator, table: Table, norms: int, size: int, engine: str, first: float
) -> Grown:
    levels, done, seconds = 0, 0, 0.0
    while done < size:
        part = table if size - done >= table.size else table.part(slice(0, size - done))
        began = time.process_time()
        found = evaluator.evaluate(part)
        seconds += time.process_time() - began
        if done == 0:
            levels = _levels(found)
        done += part.size
    return Grown(norms, size, engine, first, seconds, levels)


def _levels(found: Evaluated) -> int:
    return sum(int(one.lower.sum(dtype=np.int64)) for one in found.rights.values())


def growth_section(rules: Sequence[int] = RULES, rows: Sequence[int] = ROWS) -> tuple[str, bool]:
    """The table as a Markdown section, and whether both engines gave the same levels."""
    found = list(grown(rules, rows))
    lines = [
        "## Count, growth with rows and rules",
        "",
        f"{machine()}. Random laws of `benchmarks.law_sets` (no-gap), 19 facts a person, coding included, "
        "one thread, one run each; processor time.",
        "",
        "| engine | rules | rows | ns a row | seconds | first use, s |",
        "|---|---|---|---|---|---|",
    ]
    first: dict[tuple[str, int], float] = {}
    for one in found:
        first.setdefault((one.engine, one.rules), one.first)
    for one in found:
        lines.append(
            f"| {one.engine} | {one.rules} | {one.rows:,} | {one.nanoseconds:.1f} "
            f"| {one.seconds:.2f} | {first[one.engine, one.rules]:.2f} |"
        )
    same = all(
        a.levels == b.levels for a in found for b in found if (a.rules, a.rows) == (b.rules, b.rows)
    )
    verdict = "the same levels" if same else "**NOT the same levels**"
    lines += ["", f"Both engines give everybody {verdict}."]
    return "\n".join(lines) + "\n", same
