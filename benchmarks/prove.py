"""What proving costs: random laws of 20 to 1,000 norms, and every stated proof of the library.

Run: `python -m benchmarks.prove [--only laws|library] [--seeds N] [--write]`.

**Law sets** (`benchmarks.law_sets`): building is everything from the typed form to the SMT-LIB text;
each solver is then given that text in this process. Processor time, median of the seeds. The peer
is the prototype of the notes (section 3.4, "int" bounded integers and "ord" one Boolean a threshold):
other random laws of the same sizes on the same fields, only field-against-constant conditions, no
dates, parties, exceptions that are nodes, prevalence or unknowns, on another day of a shared machine.
It built formulas through the solver's interface, so its z3 times do not include reading text; ours
are given with the reading apart. Its ten years were ten copies of the law, one a year; ours are one
copy a month.

**Library**: the stated proofs of all packaged agreements, in a new process (cold: with start, reading
the agreements, and the worker processes) and again in the same process (warm), by z3 alone and with
cvc5 on the same text. Every person found is replayed through `explain`.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.harness import Spread, machine, write_section
from benchmarks.law_drafts import TODAY
from benchmarks.law_sets import SIZES, LawSet, law_set
from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.api.library import packaged
from comity.api.proving import Session, tasks
from comity.api.regimes import read_regime
from comity.api.verdict_words import Task
from comity.prove.prover import Prover
from comity.prove.solvers import Reply, Solver
from comity.prove.verdicts import Verdict

RESULTS = Path(__file__).with_name("RESULTS.md")
LIMIT = 20.0
"""Seconds that a solver has for a question, as in the command."""
LIBRARY_DAY = date(2026, 11, 24)
FOOTING, FOOTING_BOUND = ("equal-footing", 500), 0.5
LIBRARY_BOUND = 60.0


# ---- the notes, section 3.4 ----
@dataclass(frozen=True, slots=True)
class Noted:
    """Milliseconds of the prototype, by encoding: int and ord (one of them for lives)."""

    build: tuple[float, ...]
    z3: tuple[float, ...]
    cvc5: tuple[float, ...]
    broken: tuple[float, ...]


NOTED: Mapping[tuple[str, int], Noted] = {
    ("no-gap", 20): Noted((5.3, 4.9), (3.3, 1.0), (4.0, 3.0), (2.9, 0.9)),
    ("no-gap", 100): Noted((27, 24), (5.2, 2.6), (7.4, 5.2), (5.5, 1.9)),
    ("no-gap", 500): Noted((175, 146), (22.3, 11.5), (30.7, 20.8), (18.2, 9.1)),
    ("no-gap", 1000): Noted((455, 289), (71.8, 18.8), (90.1, 46.3), (55.4, 21.9)),
    ("conflict", 20): Noted((5.2, 4.1), (3.0, 0.7), (4.4, 2.8), (3.7, 0.8)),
    ("conflict", 100): Noted((35, 21), (7.9, 3.3), (9.2, 9.1), (8.7, 2.4)),
    ("conflict", 500): Noted((219, 136), (61.5, 57.6), (66.3, 54.0), (24.3, 4.6)),
    ("conflict", 1000): Noted((489, 301), (176, 177), (252, 266), (80.7, 30.7)),
    ("floor", 20): Noted((6.7, 4.0), (3.6, 1.0), (5.7, 2.5), (3.8, 0.9)),
    ("floor", 100): Noted((30, 19), (6.4, 2.0), (7.0, 4.7), (7.3, 1.9)),
    ("floor", 500): Noted((170, 130), (31.0, 7.2), (22.4, 17.6), (30.9, 7.2)),
    ("floor", 1000): Noted((403, 263), (78.0, 111), (58.4, 41.3), (78.3, 13.4)),
    ("equal-footing", 20): Noted((9.3, 7.8), (4.6, 1.4), (4.8, 3.5), (4.2, 1.7)),
    ("equal-footing", 100): Noted((40, 38), (20.3, 8.5), (19.4, 14.8), (13.1, 2.6)),
    ("equal-footing", 200): Noted((80, 120), (67.9, 53.3), (53.2, 64.0), (21.6, 5.9)),
    ("equal-footing", 500): Noted((209, 173), (97.6, 97.3), (128, 69.4), (36.5, 13.1)),
    ("equal-footing", 1000): Noted((505, 339), (213, 326), (260, 134), (85.1, 25.9)),
    ("reach10", 20): Noted((30,), (27,), (54,), (17,)),
    ("reach10", 100): Noted((139,), (156,), (140,), (169,)),
    ("reach10", 200): Noted((290,), (669,), (276,), (596,)),
}


# ---- one law set ----
class Recorder(Solver):
    """Keeps the text of a question and gives up on it, so that only the building is timed."""

    def __init__(self) -> None:
        super().__init__("none")
        self.texts: list[str] = []

    def ask(self, text: str, **_asked: Any) -> Reply:
        """Unknown."""
        self.texts.append(text)
        return Reply("unknown", limit="not asked")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of processor for one law set. Solvers: verdict by name; read: z3 reading the text."""

    build: float
    read: float
    check: float
    cvc5: float
    verdicts: Mapping[str, str]

    @property
    def z3(self) -> float:
        """Solving with z3: the text read and decided."""
        return self.read + self.check


