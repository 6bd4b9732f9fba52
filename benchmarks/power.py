"""Power at real scale: the IMF's members beside two packages, all States on two legs and on three.

Weights are read from the mirror (COMITY_MIRROR). The peers, powerindex and power_bdd, are installed by
pip into an environment of their own and stopped after two minutes.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.count_peers import HERE, NotThere
from benchmarks.harness import Measurement, aim, alternate, function, report, write_section
from comity.assembly.exact import Power, power
from comity.assembly.games import Game, Leg
from comity.assembly.sampling import sampled

RESULTS = HERE / "RESULTS.md"
PEERS = ("powerindex==0.3.5", "power_bdd==1.0.0")
STOP = 120.0
DRAWS = 480_000
"""Coalitions sampled on three legs."""
UNITS = 10_000
"""What the people, and the migrants, of all States are told in."""


def imf(mirror: Path, percent: int) -> Game:
    """The members by hundredths of a per cent of the votes; at least, or over a half."""
    rows = csv.DictReader((mirror / "imf_voting" / "imf_votes_2020.csv").open(encoding="utf-8"))
    votes = {row["iso3"]: round(float(row["imf_vote_pct"]) * 100) for row in rows}
    whole = sum(votes.values())
    needed = whole // 2 + 1 if percent == 50 else -(-whole * percent // 100)
    return Game(tuple(votes), (Leg("votes", tuple(votes.values()), needed),))


def states(mirror: Path, legs: int) -> Game:
    """Members of the United Nations: two thirds of them and half of their people on two legs; half of
    States, people and migrants by origin on three."""
    rows = csv.DictReader((mirror / "countries" / "countries.csv").open(encoding="utf-8"))
    members = {row["iso3"] for row in rows if row["un_member"].startswith("1")}
    people: dict[str, float] = dict(
        duckdb.execute(
            "select iso3, population_k_implied from read_parquet(?) where year = 2023",
            [str(mirror / "un_wpp2024" / "annual_1950_2023.parquet")],
        ).fetchall()
    )
    names = tuple(sorted(name for name in members if people.get(name)))
    heads = Leg("states", (1,) * len(names), len(names) // 2 + 1)
    if legs == 2:
        heads = Leg("states", heads.weights, -(-2 * len(names) // 3))
        own = _units([people[name] for name in names])
        return Game(names, (heads, Leg("people", own, sum(own) // 2 + 1)))
    file = str(mirror / "undesa_migrant_stock" / "bilateral_stock_rev2024.parquet")
    abroad: dict[str, float] = dict(
        duckdb.execute(
            "select origin_iso3, sum(total) from read_parquet(?) "
            "where year = (select max(year) from read_parquet(?)) group by 1",
            [file, file],
        ).fetchall()
    )
    thousands = tuple(round(people[name]) for name in names)
    migrants = tuple(round(abroad.get(name) or 0) for name in names)
    return Game(
        names,
        (
            heads,
            Leg("people", thousands, sum(thousands) // 2 + 1),
            Leg("migrants", migrants, sum(migrants) // 2 + 1),
        ),
    )


def _units(values: list[float]) -> tuple[int, ...]:
    whole = sum(values)
    return tuple(round(value / whole * UNITS) for value in values)


def peer_python() -> Path:
    """The Python of the peers' environment, made where there is none. Raises NotThere."""
    place = Path(tempfile.gettempdir()) / f"comity-benchmarks-{os.getuid()}" / "power"
    python = place / "bin" / "python"
    if (place / "whole").exists():
        return python
    print("making an environment for the peers, which takes a minute", file=sys.stderr)
    shutil.rmtree(place, ignore_errors=True)
    for step in (
        [sys.executable, "-m", "venv", str(place)],
        [str(python), "-m", "pip", "install", "--quiet", *PEERS],
    ):
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(place, ignore_errors=True)
            raise NotThere(f"pip does not install them: {done.stderr.strip()[-500:]}")
    (place / "whole").touch()
    return python


