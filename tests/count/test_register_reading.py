"""A register read in every way gives the same records; its records mean what `explain` says of a case."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from comity.agreement.cases import Case
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.spells import History, When, derived
from comity.agreement.spells import months_between as months_between_two
from comity.agreement.vocabulary import TruthType
from comity.api.regimes import read_regime
from comity.count.engines.faults import NoRoom
from comity.count.register.data import Given
from comity.count.register.dates import OF_ORDINAL, months_between
from comity.count.register.impossible import Axioms
from comity.count.register.reading_map import read_map
from comity.count.register.register import Block, Register
from comity.count.register.validation import blocks, validate
from comity.count.sql.schema import fact_type
from comity.explain.evaluate import Evaluation
from tests.count.register_samples import (
    DAY,
    as_parquet,
    checked,
    counted,
    found,
    known,
    opened,
    vocabulary,
)

MAP = """\
day: 2024-12-31
groups: [region]
weight: w
facts:
  host: {column: land, standard: iso3}
  nationality: {columns: [n1, n2], standard: iso2, complete: yes, stateless: [XX]}
  sex: {column: kon, codes: {1: male, 2: female, 9: unknown}}
  status.held: {column: st, codes: {A: temporary, B: [temporary, humanitarian], C: permanent}}
  residence.lawful: {since: arr, form: day}
  residence.study: {column: rs, unit: years}
  removal.possible: {column: rp}
  outside_origin: {value: yes}
  conduct.excluded: {column: ex}
  claims: {value: yes}
  origin1.degree: {column: deg}
  origin1.ground: {column: gr}
  origin1.likelihood: {column: lik}
events:
  birth: {column: dob, form: year}
"""


def made_up(rows: int, seed: int) -> dict[str, Any]:
    """Columns of people who never lived, some of it missing."""
    rng = np.random.default_rng(seed)
    words = vocabulary()

    def some(*choices: str | None) -> np.ndarray:
        return rng.choice(np.array(choices, dtype=object), rows)

    days = (date(1990, 1, 1).toordinal() - OF_ORDINAL) + rng.integers(0, 12_000, rows)
    return {
        "land": some("SWE", "DEU", "TUR"),
        "n1": some("SY", "AF", "SE", "XX", None),
        "n2": some(None, None, None, "TR"),
        "kon": some("1", "2", "9", None),
        "st": some("A", "B", "C", None),
        "arr": days.astype("datetime64[D]"),
        "rs": rng.integers(0, 3, rows),
        "rp": some("yes", "no", None),
        "ex": some("yes", "no", None, "no"),
        "deg": some(*words.scales["degree"].levels, None),
        "gr": some(*words.enumerations["ground_kind"].options, None),
        "lik": some(*words.scales["likelihood"].levels, None),
        "dob": rng.integers(1930, 1989, rows),
        "region": some("north", "south"),
        "w": rng.integers(0, 4, rows),
    }


ACCEPTED = ("E488",)


class Streamed:
    """Offers an Arrow stream that can be read only once, as a reader of batches does."""

    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self.capsule = relation.__arrow_c_stream__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.capsule


def read_all(given: Given, size: int = 1_000_000) -> Mapping[str, list[object]]:
    """All that a register's blocks say, as lists."""
    every = counted(given, MAP, accept=ACCEPTED, size=size)
    assert every
    said: dict[str, list[object]] = {"w": [], "region": []}
    for block in every:
        for key in (*block.table.columns, *block.table.shared):
            said.setdefault(key, []).extend(known(block, key))
        said["w"] += block.weights.tolist()
        codes, names = block.groups["region"]
        said["region"] += [names[code] for code in codes]
    return said


def test_files_columns_streams_and_relations_say_the_same(tmp_path: Path) -> None:
    columns = made_up(700, 11)
    expected = read_all(columns)
    whole = as_parquet(columns, tmp_path / "a.parquet")
    folder = tmp_path / "folder"
    folder.mkdir()
    for number, part in enumerate((slice(0, 300), slice(300, 700))):
        as_parquet({k: v[part] for k, v in columns.items()}, folder / f"{number}.parquet")
    with duckdb.connect() as engine:
        engine.execute(f"COPY (FROM '{whole}') TO '{tmp_path / 'a.csv'}' (HEADER)")

        assert expected == read_all(whole)
        assert expected == read_all(tmp_path / "a.csv")
        assert expected == read_all(folder)
        assert expected == read_all(engine.sql(f"FROM '{whole}'"))
        assert expected == read_all(Streamed(engine.sql(f"FROM '{whole}'")))
    assert 700 == len(expected["host"])


