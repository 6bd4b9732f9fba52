"""Rows of a query held against the evaluator and `explain`: cases as a table in the input schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from comity.agreement.cases import Case
from comity.agreement.many.columns import Table
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.agreement.values import Members, Options, Possible, Range
from comity.agreement.vocabulary import LevelType, Right
from comity.count.engines.engine import Engine
from comity.count.sql.natural import natural_columns
from comity.count.sql.query import Request, make_query
from comity.count.sql.schema import HOST, MEMBERS, Part, schema_of
from comity.count.sql.stages import Strategy
from comity.explain.kleene import join
from tests.readers_agree.many import table_for
from tests.readers_agree.words import drawn_value

NUMBER = "row_number"
"""A column of the table's own, by which a row of the answer is found again."""


def blurred(rng: Random, case: Case) -> Case:
    """The same case with some numbers and levels known as a range only."""
    facts: dict[str, Possible] = {}
    for path, value in case.facts.items():
        facts[path] = value
        if isinstance(value, Range) and rng.random() < 0.3:
            other = drawn_value(rng, path)
            assert isinstance(other, Range)
            facts[path] = join(value, other)
    return Case(case.on, facts, case.ordinary, case.sponsor)


def sayable(case: Case) -> Case:
    """The same case without what no column can say: one of a few names, certain further countries."""
    facts: dict[str, Possible] = {}
    for path, known in case.facts.items():
        match known:
            case Options(names) if names is None or len(names) > 1:
                continue
            case Members(surely, _) if len(surely) > MEMBERS:
                continue
            case Members(surely, perhaps) if perhaps is not None and perhaps != surely:
                facts[path] = Members(surely, None)
            case _:
                facts[path] = known
    return Case(case.on, facts, case.ordinary, case.sponsor)


def loaded(
    engine: Engine, evaluator: Evaluator, table: Table, name: str = "persons"
) -> frozenset[str]:
    """Hands a table over in the input schema; the columns that it has. Columns of NULL are left out."""
    from comity.count.engines.columns import Kind

    schema = schema_of(evaluator)
    columns: dict[str, list[Any]] = {
        column: cells
        for column, cells in natural_columns(table, schema).items()
        if column == HOST
        or schema.by_name[column].part is Part.COMPLETE
        or any(cell is not None for cell in cells)
    }
    types = dict(schema.types(columns)) | {NUMBER: Kind.INTEGER}
    engine.load(name, columns | {NUMBER: list(range(table.size))}, types)
    return frozenset(types)


def asked(
    engine: Engine,
    evaluator: Evaluator,
    table: Table,
    strategy: Strategy | None,
    name: str = "persons",
) -> list[Mapping[str, Any]]:
    """The answer of an engine, one mapping a row, in the table's order."""
    columns = loaded(engine, evaluator, table, name)
    request = Request(
        by=(NUMBER,),
        columns=columns,
        rows=True,
        purpose="test",
        deciding=evaluator.deciding,
        table=name,
        strategy=strategy,
    )
    query = make_query(evaluator, request, engine.dialect)
    names, rows = engine.rows(query.text)
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return sorted(found, key=lambda row: int(row[NUMBER]))


def ranked(right: Right, value: Any) -> int:
    """What a query says of a right, as a rank."""
    if isinstance(right.type, LevelType):
        return right.type.scale.rank(value)
    return right.rank(int(value))


def differences(
    evaluator: Evaluator, found: Evaluated, rows: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """Where the rows of a query say otherwise than the evaluator."""
    for name, positions in found.rights.items():
        right = evaluator.regime.vocabulary.rights[name]
        units, limits = evaluator.units(name), evaluator.limits(name)
        for number, row in enumerate(rows):
            for end in ("lower", "lower_possible", "upper", "upper_possible"):
                wanted = int(getattr(positions, end)[number])
                said = ranked(right, row[f"{name}_{end}"])
                if said != wanted:
                    yield f"{name} of row {number}: {end} {said}, evaluated {wanted}"
            for end, several in (("by", units), ("limited_by", limits)):
                decided = getattr(positions, end)
                if decided is None:
                    continue
                unit = int(decided[number])
                wanted_key = several[unit - 1] if unit else None
                if row[f"{name}_{end}"] != wanted_key:
                    yield f"{name} of row {number}: {end} {row[f'{name}_{end}']}, not {wanted_key}"


def table_and_found(evaluator: Evaluator, cases: Sequence[Case]) -> tuple[Table, Evaluated]:
    """Cases as a table with their evaluation."""
    table = table_for(evaluator, cases)
    return table, evaluator.evaluate(table)