def peer(python: Path, name: str, index: str, game: Game) -> tuple[float, list[float] | None]:
    """Seconds and the index; None if it was stopped. Raises CalledProcessError if it fails."""
    asked = json.dumps({"needed": game.legs[0].needed, "weights": game.legs[0].weights})
    began = time.perf_counter()
    try:
        done = subprocess.run(
            [str(python), str(HERE / "power_peer.py"), name, index],
            input=asked,
            capture_output=True,
            text=True,
            check=True,
            timeout=STOP,
        )
    except subprocess.TimeoutExpired:
        return STOP, None
    return time.perf_counter() - began, [float(one) for one in json.loads(done.stdout)]


def beside(python: Path, mirror: Path, percents: list[int]) -> list[str]:
    """Rows of a table: each peer's time, ours just before, how many times, and the difference."""
    rows = [
        "| decision | index | peer | peer, s | comity, s | times | largest difference |",
        "|---|---|---|---|---|---|---|",
    ]
    for percent in percents:
        game = imf(mirror, percent)
        for index in ("banzhaf", "shapley"):
            for name in (each.partition("==")[0] for each in PEERS):
                began = time.perf_counter()
                own = _index(power(game, shapley=index == "shapley"), index)
                ours = time.perf_counter() - began
                theirs, found = peer(python, name, index, game)
                gap = "stopped" if found is None else f"{np.abs(own - np.array(found)).max():.1e}"
                more = "over " if found is None else ""
                rows.append(
                    f"| {percent} % | {index} | {name} | {more}{theirs:.2f} | {ours:.2f} | "
                    f"{more}{theirs / ours:.0f} | {gap} |"
                )
    return rows


def _index(found: Power, index: str) -> NDArray[np.float64]:
    if index == "banzhaf":
        return found.normalised
    assert found.shapley is not None
    return found.shapley


def main() -> int:
    """Time them, print the tables; exit 1 if an aim of comity's own time is missed."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--peers", type=int, nargs="*", default=[50, 70, 85], metavar="PERCENT")
    options.add_argument("--write", action="store_true", help="also into benchmarks/RESULTS.md")
    asked = options.parse_args()
    named = os.environ.get("COMITY_MIRROR")
    if named is None:
        print("COMITY_MIRROR names no mirror; the weights are read from it", file=sys.stderr)
        return 2
    mirror = Path(named)
    two, three = states(mirror, 2), states(mirror, 3)
    last: list[Power] = []

    def of(game: Game, *, shapley: bool) -> Callable[[], object]:
        return lambda: power(game, shapley=shapley)

    def thrice() -> None:
        last[:] = [sampled(three, draws=DRAWS, shapley=False)]

    calls: list[tuple[str, Callable[[], object], float]] = []
    for percent in (50, 70, 85):
        game = imf(mirror, percent)
        calls.append((f"IMF {percent} %, Banzhaf", of(game, shapley=False), 0.5))
        calls.append((f"IMF {percent} %, both", of(game, shapley=True), 6))
    calls.append((f"{len(two.members)} States, two legs, both", of(two, shapley=True), 10))
    calls.append((f"{len(three.members)} States, three legs, sampled", thrice, 20))
    measured: tuple[Measurement, ...] = alternate(
        [function(name, call) for name, call, _ in calls], rounds=asked.rounds
    )
    table = report("Power", measured).partition(f"\n\n{measured[0].name} / ")[0].rstrip("\n")
    section = f"{table}\n\n"
    for each, (name, _, seconds) in zip(measured, calls, strict=True):
        section += f"- {aim(name, each, seconds)}\n"
    errors = last[0].error / last[0].banzhaf
    top, low = int(last[0].banzhaf.argmax()), int(last[0].banzhaf.argmin())
    section += (
        f"- Three legs: standard error {errors[top]:.2%} of the largest index "
        f"({three.members[top]}), {errors[low]:.2%} of the least ({three.members[low]}); "
        f"aim 1 %: **{'met' if max(errors[top], errors[low]) <= 0.01 else 'NOT met'}**.\n"
    )
    if asked.peers:
        try:
            rows = beside(peer_python(), mirror, asked.peers)
            section += (
                "\nThe peers once each, in a process of their own, which starts in 0.1 s.\n\n"
            )
            section += "\n".join(rows) + "\n"
        except NotThere as why:
            section += f"\nThe peers are not here: {why}\n"
    print(section, end="")
    if asked.write:
        write_section(RESULTS, section)
    missed = any(
        np.median([one.wall for one in each.samples]) >= seconds
        for each, (_, _, seconds) in zip(measured, calls, strict=True)
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