@pytest.mark.parametrize("size", [1, 7, 256, 700])
def test_the_size_of_blocks_changes_nothing(size: int) -> None:
    columns = made_up(700, 12)

    assert read_all(columns) == read_all(columns, size)
    assert [block.rows for block in counted(columns, MAP, accept=ACCEPTED, size=256)] == [
        256,
        256,
        188,
    ]
    assert [1, 257, 513] == [b.first for b in counted(columns, MAP, accept=ACCEPTED, size=256)]


def test_blocks_of_a_wide_map_have_fewer_rows() -> None:
    columns = {f"c{n}": np.array(["yes"]) for n in range(64)}
    facts = [k for k in vocabulary().facts if "." in k and not k.startswith("place.")]
    chosen = [k for k in facts if isinstance(fact_type(k, vocabulary()), TruthType)][:64]
    lines = [f"  {key}: {{column: c{n}}}\n" for n, key in enumerate(chosen)]
    with opened(columns, f"facts:\n  host: {{value: SWE}}\n{''.join(lines)}") as register:
        assert 64 == len(chosen)
        assert (1 << 23) // 64 == register.block_rows


def test_only_the_facts_that_matter_are_handed_on() -> None:
    with opened(made_up(20, 1), MAP) as register:
        report = validate(register, day=DAY, accept=ACCEPTED)
        (block,) = blocks(register, report, day=DAY, keys=("host", "sex", "claims"))

    assert {"host", "sex"} <= set(block.table.columns)
    if not report.findings:
        assert {"host", "sex"} == set(block.table.columns)
        assert {"claims"} == set(block.table.shared)


# ---- against the reference ----
def case_of(block: Block, row: int) -> Case:
    """One row as a case of `explain`; what the register does not say is unknown."""
    keys = (*block.table.columns, *block.table.shared)
    return Case(DAY, {key: known(block, key)[row] for key in keys}, ordinary=False)


def test_positions_of_rows_are_those_that_explain_gives_a_case() -> None:
    regime = read_regime("refugee_1951_1967").regime
    evaluator = Evaluator(regime, DAY)
    said = {*read_map(MAP, vocabulary()).keys, "destination.is_origin"}
    more = (
        "  destination.is_origin: {value: yes}\n"
        "  attachment: {value: habitual}\n"
        "  conduct.threat: {value: none}\n"
        "  agency: {value: none}\n"
        "  cessation.changed: {value: 0, unit: months, exact: yes}\n"
    )
    no = [
        f"  {key}: {{value: no}}\n"
        for key in evaluator.keys
        if key not in said
        and " " not in key
        and not key.endswith("exists")  # follows from the nationalities
        and isinstance(fact_type(key, vocabulary()), TruthType)
    ]
    text = MAP.replace("facts:\n", f"facts:\n{more}{''.join(no)}")
    (block,) = counted(made_up(150, 13), text, accept=ACCEPTED)
    evaluated = evaluator.evaluate(block.table)
    differences = []
    for row in range(block.rows):
        explained = Evaluation(regime, case_of(block, row))
        for right, positions in evaluated.rights.items():
            bounds = explained.bounds(right)
            lower = (int(positions.lower[row]), int(positions.lower_possible[row]))
            if lower != (bounds.lower, bounds.lower_possible):
                differences.append((row, right, lower, bounds))

    assert [] == differences
    assert any(int(p.lower.max()) > 0 for p in evaluated.rights.values())


def test_a_row_breaks_an_axiom_exactly_where_explain_says_that_it_is_false() -> None:
    regime = read_regime("refugee_1951_1967").regime
    words = vocabulary()
    columns = made_up(250, 14) | {"dob": np.random.default_rng(3).integers(1985, 2020, 250)}
    with opened(columns, MAP) as register:
        axioms = Axioms(words, register.keys, DAY)
        (first, arrays), *_ = register.raw(size=1000)
        block = register.block(first, arrays, register.told(arrays), None)
    broken = {
        (n, int(row)) for n, rows in axioms.broken(block.table) for row in np.flatnonzero(rows)
    }
    expected = set()
    for row in range(block.rows):
        explained = Evaluation(regime, case_of(block, row))
        for number, axiom in enumerate(axioms.axioms):
            if explained.truth(axiom.condition) == 0:
                expected.add((number, row))

    assert expected == broken
    assert len(expected) > 20