def build(law: LawSet) -> tuple[str, float]:
    """The question's SMT-LIB text, and the seconds that it took to make from the typed form."""
    recorder = Recorder()
    prover = Prover(needs=False)
    prover.solver = recorder
    gc.collect()
    began = time.process_time()
    prover.prove(
        law.proof,
        law.regime,
        TODAY,
        owner=law.regime.library[law.stated_in],
        against=_alone,
    )
    took = time.process_time() - began
    return recorder.texts[0], took


def _alone(regime: Regime, _owner: Instrument | None, name: str, _how: str) -> Regime:
    """The regime of another instrument of the same library, by itself."""
    other = regime.library[name]
    return Regime(name, (other,), regime.vocabulary, regime.library, regime.for_every_host)


def by_z3(text: str) -> tuple[str, float, float]:
    """The verdict, the seconds of reading the text, and those of deciding it."""
    import z3

    gc.collect()
    began = time.process_time()
    solver = z3.Solver(ctx=z3.Context())
    solver.set("timeout", int(LIMIT * 1000))
    solver.from_string(text)
    read = time.process_time()
    verdict = str(solver.check())
    return verdict, read - began, time.process_time() - read


def by_cvc5(text: str) -> tuple[str, float]:
    """The verdict and the seconds of reading and deciding together: cvc5 reads as it goes."""
    import cvc5

    gc.collect()
    began = time.process_time()
    solver = cvc5.Solver(cvc5.TermManager())
    solver.setOption("tlimit-per", str(int(LIMIT * 1000)))
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"{text}(check-sat)", "question")
    said = ""
    while not (command := parser.nextCommand()).isNull():
        said = str(command.invoke(solver, parser.getSymbolManager())).strip() or said
    verdict = said if said in ("sat", "unsat") else "unknown"
    return verdict, time.process_time() - began


def measure(name: str, norms: int, seed: int, *, broken: bool) -> Taken:
    """One law set through building and both solvers, whose order turns round with the seed."""
    text, took = build(law_set(name, norms, seed, broken=broken))
    found: dict[str, tuple[Any, ...]] = {}
    runs: list[tuple[str, Callable[[str], tuple[Any, ...]]]] = [("z3", by_z3), ("cvc5", by_cvc5)]
    for solver, run in runs if seed % 2 else runs[::-1]:
        found[solver] = run(text)
    verdicts = {solver: str(result[0]) for solver, result in found.items()}
    return Taken(took, found["z3"][1], found["z3"][2], found["cvc5"][1], verdicts)


# ---- all law sets ----
@dataclass(frozen=True)
class Row:
    """A property at a size: what each seed took, of laws that hold and of broken ones."""

    name: str
    norms: int
    holds: tuple[Taken, ...]
    broken: tuple[Taken, ...]

    def median(self, part: str, *, broken: bool = False) -> float:
        """The median over the seeds, in seconds."""
        several = self.broken if broken else self.holds
        return statistics.median(float(getattr(taken, part)) for taken in several)

    def wrong(self) -> Iterator[str]:
        """Verdicts that are not the one that the law was made for."""
        for broken, right in ((False, "unsat"), (True, "sat")):
            for taken in self.broken if broken else self.holds:
                for solver, verdict in taken.verdicts.items():
                    if verdict not in (right, "unknown"):
                        yield f"{solver} says {verdict} of {self.name} {self.norms}"

    def unknown(self, solver: str, *, broken: bool = False) -> int:
        """How many laws the solver gave up on."""
        several = self.broken if broken else self.holds
        return sum(taken.verdicts[solver] == "unknown" for taken in several)

    @property
    def all_unknown(self) -> int:
        """How often some solver gave up."""
        return sum(self.unknown(s, broken=b) for s in ("z3", "cvc5") for b in (False, True))


def rows(seeds: Sequence[int]) -> Iterator[Row]:
    """Every property at every size of the notes."""
    measure("no-gap", 20, 0, broken=False)  # loads both solvers
    for name, sizes in SIZES.items():
        for norms in sizes:
            print(f"{name} {norms}", file=sys.stderr, flush=True)
            holds, broken = (
                tuple(measure(name, norms, seed, broken=is_broken) for seed in seeds)
                for is_broken in (False, True)
            )
            yield Row(name, norms, holds, broken)


