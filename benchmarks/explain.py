"""How long one person's answer takes after loading, beside a plain Python function of a few rules.

Run: `python -m benchmarks.explain [--rounds N] [--write]`. The bound is 20 ms by the clock for one
case against everything encoded, all of `explain` included.

Two people: `docs/examples/siege.yaml` as it stands, with what is not said unknown, and the same with
everything else ordinary, so that nothing is unknown. For each the whole answer (positions with their
reasons, why not the next level of each right, the questions that decide, where readings part), the
positions with their reasons alone, and with one of the two additions. The peer is
`benchmarks.tree_walk`, which says what it leaves out; per rule the two are closer than the ratio, and
the section prints how many norms each has.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks import tree_walk
from benchmarks.harness import (
    Contestant,
    aim,
    alternate,
    command,
    function,
    median_wall,
    ratios,
    report,
    write_section,
)
from comity.agreement.cases import Case
from comity.agreement.regimes import Regime
from comity.api.regimes import read_regime
from comity.explain.answer import explain
from comity.language.case_files import read_case

BOUND = 0.020
WARM_UP = 2
RESULTS = Path(__file__).with_name("RESULTS.md")
RECORD = Path(__file__).resolve().parents[1] / "docs" / "examples" / "siege.yaml"
PEER = "20 rules, plain Python"


def person(regime: Regime, *, ordinary: bool) -> Case:
    """The record as a case; with `ordinary`, what it leaves out has its ordinary value."""
    text = RECORD.read_text(encoding="utf-8")
    if ordinary:
        text += "everything_else: ordinary\n"
    return read_case(text, RECORD.name, regime.vocabulary, today=date(2026, 11, 24)).case


HOW: Mapping[str, Mapping[str, bool]] = {
    "whole answer": {},
    "positions and why not": {"ask": False, "part": False},
    "positions and questions": {"why_not": False, "part": False},
    "positions": {"why_not": False, "ask": False, "part": False},
}


def contestants() -> tuple[list[Contestant], str]:
    """What is timed, the two regimes against everything, and a line on their sizes."""
    made, sizes = [], []
    for name in ("encoded", "imfc"):
        regime = read_regime(name).regime
        for ordinary in (False, True):
            case = person(regime, ordinary=ordinary)
            who = "nothing unknown" if ordinary else "much unknown"
            for what, options in HOW.items():
                call = partial(explain, regime, case, **options)
                made.append(function(f"{name}, {who}: {what}", call))
        norms = sum(len(instrument.holdings) for instrument in regime.instruments)
        sizes.append(f"{name} {norms}")
    walk = partial(tree_walk.positions, tree_walk.PERSON)
    made.append(function(PEER, walk, repeat=500))
    return made, f"Norms, exceptions and powers: {', '.join(sizes)}; the peer 27."


def main() -> int:
    """Time them, print the tables; exit 1 if the bound is broken."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=50)
    options.add_argument("--write", action="store_true", help="also into benchmarks/RESULTS.md")
    asked = options.parse_args()
    timed, sizes = contestants()
    measured = alternate(timed, rounds=asked.rounds, warm_up=WARM_UP)
    table = report("Explain", measured, warm_up=WARM_UP, unit="ms")
    section = table.partition(f"\n\n{measured[0].name} / ")[0].rstrip("\n") + "\n"
    peer = measured[-1]
    section += f"\n{sizes}\n\n"
    for each in measured[:-1]:
        section += f"- {each.name} / {PEER}: {ratios(each, peer)} times the wall time\n"
    section += "\n"
    for each in measured[:-1]:
        if each.name.endswith((": whole answer", ": positions")):
            section += f"- {aim(each.name, each, BOUND)}\n"
    python = sys.executable
    program = str(Path(python).with_name("comity"))
    processes = alternate(
        [
            command(
                "comity explain encoded", [program, "explain", "encoded", "--case", str(RECORD)]
            ),
            command("comity explain imfc", [program, "explain", "imfc", "--case", str(RECORD)]),
            command(
                "reading the agreements",
                [python, "-c", "import comity.api.library as l; l.packaged()"],
            ),
        ],
        rounds=7,
    )
    second = report("Explain, as a command", processes)
    print(section + "\n" + second, end="")
    if asked.write:
        write_section(RESULTS, section)
        write_section(RESULTS, second)
    slow = [each for each in measured[:-1] if median_wall(each) > BOUND]
    return 1 if any(each.name.endswith(": whole answer") for each in slow) else 0


if __name__ == "__main__":
    sys.exit(main())
