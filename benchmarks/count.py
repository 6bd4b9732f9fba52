"""What counting costs: twenty rules beside four peers, everybody under the library, growth, engines.

Run: `python -m benchmarks.count [--only peers|world|growth|engines] [--rounds N] [--write]`.

**Peers** (`count_law.md`: 22 fields, 20 rules, six exceptions and one exception to an exception). Each
engine is a process with one thread and takes its turns in alternation; time is that of the processor,
user and system. All must give everybody the same levels. OpenFisca's facts are handed over before
the clock starts, unless it says `set_input`; comity's columns are coded inside it, unless they are
called coded. OpenFisca does not know unknown facts, positions that are only possible, dates, parties or
who decides; here nothing is unknown, so comity's certain and possible levels fall together, and it is
not asked for the norm that decides.

**World**, **growth** and **engines** have their own modules: `count_world`, `count_growth`,
`count_databases`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import count_law, count_peers
from benchmarks.count_databases import databases_section
from benchmarks.count_engines import MAKERS
from benchmarks.count_growth import growth_section
from benchmarks.count_serving import Engine, Sums
from benchmarks.count_world import world_section
from benchmarks.harness import (
    Contestant,
    Measurement,
    Sample,
    Spread,
    alternate,
    machine,
    write_section,
)

RESULTS = Path(__file__).with_name("RESULTS.md")
THREADS = "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS"
"""What libraries ask how many threads they may start."""

NAMES: Mapping[str, str] = {
    "comity-compiled-coded": "comity, compiled, coded columns",
    "comity-numpy-coded": "comity, numpy, coded columns",
    "comity-compiled": "comity, compiled, coding included",
    "comity-numpy": "comity, numpy, coding included",
    "openfisca": "OpenFisca",
    "openfisca-inputs": "OpenFisca, with `set_input`",
    "numpy-coded": "plain numpy, codes",
    "numpy": "plain numpy, natural types",
    "duckdb": "DuckDB, ordered `CASE`, sums only",
    "duckdb-staged": "DuckDB, staged, sums only",
    "c-coded": "C, codes of one byte",
    "c": "C, natural types",
}
"""The engines, as the table calls them."""


@dataclass(frozen=True)
class Compared:
    """Engines that were compared. missing: why an engine is not among them."""

    persons: int
    warm_up: int
    measurements: tuple[Measurement, ...]
    sums: Mapping[str, Sums]
    missing: Mapping[str, str]

    @property
    def disagree(self) -> bool:
        """Whether not all engines give everybody the same levels."""
        return len(set(self.sums.values())) > 1

    def of(self, name: str) -> Measurement | None:
        """The measurement of an engine."""
        return next((m for m in self.measurements if m.name == NAMES[name]), None)

    def nanoseconds(self, measurement: Measurement) -> Spread:
        """Processor time a person."""
        return Spread.of([sample.cpu * 1e9 / self.persons for sample in measurement.samples])

    def times(self, slower: str, faster: str) -> Spread | None:
        """How many times as long one takes as the other, round by round."""
        one, other = self.of(slower), self.of(faster)
        if one is None or other is None:
            return None
        pairs = zip(one.samples, other.samples, strict=True)
        return Spread.of([a.cpu / b.cpu for a, b in pairs])


def compare(
    persons: int, rounds: int, *, names: Sequence[str] = tuple(NAMES), warm_up: int = 1
) -> Compared:
    """All engines on one population, in alternation."""
    sums: dict[str, Sums] = {}
    missing: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as made, ExitStack() as open_engines:
        folder = Path(made)
        count_law.write_population(folder, persons)
        contestants = []
        for name in names:
            try:
                engine = Engine(
                    name, argv(name, folder, persons), cwd=count_peers.ROOT, env=_environment()
                )
            except count_peers.NotThere as why:
                missing[name] = str(why)
                continue
            open_engines.callback(engine.close)
            contestants.append(_contestant(engine, sums))
        measured = alternate(contestants, rounds=rounds, warm_up=warm_up)
    return Compared(persons, warm_up, measured, sums, missing)


def _environment() -> dict[str, str]:
    here = str(count_peers.ROOT)
    return os.environ | dict.fromkeys(THREADS, "1") | {"PYTHONPATH": here}


def argv(name: str, folder: Path, persons: int) -> list[str]:
    """The command of an engine. Raises NotThere if it cannot be had."""
    if name in MAKERS:
        return [sys.executable, "-m", "benchmarks.count_engines", name, str(folder)]
    if name.startswith("openfisca"):
        inputs = "inputs" if name.endswith("inputs") else "no-inputs"
        python = str(count_peers.openfisca_python())
        return [python, "-m", "benchmarks.count_openfisca", str(folder), inputs]
    program = folder / "count_law"
    if not program.exists():
        program = count_peers.compiled_c(folder)
    return [str(program), str(folder), str(persons), "coded" if name == "c-coded" else "natural"]


def _contestant(engine: Engine, sums: dict[str, Sums]) -> Contestant:
    def run() -> Sample:
        said = engine.turn()
        found = int(said["sums"][0]), int(said["sums"][1])
        if sums.setdefault(engine.name, found) != found:
            raise RuntimeError(f"{engine.name} gives other levels than the last time")
        return Sample(said["wall"], said["cpu"], said["peak_mb"])

    return Contestant(NAMES[engine.name], run)


AIMS: tuple[tuple[str, str, str, float], ...] = (
    ("comity with numpy on coded columns", "openfisca", "comity-numpy-coded", 6),
    ("comity compiled on coded columns", "openfisca", "comity-compiled-coded", 25),
    ("comity with numpy, coding included", "openfisca", "comity-numpy", 3),
    ("comity compiled, coding included", "openfisca", "comity-compiled", 8),
)
"""What is said to be so many times as fast as OpenFisca, whose facts are there already."""

C_AIMS: tuple[tuple[str, str, str, float], ...] = (
    ("comity compiled on coded columns", "comity-compiled-coded", "c-coded", 2.5),
    ("comity compiled, coding included", "comity-compiled", "c", 2.5),
)
"""What is said to take at most so many times as long as the C program on the same columns."""


def peers_section(found: Compared) -> str:
    """The comparison as a Markdown section, with what was aimed at."""
    rounds = len(found.measurements[0].samples)
    lines = [
        f"## Count, twenty rules, {found.persons:,} persons",
        "",
        f"{machine()}. One thread an engine; {rounds} rounds in alternation after {found.warm_up} "
        "dropped; processor time, median (least to most); peak memory of the whole process. "
        f"{count_peers.OPENFISCA}; gcc {' '.join(count_peers.FLAGS)}.",
        "",
        "| engine | ns a person | million persons a second | times as fast as OpenFisca | peak, MB |",
        "|---|---|---|---|---|",
    ]
    for name, title in NAMES.items():
        measured = found.of(name)
        if measured is None:
            lines.append(f"| {title} | **not run**: {found.missing.get(name, 'not asked')} | | | |")
            continue
        taken = found.nanoseconds(measured)
        times = found.times("openfisca", name)
        peak = max(sample.peak_mb for sample in measured.samples)
        against = "" if times is None else f"{times.median:.1f}"
        lines.append(
            f"| {title} | {_two(taken)} | {1e3 / taken.median:.0f} | {against} | {peak:.0f} |"
        )
    verdict = "**NOT the same**" if found.disagree else "the same"
    lines += [
        "",
        f"Levels added up over everybody, protection and residence, are {verdict} in all engines: "
        + "; ".join(str(sums) for sums in sorted(set(found.sums.values())))
        + ".",
        "",
    ]
    lines += [_aim(found, *aim, at_least=True) for aim in AIMS]
    lines += [_aim(found, *aim, at_least=False) for aim in C_AIMS]
    return "\n".join(lines) + "\n"


def _two(spread: Spread) -> str:
    return f"{spread.median:.2f} ({spread.least:.2f} to {spread.most:.2f})"


def _aim(
    found: Compared, what: str, slower: str, faster: str, bound: float, *, at_least: bool
) -> str:
    times = found.times(slower, faster)
    said = f"{bound:g} times as fast as OpenFisca" if at_least else f"within {bound:g} times of C"
    if times is None:
        return f"- Aim: {what}, {said}. **Not run**."
    is_met = times.median >= bound if at_least else times.median <= bound
    return f"- Aim: {what}, {said}. Round by round {_two(times)}: **{'met' if is_met else 'NOT met'}**."


def main() -> int:
    """Time them, print the tables; exit 1 if two engines disagree."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--only", choices=("peers", "world", "growth", "engines"))
    options.add_argument("--persons", type=int, default=1_000_000, help="of the twenty rules")
    options.add_argument("--rounds", type=int, default=11)
    options.add_argument(
        "--share", type=float, default=1.0, help="of everybody; the rest is scaled"
    )
    options.add_argument("--rows", type=int, default=1_000_000, help="of the databases' file")
    options.add_argument("--write", action="store_true", help="also into benchmarks/RESULTS.md")
    asked = options.parse_args()
    sections, is_good = [], True
    if asked.only in (None, "peers"):
        found = compare(asked.persons, asked.rounds)
        sections.append(peers_section(found))
        is_good = not found.disagree
    if asked.only in (None, "world"):
        section, is_same = world_section(asked.share)
        sections.append(section)
        is_good = is_good and is_same
    if asked.only in (None, "growth"):
        section, is_same = growth_section()
        sections.append(section)
        is_good = is_good and is_same
    if asked.only in (None, "engines"):
        section, is_same = databases_section(asked.rows, min(asked.rounds, 3))
        sections.append(section)
        is_good = is_good and is_same
    print("\n".join(sections), end="")
    for section in sections if asked.write else ():
        write_section(RESULTS, section)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