# ---- the calendar ----
def test_months_are_those_of_the_one_calendar() -> None:
    rng = np.random.default_rng(5)
    first = rng.integers(-30_000, 30_000, 20_000)
    last = first + rng.integers(-400, 4_000, 20_000)
    edges = [
        date(2024, m, d) for m in (1, 2, 3, 12) for d in (1, 28, 29, 30, 31) if (m, d) < (2, 30)
    ]
    ordinals = np.array([day.toordinal() - OF_ORDINAL for day in edges])
    first = np.concatenate([first, np.repeat(ordinals, len(edges))])
    last = np.concatenate([last, np.tile(ordinals, len(edges))])
    expected = [
        months_between_two(_day(int(one)), _day(int(other)))
        for one, other in zip(first, last, strict=True)
    ]

    assert expected == months_between(first, last).tolist()


def _day(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)


@pytest.mark.parametrize("form", ["year", "month", "day"])
def test_time_from_a_day_is_what_a_record_derives(form: str) -> None:
    rng = np.random.default_rng(6)
    days = [_day(int(n)) for n in rng.integers(-5_000, 20_088, 400)]
    written = [d.isoformat()[: {"year": 4, "month": 7, "day": 10}[form]] for d in days]
    text = (
        "day: 2024-12-31\nfacts: {host: {value: SWE}}\n"
        f"events: {{birth: {{column: b, form: {form}}}}}\n"
    )
    (block,) = counted({"b": np.array(written)}, text)
    expected = [
        derived(vocabulary(), History({}, {"birth": _when(day, form)}), on=DAY)["age"]
        for day in days
    ]

    assert expected == known(block, "age")


def _when(day: date, form: str) -> When:
    if form == "day":
        return When.on(day)
    first = day.replace(day=1) if form == "month" else date(day.year, 1, 1)
    after = first + timedelta(days=32 if form == "month" else 370)
    last = after.replace(day=1) - timedelta(days=1)
    if form == "year":
        last = date(day.year, 12, 31)
    return When(first, min(last, DAY))


# ---- size ----
MEASURED = """
import resource, sys
from pathlib import Path
from comity.count.register.validation import blocks, validate
from tests.count import register_samples as samples
from tests.count.test_register_reading import MAP
register = samples.opened(Path(sys.argv[1]), MAP)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = validate(register, day=samples.DAY, accept=("E488",), size=20_000)
rows = sum(b.rows for b in blocks(register, report, day=samples.DAY, size=20_000))
print(rows, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    grown = {}
    for rows in (20_000, 200_000):
        path = as_parquet(made_up(rows, 15), tmp_path / f"{rows}.parquet")
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=False
        )
        assert "" == done.stderr
        said, megabytes = map(int, done.stdout.split())
        assert rows == said
        grown[rows] = megabytes

    # ten times the rows would be 60 MB more if they were kept
    assert grown[200_000] < grown[20_000] + 40


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_rows_keep_their_numbers_in_a_large_file_read_by_several_threads(
    kind: str, tmp_path: Path
) -> None:
    rows, wrong = 400_000, (5, 123_456, 123_457, 262_144, 262_145, 399_999)
    kon, pid = np.full(rows, "1", dtype=object), np.arange(rows)
    kon[[row - 1 for row in wrong]] = "7"
    pid[350_000] = pid[17]
    path = as_parquet({"kon": kon, "pid": pid}, tmp_path / "a.parquet")
    if kind == "csv":
        with duckdb.connect() as engine:
            engine.execute(f"COPY (FROM '{path}') TO '{tmp_path / 'a.csv'}' (HEADER)")
        path = tmp_path / "a.csv"
    text = "id: pid\nfacts:\n  host: {value: SWE}\n  sex: {column: kon, codes: {1: male}}\n"

    assert [("E484", "sex", 6, wrong), ("E487", "id", 2, (18, 350_001))] == found(
        checked(path, text)
    )


def test_a_limit_of_memory_stops_the_reading_with_its_code() -> None:
    columns = {"kon": np.array([f"{n:040d}" for n in range(200_000)])}
    text = "facts:\n  host: {value: SWE}\n  sex: {column: kon}\n"
    with pytest.raises(NoRoom):
        Register(columns, read_map(text, vocabulary()), vocabulary(), memory="2MB")


def test_nothing_is_read_that_the_map_does_not_name() -> None:
    columns = made_up(5, 16) | {"name": np.array(["Anna"] * 5)}
    with opened(columns, MAP) as register:
        asked = " ".join(register.slots.asked.values())

    assert '"name"' not in asked
    assert ("name",) == checked(columns, MAP, accept=ACCEPTED).unnamed