def _noted(numbers: Sequence[float]) -> str:
    return " / ".join(f"{number:g}" for number in numbers)


def _solved(row: Row, part: str, *, broken: bool = False) -> str:
    """Milliseconds, and how many seeds hit the limit (a median of limits says no more than that)."""
    solver = "cvc5" if part == "cvc5" else "z3"
    given_up = row.unknown(solver, broken=broken)
    text = f"{1000 * row.median(part, broken=broken):.1f}"
    return f"{text} ({given_up} gave up)" if given_up else text


def laws_section(found: Sequence[Row], seeds: int) -> str:
    """The law sets as a Markdown section."""
    lines = [
        "## Prove, law sets",
        "",
        f"{machine()}; z3 {version('z3-solver')}, cvc5 {version('cvc5')}. Processor time in ms, "
        f"median of {seeds} seeds; a solver gives up after {LIMIT:g} s. In brackets the prototype of "
        "the notes, int / ord. `read` is z3 reading the text, `z3` and `cvc5` solving with it "
        "included; `broken` the same law with a planted fault.",
        "",
        "| property | norms | build | read | z3 | cvc5 | broken: z3 | broken: cvc5 | build / z3 "
        "| build / cvc5 | (build + read) / (z3 - read) |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in found:
        noted = NOTED[row.name, row.norms]
        built, z3, cvc5 = row.median("build"), row.median("z3"), row.median("cvc5")
        strict = (built + row.median("read")) / row.median("check")
        cells = (
            row.name,
            str(row.norms),
            f"{1000 * built:.1f} ({_noted(noted.build)})",
            f"{1000 * row.median('read'):.1f}",
            f"{_solved(row, 'z3')} ({_noted(noted.z3)})",
            f"{_solved(row, 'cvc5')} ({_noted(noted.cvc5)})",
            f"{_solved(row, 'z3', broken=True)} ({_noted(noted.broken)})",
            _solved(row, "cvc5", broken=True),
            f"{built / z3:.2f} ({_noted_ratio(noted)})",
            f"{built / cvc5:.2f}",
            f"{strict:.2f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    wrong = [each for row in found for each in row.wrong()]
    asked = sum(2 * (len(row.holds) + len(row.broken)) for row in found)
    given_up = sum(row.all_unknown for row in found)
    lines += [
        "",
        f"Verdicts: {asked}, {given_up} of them unknown, {len(wrong)} wrong.",
        "",
        *(f"- {each}" for each in law_aims(found)),
    ]
    return "\n".join(lines) + "\n"


def _noted_ratio(noted: Noted) -> str:
    return " / ".join(f"{b / z:.1f}" for b, z in zip(noted.build, noted.z3, strict=True))


def law_aims(found: Sequence[Row]) -> Iterator[str]:
    """What was aimed at, and whether it is met."""
    slower = [r for r in found if r.median("build") > r.median("z3")]
    verdict = "met" if not slower else "NOT met"
    which = ", ".join(f"{r.name} {r.norms}" for r in slower)
    yield (
        f"Aim: building no slower than solving (z3, on the same text): **{verdict}**"
        + (f" in {len(slower)} of {len(found)} law sets ({which})." if slower else ".")
    )
    row = next(r for r in found if (r.name, r.norms) == FOOTING)
    whole = row.median("build") + row.median("z3")
    verdict = "met" if whole < FOOTING_BOUND and not row.unknown("z3") else "NOT met"
    yield (
        f"Aim: equal footing at {FOOTING[1]} norms, built and solved, in under "
        f"{FOOTING_BOUND:g} s. Median {whole:.3f} s: **{verdict}**."
    )


# ---- the library ----
@dataclass(frozen=True, slots=True)
class Pass:
    """One run through the stated proofs.

    wall: seconds by the clock, seen from outside the process; cpu: of processor, solvers included.
    asked: questions that went to the solvers; otherwise: proofs whose verdict is not the stated one.
    slowest: the proofs that took most, with the seconds that they took.
    """

    wall: float
    cpu: float
    proofs: int
    asked: int
    unknown: int
    otherwise: tuple[str, ...]
    slowest: tuple[tuple[str, float], ...]


def prove_library(*, cross_check: bool) -> None:
    """In a process of its own: every stated proof, twice; a line of JSON after each run.

    The last line is the processor time of the solvers, known once their processes have ended. All of
    it is the first run's: the second asks them nothing, which `asked` shows.
    """
    every = tasks(read_regime(",".join(packaged().instruments)))
    before = 0
    with Session(cross_check) as session:
        for _ in range(2):
            found = []
            for task in every:
                began = time.perf_counter()
                verdict = session.find(task, LIBRARY_DAY)[0].verdict
                found.append((task, verdict, time.perf_counter() - began))
            said = {
                "cpu": time.process_time(),
                "proofs": len(found),
                "asked": session.prover.asked - before,
                "unknown": sum(verdict is Verdict.UNKNOWN for _, verdict, _ in found),
                "otherwise": [_name(task) for task, v, _ in found if v is not _stated(task)],
                "slowest": sorted(((_name(t), s) for t, _, s in found), key=lambda x: -x[1])[:5],
            }
            print(json.dumps(said), flush=True)
            before = session.prover.asked
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps(used.ru_utime + used.ru_stime), flush=True)


def _name(task: Task) -> str:
    return f"{task.owner.id if task.owner else ''}/{task.proof.label}"


def _stated(task: Task) -> Verdict:
    return Verdict.REFUTED if task.proof.refuted else Verdict.PROVED


def library_passes(*, cross_check: bool) -> tuple[Pass, Pass]:
    """Cold and warm: a new process up to its first line, and from there to its second.

    Raises CalledProcessError if the process fails, for one if a person is not replayed.
    """
    command = [sys.executable, "-m", "benchmarks.prove", "--as-process"]
    command += ["--cross-check"] if cross_check else []
    times = [time.perf_counter()]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            times.append(time.perf_counter())
            lines.append(json.loads(line))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    first, second, solvers = lines
    cold = _pass(first, times[1] - times[0], first["cpu"] + solvers)
    return cold, _pass(second, times[2] - times[1], second["cpu"] - first["cpu"])


def _pass(said: Mapping[str, Any], wall: float, cpu: float) -> Pass:
    return Pass(
        wall,
        cpu,
        said["proofs"],
        said["asked"],
        said["unknown"],
        tuple(said["otherwise"]),
        tuple((name, seconds) for name, seconds in said["slowest"]),
    )


def library_section(rounds: int) -> tuple[str, bool]:
    """The four figures as a Markdown section, and whether the bound is kept."""
    taken: dict[str, list[Pass]] = {}
    for number in range(rounds):
        for cross_check in (False, True) if number % 2 == 0 else (True, False):
            how = "cross-checked" if cross_check else "z3 alone"
            print(f"library, {how}", file=sys.stderr, flush=True)
            for when, each in zip(
                ("cold", "warm"), library_passes(cross_check=cross_check), strict=True
            ):
                taken.setdefault(f"{when}, {how}", []).append(each)
    lines = [
        "## Prove, the library",
        "",
        f"{machine()}; z3 {version('z3-solver')}, cvc5 {version('cvc5')}. {rounds} rounds in "
        "alternation, none dropped; median (least to most). Processor time with the solvers'.",
        "",
        "| run | wall, s | processor, s | stated proofs | not as stated | unknown | questions |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in ("cold, z3 alone", "warm, z3 alone", "cold, cross-checked", "warm, cross-checked"):
        one = taken[name][0]
        wall, cpu = (
            Spread.of([getattr(each, part) for each in taken[name]]) for part in ("wall", "cpu")
        )
        lines.append(
            f"| {name} | {wall} | {cpu} | {one.proofs} | {len(one.otherwise)} | {one.unknown} "
            f"| {one.asked} |"
        )
    cold = taken["cold, z3 alone"][0]
    slowest = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in cold.slowest)
    lines += ["", f"Slowest, cold, z3 alone: {slowest}."]
    if cold.otherwise:
        lines += ["", f"Not as stated: {', '.join(cold.otherwise)}."]
    lines.append("")
    kept = True
    for how in ("z3 alone", "cross-checked"):
        median = statistics.median(each.wall for each in taken[f"cold, {how}"])
        verdict = "met" if median < LIBRARY_BOUND else "NOT met"
        kept = kept and median < LIBRARY_BOUND
        lines.append(
            f"- Aim: every stated proof of the library, cold, {how}, in under "
            f"{LIBRARY_BOUND:g} s. Median {median:.2f} s: **{verdict}**."
        )
    return "\n".join(lines) + "\n", kept


def main() -> int:
    """Time them, print the tables; exit 1 if a verdict is wrong or the library takes too long."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--only", choices=("laws", "library"))
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--rounds", type=int, default=3, help="of the library")
    options.add_argument("--write", action="store_true", help="also into benchmarks/RESULTS.md")
    options.add_argument("--as-process", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--cross-check", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.as_process:
        prove_library(cross_check=asked.cross_check)
        return 0
    sections, is_good = [], True
    if asked.only != "library":
        found = tuple(rows(range(1, asked.seeds + 1)))
        sections.append(laws_section(found, asked.seeds))
        is_good = not any(True for row in found for _ in row.wrong())
    if asked.only != "laws":
        section, kept = library_section(asked.rounds)
        sections.append(section)
        is_good = is_good and kept
    print("\n".join(sections), end="")
    for section in sections if asked.write else ():
        write_section(RESULTS, section)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
