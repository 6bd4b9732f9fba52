"""Rows of a query = evaluator = `explain`, three-valued, on random agreements and every instrument.

Each strategy on DuckDB; PostgreSQL and Spark on fewer agreements, each in one query.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from sqlglot import exp

from comity.agreement.cases import Case
from comity.agreement.many import circuit
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.many.program import ALL, NONE, Op
from comity.agreement.regimes import Regime
from comity.api import library as shelf
from comity.api.regimes import read_regime
from comity.count.engines.duck import DuckDB
from comity.count.engines.engine import Engine
from comity.count.engines.faults import EngineError
from comity.count.engines.postgres import PostgreSQL
from comity.count.engines.spark import Spark
from comity.count.sql import atoms, positions, query, stages
from comity.count.sql.asking import Asked, Available
from comity.count.sql.atoms import Between, SumAtLeast, Term
from comity.count.sql.positions import SqlBound
from comity.count.sql.schema import Part
from comity.count.sql.stages import Layout, Strategy
from tests.count.sql_cases import asked, blurred, differences, sayable, table_and_found
from tests.readers_agree import many
from tests.readers_agree.draws import draws, less_known
from tests.readers_agree.real_people import RealPeople

BINDING = (i.id for i in shelf.packaged().instruments.values() if i.force.binds)
REAL = sorted({*BINDING, "encoded"})
"""Those that bound some right: of the others there is nothing to ask."""
DAY = date(2026, 11, 24)


def _drawn(seed: int, agreements: int, cases: int) -> Iterator[tuple[Evaluator, list[Case]]]:
    """Agreements with people: of half everything is known, of half some facts, some only as ranges."""
    rng = Random(seed)
    for draw in draws(rng, agreements, cases=cases):
        half = cases // 2
        known = [*draw.cases[:half]]
        partly = [many.silent(less_known(rng, blurred(rng, c))) for c in draw.cases[half:]]
        for people in (known, partly):
            stated = many.stated_by(people)
            yield Evaluator(draw.regime, draw.on, deciding=True, stated=stated), people


def _wrong(
    engine: Engine,
    evaluator: Evaluator,
    cases: list[Case],
    strategies: tuple[Strategy | None, ...],
    name: str,
    *,
    explained: bool = False,
) -> list[str]:
    """Where an engine says otherwise than the evaluator, or (explained) that than `explain`."""
    table, found = table_and_found(evaluator, cases)
    wrong = list(many.differences(evaluator, cases, found)) if explained else []
    for strategy in strategies:
        rows = asked(engine, evaluator, table, strategy, f"{name}_{strategy}")
        assert len(rows) == len(cases)
        wrong += differences(evaluator, found, rows)
    return wrong


@pytest.mark.parametrize("seed", range(4))
def test_duckdb_says_what_the_evaluator_and_explain_say(seed: int) -> None:
    """2,000 pairs of an agreement and a person in all, each by both strategies."""
    count = 0
    with DuckDB(threads=1, memory="1GB") as engine:
        for number, (evaluator, cases) in enumerate(_drawn(seed, 10, 50)):
            wrong = _wrong(engine, evaluator, cases, tuple(Strategy), f"t{number}", explained=True)
            assert [] == wrong
            count += len(cases)
    assert count == 500


def _real(regime: Regime, seed: str, count: int) -> tuple[Evaluator, list[Case]]:
    evaluator = Evaluator(regime, DAY, deciding=True)
    people = RealPeople(evaluator, Random(seed))
    return evaluator, [sayable(case) for case in people.draw(count, DAY)]


@pytest.mark.parametrize("name", REAL)
def test_duckdb_says_what_every_packaged_instrument_says(name: str) -> None:
    evaluator, cases = _real(read_regime(name).regime, name, 120)
    with DuckDB(threads=2, memory="2GB") as engine:
        assert [] == _wrong(engine, evaluator, cases, tuple(Strategy), "t")


def test_postgres_says_what_the_evaluator_says(postgres: PostgreSQL) -> None:
    for number, (evaluator, cases) in enumerate(_drawn(11, 5, 60)):
        assert [] == _wrong(postgres, evaluator, cases, tuple(Strategy), f"t{number}")


def test_postgres_says_what_the_encoded_agreements_say(postgres: PostgreSQL) -> None:
    evaluator, cases = _real(read_regime("encoded").regime, "pg", 60)
    assert [] == _wrong(postgres, evaluator, cases, (None,), "t")


def test_spark_says_what_the_evaluator_says(spark: Spark) -> None:
    for number, (evaluator, cases) in enumerate(_drawn(12, 1, 200)):
        assert [] == _wrong(spark, evaluator, cases, (None,), f"t{number}")


def test_spark_says_what_a_packaged_instrument_says(spark: Spark) -> None:
    evaluator, cases = _real(read_regime("refugee_1951_1967").regime, "spark", 60)
    assert [] == _wrong(spark, evaluator, cases, (None,), "t")


# ---- faults planted in the compiler ----
def _not_bound(self: Asked, test: circuit.Test) -> tuple[int, int]:
    surely, _ = TESTED(self, test)
    return surely, surely


def _strictly(atom: Between) -> exp.Expr:
    return BETWEEN(atom).transform(
        lambda n: exp.GT(this=n.this, expression=n.expression) if isinstance(n, exp.GTE) else n
    )


def _one_more(atom: atoms.Atom) -> exp.Expr:
    made = WRITTEN(atom)
    if isinstance(atom, SumAtLeast):
        return exp.GT(this=made.this, expression=made.expression)
    return made


def _of_the_other_end(one: Term) -> exp.Expr:
    return TERM(replace(one, otherwise=0))


def _without_not(self: Layout, plane: int, ops: tuple[Op, ...]) -> list[exp.Expr]:
    return [part.this if isinstance(part, exp.Not) else part for part in PARTS(self, plane, ops)]


def _lowest_first(bound: SqlBound, layout: Layout) -> exp.Expr:
    return FIXED(replace(bound, branches=bound.branches[::-1]), layout)


def _the_first_decider(bound: SqlBound, layout: Layout) -> exp.Expr:
    return DECIDED(replace(bound, deciders=bound.deciders[::-1]), layout)


def _doubtful_limits(*words: Any, possibly: bool, best: bool) -> SqlBound:
    return BOUND(*words, possibly=not possibly, best=best)


def _null_of_the_table(test: exp.Expr, truth: bool, *, negated: bool) -> exp.Expr:
    return test if truth else exp.Not(this=exp.Paren(this=test))


def _without_brackets(parts: Sequence[exp.Expr], kind: type[exp.And | exp.Or]) -> exp.Expr:
    found = parts[0]
    for part in parts[1:]:
        found = kind(this=found, expression=part)
    return found


def _values_only(self: Available, key: str) -> tuple[str, ...]:
    return self.of(key, Part.VALUE)


def _first_word(columns: atoms.Columns, among: Sequence[str]) -> exp.Expr:
    made = PLACE(columns, among)
    made.set("default", atoms.number(0))
    return made


def _possible_host(self: Asked, key: str) -> tuple[int, int]:
    surely, _ = IS_HOST(self, key)
    return surely, surely


TESTED, IS_HOST = Asked._tested, Asked._is_host
BETWEEN, WRITTEN, TERM = atoms._between, atoms.written, atoms.term
PLACE = atoms.place_of
PARTS, FIXED = Layout._parts, positions._fixed
DECIDED, BOUND = positions.decided_by, positions._bound

FAULTS: dict[str, tuple[Any, str, Any]] = {
    "the possible side is the certain one": (Asked, "_tested", _not_bound),
    "more than, not at least": (atoms, "_between", _strictly),
    "a comparison may be NULL": (atoms, "_settled", lambda test, *, maybe: test),
    "a truth may be NULL": (
        atoms,
        "_is",
        lambda test, truth, *, negated: test if truth else exp.Not(this=exp.Paren(this=test)),
    ),
    "the upper end of a range is forgotten": (Available, "high", _values_only),
    "the lower end of a range is forgotten": (Available, "low", _values_only),
    "the second column is forgotten": (
        atoms,
        "first_of",
        lambda columns: atoms.column(columns[-1]),
    ),
    "a sum has the wrong boundary": (stages, "written", _one_more),
    "an unknown number is none": (atoms, "term", _of_the_other_end),
    "every set of countries is complete": (Asked, "_complete", lambda self, key: ALL),
    "no set of countries is complete": (Asked, "_complete", lambda self, key: NONE),
    "an unknown word is the first of all": (query, "place_of", _first_word),
    "unless is and": (Layout, "_parts", _without_not),
    "the lowest level first": (positions, "_fixed", _lowest_first),
    "the last norm decides": (query, "decided_by", _the_first_decider),
    "bounds have the wrong side": (positions, "_bound", _doubtful_limits),
    "a country that is unknown is not the host": (Asked, "_is_host", _possible_host),
    "brackets are lost": (stages, "_joined", _without_brackets),
}


def _of_the_library() -> tuple[Evaluator, list[Case]]:
    return _real(read_regime("encoded").regime, "faults", 150)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_in_the_compiler_is_found(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, name, planted = FAULTS[fault]
    monkeypatch.setattr(where, name, planted)
    with DuckDB(threads=1, memory="1GB") as engine:
        for number, (evaluator, cases) in enumerate((*_drawn(3, 12, 40), _of_the_library())):
            try:
                if _wrong(engine, evaluator, cases, (Strategy.STAGED,), f"t{number}"):
                    return
            except EngineError:
                return  # the engine refuses it: found as well
    pytest.fail(f"nobody saw that {fault}")
