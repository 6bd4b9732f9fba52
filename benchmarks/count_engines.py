"""The engines of `benchmarks.count` that run in this project's own environment, each in its process.

Run by the benchmark: `python -m benchmarks.count_engines NAME FOLDER`. comity reads the law from its
text; before the first turn each engine runs once, so that what is worked out or compiled once is not
in the turns: `first` says what it took.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import count_law, count_numpy, count_sql
from benchmarks.count_serving import Sums, serve

Run = Callable[[], Any]


def columns(folder: Path, kind: str) -> dict[str, Any]:
    """The population, `natural` or `coded`, as `count_law.write_population` left it."""
    return {field: np.load(folder / kind / f"{field}.npy") for field in count_law.FIELDS}


def comity(folder: Path, *, is_coded: bool, compiles: bool) -> Run:
    """comity's own evaluation, from the register's columns or from columns coded before."""
    from comity.agreement.many.evaluator import Evaluator

    evaluator = Evaluator(count_law.regime(), count_law.TODAY, compile=compiles)
    persons = columns(folder, "natural")
    if not is_coded:
        # as a caller would: from arrays, with nothing kept between two turns
        return lambda: _levels(evaluator.evaluate(count_law.table(persons)))
    table = count_law.table(persons)
    coded = evaluator.coded(table)
    return lambda: _levels(evaluator.evaluate_coded(coded, table.size))


def _levels(found: Any) -> tuple[Any, Any]:
    protection, residence = (found.rights[right].lower for right in count_law.RIGHTS)
    return protection, residence


def by_numpy(folder: Path, *, is_coded: bool) -> Run:
    """Plain numpy."""
    persons = columns(folder, "coded" if is_coded else "natural")
    if is_coded:
        return lambda: count_numpy.coded(persons)
    groups = np.frombuffer((folder / "groups.bin").read_bytes(), dtype=np.bool_)
    named = dict(zip(("at_war", "friends", "safe_passage"), np.split(groups, 3), strict=True))
    return lambda: count_numpy.natural(persons, named)


def by_sql(folder: Path, *, is_staged: bool) -> Run:
    """DuckDB."""
    groups: Mapping[str, tuple[int, ...]] = {
        name: tuple(int(at) for at in np.flatnonzero(count_law.in_group(name)))
        for name in ("at_war", "friends", "safe_passage")
    }
    connection = count_sql.loaded(columns(folder, "natural"), count_law.YES_NO, groups)
    query = (count_sql.staged if is_staged else count_sql.inlined)(groups)
    return lambda: connection.execute(query).fetchone()


MAKERS: Mapping[str, Callable[[Path], Run]] = {
    "comity-numpy": lambda folder: comity(folder, is_coded=False, compiles=False),
    "comity-compiled": lambda folder: comity(folder, is_coded=False, compiles=True),
    "comity-numpy-coded": lambda folder: comity(folder, is_coded=True, compiles=False),
    "comity-compiled-coded": lambda folder: comity(folder, is_coded=True, compiles=True),
    "numpy": lambda folder: by_numpy(folder, is_coded=False),
    "numpy-coded": lambda folder: by_numpy(folder, is_coded=True),
    "duckdb": lambda folder: by_sql(folder, is_staged=False),
    "duckdb-staged": lambda folder: by_sql(folder, is_staged=True),
}


def sums(found: Any) -> Sums:
    """Everybody's levels, which SQL has added up already."""
    if isinstance(found[0], np.ndarray):
        return count_law.checksum(*found)
    return int(found[0]), int(found[1])


def main() -> None:
    """Make ready and take turns."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    run = MAKERS[name](folder)
    began = time.process_time()
    run()
    print(f"{name}: first turn {time.process_time() - began:.3f} s", file=sys.stderr)
    serve(run, sums, lambda: None)


if __name__ == "__main__":
    main()
