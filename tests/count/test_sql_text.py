"""The text of a query: as written down, safe with any name, never longer than the law, and honest.

GOLDEN=write pytest tests/count/test_sql_text.py     writes the texts anew, to be read
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlglot

from comity.agreement.many.evaluator import Evaluator
from comity.api.regimes import read_regime
from comity.count.engines.columns import Kind
from comity.count.engines.duck import DuckDB
from comity.count.engines.postgres import PostgreSQL
from comity.count.engines.spark import Spark
from comity.count.sql.faults import (
    NamesCollide,
    NoPurpose,
    NoSuchColumn,
    NoSuchDialect,
    NotInSchema,
    SqlError,
)
from comity.count.sql.header import Stamp
from comity.count.sql.natural import natural_columns
from comity.count.sql.query import DIALECTS, Request, make_query
from comity.count.sql.schema import (
    InputColumn,
    Part,
    _refuse_collisions,
    column_name,
    schema_of,
    table_ddl,
)
from comity.count.sql.stages import Strategy

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2026, 11, 24)
STAMP = Stamp(("small: coverage unknown",), ("small/who=all",), "0" * 64, (), "0")


@pytest.fixture(scope="module")
def small() -> Evaluator:
    """A small agreement: levels, a sum, a set of countries, a level that is a fact."""
    regime = read_regime(str(GOLDEN / "small.md")).regime
    regime = replace(regime, name="small.md")  # lines are broken after so many letters of it
    return Evaluator(regime, DAY, ("stay", "permit"), deciding=True)


REQUESTS = {
    "counts": Request(by=("host", "level")),
    "rows": Request(by=("id", "host"), rows=True, purpose="a test", deciding=True),
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("kind", REQUESTS)
def test_the_text_is_as_written_down(small: Evaluator, kind: str, dialect: str) -> None:
    text = make_query(small, REQUESTS[kind], dialect, STAMP).text
    path = GOLDEN / f"small_{kind}_{dialect}.sql"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_query_is_one_statement_of_plain_words(small: Evaluator, dialect: str) -> None:
    text = make_query(small, REQUESTS["counts"], dialect).text
    assert 1 == len(sqlglot.parse(text, read=dialect))
    bare = re.sub(r"/\*.*?\*/", "", text)
    for word in ("DATE_DIFF", "INSTALL", "LOAD ", "TRY_CAST", "LIKE", "REGEXP", "CREATE", " / "):
        assert word not in bare, word


def test_the_head_says_what_it_is_and_what_it_does_not_say(small: Evaluator) -> None:
    head = " ".join(
        line.strip("/* ") for line in make_query(small, Request(), "duckdb", STAMP).text.splitlines()
        if line.startswith("/*")
    )  # fmt: skip
    head = re.sub(r"\s+", " ", head)
    for words in (
        "2026-11-24",
        "small: coverage unknown",
        "reading: small/who=all",
        f"sha256 {'0' * 64}",
        "does not say refuse",
        "taken as in force for every host",
        "1 to 9 persons are hidden",
    ):
        assert words in head
    assert "refuse:" in head


def test_branches_and_stages_name_their_articles(small: Evaluator) -> None:
    text = make_query(small, REQUESTS["rows"], "duckdb").text
    assert "temporary: small/1.2 (Article 1. Those who ask)" in text
    assert "the level of status.held: small/2.2" in text


# ---- columns ----
def test_a_column_that_the_table_lacks_is_unknown_of_all_and_said_to_be(small: Evaluator) -> None:
    made = make_query(small, Request(columns=frozenset({"host", "claims"})), "duckdb")
    assert {"age", "residence_lawful", "nationality"} <= set(made.missing)
    assert ("claims",) == made.reads
    assert "Not in the table, so unknown of everybody: " in made.text
    assert '"age"' not in made.text


def test_nothing_is_asked_of_a_table_without_a_host(small: Evaluator) -> None:
    with pytest.raises(NoSuchColumn, match="host"):
        make_query(small, Request(columns=frozenset({"claims"})), "duckdb")


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (Request(rows=True), NoPurpose),
        (Request(rows=True, purpose="  "), NoPurpose),
        (Request(by=("sex",), columns=frozenset({"host"})), NoSuchColumn),
        (Request(by=("certain",)), NoSuchColumn),
        (Request(by=("Côte d’Ivoire",)), NoSuchColumn),
        (Request(table="a.b.c.d"), NoSuchColumn),
        (Request(table=""), NoSuchColumn),
    ],
)
def test_what_is_asked_wrongly_is_a_coded_error(
    small: Evaluator, request_: Request, error: type[SqlError]
) -> None:
    with pytest.raises(error) as raised:
        make_query(small, request_, "duckdb")
    assert re.fullmatch(r"E49\d", raised.value.code)
    assert raised.value.suggestion


def test_another_dialect_is_refused(small: Evaluator) -> None:
    with pytest.raises(NoSuchDialect):
        make_query(small, Request(), "oracle")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("origin1.degree", "origin1_degree"),
        ("exercised echr_3_8/prot4.2.3", "exercised_echr_3_8__prot4_2_3"),
        ("exercised imfc-draft/1.1", "exercised_imfc_draft__1_1"),
        ("ålder", "_ue5_lder"),
    ],
)
def test_a_column_is_named_for_its_fact(key: str, name: str) -> None:
    assert name == column_name(key)


def test_two_facts_with_one_column_are_refused() -> None:
    one = InputColumn("a_b", "a.b", Part.VALUE, Kind.BOOLEAN, "", "NULL")
    other = InputColumn("a_b", "a_b", Part.VALUE, Kind.BOOLEAN, "", "NULL")
    with pytest.raises(NamesCollide, match=r"`a\.b` and `a_b`"):
        _refuse_collisions([one, other])
    with pytest.raises(NamesCollide, match="63 bytes"):
        _refuse_collisions([InputColumn("x" * 64, "x", Part.VALUE, Kind.BOOLEAN, "", "NULL")])


@pytest.mark.parametrize("name", ["duck", "postgres", "spark"])
def test_the_schema_is_a_table_of_each_engine(
    name: str, small: Evaluator, request: pytest.FixtureRequest
) -> None:
    schema = schema_of(small)
    if name == "spark":
        assert sqlglot.parse_one(table_ddl(schema, "spark"), read="spark")
        return
    engine: DuckDB | PostgreSQL = request.getfixturevalue(name)
    dialect = "duckdb" if name == "duck" else name
    text = table_ddl(schema, dialect, table="given")
    connection: Any = engine._connection
    kind = "TABLE" if name == "duck" else "TEMPORARY TABLE"
    connection.execute(text.replace("CREATE TABLE", f"CREATE {kind}"))
    names, rows = engine.rows('SELECT * FROM "given"')
    assert tuple(schema.by_name) == names
    assert [] == rows


def test_every_column_says_what_it_means_and_how_unknown_is_written(small: Evaluator) -> None:
    text = table_ddl(schema_of(small), "duckdb")
    lines = [line for line in text.splitlines() if line.startswith("  ")]
    assert all("Unknown: " in line for line in lines)
    assert '"host" TEXT NOT NULL' in text


# ---- hostile names ----
HOSTILE = (
    "it's",
    'a"b',
    "a`b",
    "x; DROP TABLE persons --",
    "*/ SELECT 1 /*",
    "back\\slash",
    "é\u202e",
)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("word", HOSTILE)
def test_no_name_and_no_purpose_ends_the_text(small: Evaluator, word: str, dialect: str) -> None:
    request = Request(
        by=(word,),
        columns=frozenset({"host", "claims", word}),
        rows=True,
        purpose=word,
        table=word.replace(".", "_"),
    )
    stamp = Stamp((word,), (word,), word, (word,))
    (statement,) = sqlglot.parse(make_query(small, request, dialect, stamp).text, read=dialect)
    assert statement is not None
    literals = {found.this for found in statement.find_all(sqlglot.exp.Literal)}
    assert word in literals
    tables = {table.name for table in statement.find_all(sqlglot.exp.Table)}
    assert word in tables


@pytest.mark.parametrize("name", ["duck", "postgres", "spark"])
def test_hostile_values_come_back_as_they_are(
    name: str, small: Evaluator, request: pytest.FixtureRequest
) -> None:
    engine: DuckDB | PostgreSQL | Spark = request.getfixturevalue(name)
    words = [word for word in HOSTILE if name != "spark" or "\\" not in word]
    columns: dict[str, list[Any]] = {"host": words, "claims": [True] * len(words)}
    engine.load("persons", columns, {"host": Kind.TEXT, "claims": Kind.BOOLEAN})
    asked = Request(by=("host",), columns=frozenset(columns), rows=True, purpose='it\'s "a" test')
    names, rows = engine.rows(make_query(small, asked, engine.dialect).text)
    found = [dict(zip(names, row, strict=True)) for row in rows]
    assert sorted(words) == sorted(row["host"] for row in found)
    assert {"applicant"} == {row["stay_lower"] for row in found}
    assert {'it\'s "a" test'} == {row["purpose"] for row in found}


def test_an_unknown_host_is_bound_by_nothing_for_certain() -> None:
    evaluator = Evaluator(read_regime("cat_art3").regime, DAY)
    with DuckDB() as engine:
        engine.load("persons", {"host": [None, "SWE"]}, {"host": Kind.TEXT})
        asked = Request(by=("host",), columns=frozenset({"host"}), rows=True, purpose="a test")
        names, rows = engine.rows(make_query(evaluator, asked, "duckdb").text)
    for row in (dict(zip(names, row, strict=True)) for row in rows):
        assert ("open", "not_there") == (row["shield_lower"], row["shield_lower_possible"])


def test_a_word_that_is_no_level_counts_as_unknown(small: Evaluator) -> None:
    columns: dict[str, list[Any]] = {
        "host": ["SWE"] * 3,
        "claims": [False] * 3,
        "status_held": ["permanent", "Permanent", None],
    }
    types = {"host": Kind.TEXT, "claims": Kind.BOOLEAN, "status_held": Kind.TEXT}
    with DuckDB(threads=1) as engine:
        engine.load("persons", columns, types)
        asked = Request(by=(), columns=frozenset(columns), rows=True, purpose="a test")
        names, rows = engine.rows(make_query(small, asked, "duckdb").text)
    found = [dict(zip(names, row, strict=True)) for row in rows]
    assert "permanent" == found[0]["stay_lower"]
    assert found[1] == found[2]
    assert ("none", "citizen") == (found[1]["stay_lower"], found[1]["stay_lower_possible"])


# ---- size ----
def _deep(depth: int, strategy: Strategy) -> int:
    """The length of a text in which each definition names the one before twice."""
    from comity.count.sql.asking import Atoms
    from comity.count.sql.atoms import IsTruth
    from comity.count.sql.stages import laid_out

    program = Atoms()
    one, other = (program.atom(IsTruth((name,), True, False)) for name in ("a", "b"))
    for number in range(depth):
        third = program.atom(IsTruth((f"c{number}",), True, False))
        both = program.all_of([one, other, third])
        one, other = program.some_of([one, program.negated(both)]), program.some_of([other, both])
    roots = [one, other]
    layout = laid_out(program, roots, strategy)
    planes = [*roots, *layout.names]
    return sum(len(layout.plane(p, defining=True).sql()) for p in planes)


@pytest.mark.parametrize("strategy", Strategy)
def test_the_text_grows_with_the_gates_and_not_with_their_doubling(strategy: Strategy) -> None:
    assert _deep(80, strategy) < 2.5 * _deep(40, strategy)


def test_what_no_column_can_say_is_refused(small: Evaluator) -> None:
    import numpy as np

    from comity.agreement.many.columns import ListedColumn, Table
    from comity.agreement.values import Members, Options, exactly

    schema, code = schema_of(small), np.zeros(1, dtype=np.uint8)
    host = ListedColumn(code, (exactly("SWE"),))
    several = (
        Members(frozenset({"NOR"}), frozenset({"NOR", "SWE"})),
        Members(frozenset("ABCD"), frozenset("ABCD")),
    )
    for known in several:
        table = Table(1, {"host": host, "nationality": ListedColumn(code, (known,))})
        with pytest.raises(NotInSchema, match="nationality"):
            natural_columns(table, schema)
    with pytest.raises(NotInSchema, match="host"):
        natural_columns(Table(1, {"host": ListedColumn(code, (Options(None),))}), schema)
