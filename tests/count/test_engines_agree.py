"""The three engines answer alike: every probe, every type handed over, every file attached."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlglot

from comity.count.engines.columns import Kind, Values
from comity.count.engines.duck import DuckDB
from comity.count.engines.engine import Engine
from comity.count.engines.faults import (
    EngineError,
    FileDamaged,
    FileNotReadHere,
    NoSuchTable,
    QueryRefused,
    QueryStopped,
    WrongType,
)
from comity.count.engines.postgres import PostgreSQL
from comity.count.engines.spark import Spark
from tests.count import people_table, probes


@pytest.fixture(params=probes.ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each of the three."""
    names = {"duckdb": "duck", "postgres": "postgres", "spark": "spark"}
    found: DuckDB | PostgreSQL | Spark = request.getfixturevalue(names[request.param])
    return found


def _answer(engine: Engine, sql: str) -> str:
    """What an engine says; `error` where it stops at a value or refuses to compare two types."""
    try:
        return probes.shown(engine.rows(sql)[1])
    except (WrongType, NoSuchTable, QueryRefused):
        return "error"


@pytest.mark.parametrize("probe", probes.PROBES, ids=lambda probe: probe.name)
def test_a_probe_is_answered_as_written_down(probe: probes.Probe, engine: Engine) -> None:
    assert probe.on(engine.dialect) == _answer(engine, probe.text(engine.dialect))


def test_a_setting_that_the_answers_hang_on_is_missed_when_it_is_gone(spark: Spark) -> None:
    overflow = next(probe for probe in probes.PROBES if probe.name == "INTEGER overflow")
    spark.session.conf.set("spark.sql.ansi.enabled", "false")
    assert overflow.on("spark") != _answer(spark, overflow.text("spark"))


def test_the_order_of_texts_is_a_databases_own(postgres: PostgreSQL) -> None:
    asked = "SELECT 'a' < 'B' COLLATE \"en-x-icu\", 'a' < 'B' COLLATE \"C\""
    assert [(True, False)] == postgres.rows(asked)[1]


# --- tables handed over -------------------------------------------------------------------------


def _carried(engine: Engine, sql: str) -> str:
    found: str = sqlglot.transpile(sql, read="duckdb", write=engine.dialect)[0]
    return found


def _everyone(engine: Engine, table: str = "people") -> tuple[tuple[Any, ...], ...]:
    sql = f"SELECT {people_table.names()} FROM {table} ORDER BY person"
    names, rows = engine.rows(_carried(engine, sql))
    assert tuple(people_table.TYPES) == names
    return tuple(rows)


@pytest.mark.parametrize("columns", [people_table.as_lists, people_table.as_arrays])
def test_what_is_handed_over_comes_back(
    columns: Callable[[], dict[str, Values]], engine: Engine
) -> None:
    engine.load("people", columns(), people_table.TYPES)
    assert tuple(sorted(people_table.ROWS)) == _everyone(engine)


def test_a_table_without_rows_is_a_table(engine: Engine) -> None:
    engine.load("people", {name: [] for name in people_table.TYPES}, people_table.TYPES)
    assert _everyone(engine) == ()


def test_an_answer_in_blocks_is_the_answer(engine: Engine) -> None:
    engine.load("numbers", {"n": np.arange(10_000)}, {"n": Kind.BIGINT})
    blocks = list(engine.stream("SELECT n FROM numbers ORDER BY n", size=999))
    assert {block.names for block in blocks} == {("n",)}
    assert [999] * 10 + [10] == [len(block.rows) for block in blocks]
    assert list(range(10_000)) == [row[0] for block in blocks for row in block.rows]


def test_an_answer_without_rows_still_has_its_names(engine: Engine) -> None:
    blocks = list(engine.stream("SELECT 1 AS n WHERE 1 = 2"))
    assert [(("n",), [])] == [(block.names, block.rows) for block in blocks]


def test_two_answers_are_read_side_by_side(engine: Engine) -> None:
    engine.load("numbers", {"n": np.arange(2_000)}, {"n": Kind.INTEGER})
    up = engine.stream("SELECT n FROM numbers ORDER BY n", size=500)
    down = engine.stream("SELECT n FROM numbers ORDER BY n DESC", size=500)
    pairs = [(a.rows[0][0], b.rows[0][0]) for a, b in zip(up, down, strict=True)]
    assert [(0, 1999), (500, 1499), (1000, 999), (1500, 499)] == pairs


def test_texts_handed_over_are_ordered_by_their_bytes(engine: Engine) -> None:
    engine.load("words", {"w": ["b", "a", "B", "é", "z"]}, {"w": Kind.TEXT})
    rows = engine.rows("SELECT w FROM words ORDER BY w")[1]
    assert ["B", "a", "b", "z", "é"] == [row[0] for row in rows]
    assert [(False,)] == engine.rows("SELECT MIN(w) > 'a' FROM words")[1]


def test_sums_come_back_as_whole_numbers(engine: Engine) -> None:
    engine.load("numbers", {"n": np.array([2**31, 1])}, {"n": Kind.BIGINT})
    value = engine.rows("SELECT SUM(n), SUM(CAST(n AS DECIMAL(38, 0))) FROM numbers")[1][0]
    assert (2**31 + 1, 2**31 + 1) == value
    assert [int, int] == [type(part) for part in value]


def test_on_a_cluster_a_table_goes_over_row_by_row(
    spark: Spark, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "_folder", lambda: None)
    spark.load("people", people_table.as_arrays(), people_table.TYPES)
    assert tuple(sorted(people_table.ROWS)) == _everyone(spark)


def test_progress_is_told_to_the_last_row(engine: Engine) -> None:
    told: list[tuple[str, int, int | None]] = []
    engine.progress = lambda what, done, total: told.append((what, done, total))
    engine.load("numbers", {"n": np.arange(20_000)}, {"n": Kind.INTEGER})
    assert ("loading numbers", 20_000, 20_000) == told[-1]
    blocks = list(engine.stream("SELECT n FROM numbers", size=15_000))
    assert len(blocks) == 2
    assert [("reading", 15_000, None), ("reading", 20_000, None)] == told[-2:]


# --- files --------------------------------------------------------------------------------------

CSV = """person,outside_origin,degree,days,weight,origin1.state,arrived,not asked
1,true,-5,9000000000,0.5,SYR,2024-02-29,x
2,false,0,0,-1e3,"a ""quoted"", text",1970-01-01,
3,,,,,,,
4,true,7,1,2.0,"",0001-01-01,"two
lines"
"""
CSV_ROWS = (
    (1, True, -5, 9_000_000_000, 0.5, "SYR", date(2024, 2, 29)),
    (2, False, 0, 0, -1000.0, 'a "quoted", text', date(1970, 1, 1)),
    (3, None, None, None, None, None, None),
    (4, True, 7, 1, 2.0, "", date(1, 1, 1)),
)


def test_a_csv_file_is_read_alike(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(CSV, encoding="utf-8")
    engine.attach("people", path, people_table.TYPES)
    assert CSV_ROWS == _everyone(engine)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (Kind.INTEGER, "2.5"),
        (Kind.INTEGER, " 5"),
        (Kind.INTEGER, "3000000000"),
        (Kind.SMALLINT, "40000"),
        (Kind.BOOLEAN, "yes"),
        (Kind.DOUBLE, "NaN"),
        (Kind.DATE, "2024-02-30"),
        (Kind.DATE, "29.02.2024"),
        (Kind.INTEGER, '""'),
    ],
)
def test_a_csv_field_of_another_type_is_refused(
    kind: Kind, field: str, engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"a,b\n,k\n{field},k\n", encoding="utf-8")
    with pytest.raises(WrongType, match=f"column `a` is declared {kind}") as told:
        engine.attach("people", path, {"a": kind, "b": Kind.TEXT})
        engine.rows("SELECT a, b FROM people")
    assert field not in str(told.value)


def test_a_spreadsheets_csv_is_read_alike(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes('\ufeffa;b\r\n1;"x;y"\r\n2;\r\n'.encode())
    engine.attach("people", path, {"a": Kind.INTEGER, "b": Kind.TEXT}, delimiter=";")
    assert [(1, "x;y"), (2, None)] == engine.rows("SELECT a, b FROM people ORDER BY a")[1]


@pytest.mark.parametrize("row", ["1", "1,x,y", '1,"x'])
def test_a_csv_row_of_another_length_is_refused(row: str, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"a,b\n0,k\n{row}\n", encoding="utf-8")
    with pytest.raises(FileDamaged):
        engine.attach("people", path, {"a": Kind.INTEGER, "b": Kind.TEXT})
        engine.rows("SELECT a FROM people")


@pytest.mark.parametrize(
    "text", [b"a,a\n1,2\n", b"a,b\n1,Bj\xf6rn\n", b"a,b\n1,x\0y\n", b"", b"a,b\n1,\xe2\x82"]
)
def test_a_csv_file_in_another_code_is_refused(text: bytes, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(text)
    with pytest.raises(FileDamaged, match=r"people\.csv"):
        engine.attach("people", path, {"a": Kind.INTEGER, "b": Kind.TEXT})


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    """The small register as Parquet, in two files of one folder."""
    folder = tmp_path / "register"
    folder.mkdir()
    for number in range(2):
        with DuckDB() as writer:
            part = {name: column[number::2] for name, column in people_table.as_lists().items()}
            writer.load("people", part, people_table.TYPES)
            writer.write_parquet("people", folder / f"{number}.parquet")
    return folder


def test_a_folder_of_parquet_is_read_alike(engine: Engine, parquet: Path) -> None:
    engine.attach("people", parquet, people_table.TYPES)
    assert tuple(sorted(people_table.ROWS)) == _everyone(engine)


def test_a_file_cut_short_is_refused(engine: Engine, parquet: Path) -> None:
    whole = (parquet / "0.parquet").read_bytes()
    for keep in (0, 3, 6, len(whole) // 2, len(whole) - 1):
        (parquet / "0.parquet").write_bytes(whole[:keep])
        with pytest.raises(FileDamaged, match=r"0\.parquet"):
            engine.attach("people", parquet, people_table.TYPES)


def test_a_file_damaged_inside_is_refused(engine: Engine, parquet: Path) -> None:
    path = parquet / "0.parquet"
    whole = path.read_bytes()
    footer = int.from_bytes(whole[-8:-4], "little")
    path.write_bytes(whole[: -8 - footer] + bytes(footer) + whole[-8:])
    with pytest.raises(FileDamaged, match="cannot read"):
        engine.attach("people", path, people_table.TYPES)
        engine.rows("SELECT * FROM people")


def test_a_parquet_column_of_another_type_is_refused(engine: Engine, parquet: Path) -> None:
    with pytest.raises(WrongType, match=r"column `days` of `0\.parquet` is declared integer"):
        engine.attach("people", parquet / "0.parquet", {"days": Kind.INTEGER})


def test_one_file_of_a_folder_cannot_have_its_own_types(engine: Engine, parquet: Path) -> None:
    with DuckDB() as writer:
        writer.load("people", {"person": [7]}, {"person": Kind.BIGINT})
        writer.write_parquet("people", parquet / "2.parquet")
    with pytest.raises(WrongType, match="holds BIGINT, and INTEGER elsewhere"):
        engine.attach("people", parquet, {"person": Kind.BIGINT})
    with pytest.raises(NoSuchTable, match=r"`2\.parquet` has no column `days`"):
        engine.attach("people", parquet, {"days": Kind.BIGINT})


def test_a_column_that_is_not_there_is_named(engine: Engine, parquet: Path) -> None:
    with pytest.raises(NoSuchTable, match="no column `dayz`"):
        engine.attach("people", parquet / "0.parquet", {"dayz": Kind.INTEGER})


def test_a_file_that_is_not_there_is_named(engine: Engine, tmp_path: Path) -> None:
    for name in ("none.parquet", "none.xlsx"):
        with pytest.raises(FileNotReadHere, match=name):
            engine.attach("people", tmp_path / name, {"days": Kind.INTEGER})


# --- queries at fault ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "error", "word"),
    [
        ("SELECT a FROM no_such_table", NoSuchTable, "no_such_table"),
        ("SELECT no_such_column FROM (SELECT 1 AS a) AS t", NoSuchTable, "no_such_column"),
        ("SELECT DATE '2020-01-01' + TRUE", WrongType, ""),
        ("SELECT CAST('a value of the register' AS INT)", WrongType, ""),
        ("SELECT CAST('2026-13-45' AS DATE)", WrongType, ""),
        ("SELECT CAST(70000 AS SMALLINT)", EngineError, ""),
        ("SELEC 1", QueryRefused, "SELEC"),
    ],
)
def test_a_query_at_fault_is_told_by_its_code(
    sql: str, error: type[EngineError], word: str, engine: Engine
) -> None:
    with pytest.raises(error) as told:
        engine.rows(sql)
    said = str(told.value)
    assert word in said
    assert said.startswith(f"{told.value.code} {told.value.name}: ")
    assert "\n" not in said
    assert not {"register", "2026-13-45", "70000"} & set(said.replace("'", " ").split())
    assert [(1,)] == engine.rows("SELECT 1")[1], "the session goes on"


def test_a_query_on_spark_that_is_stopped_is_told_so(spark: Spark) -> None:
    stop = threading.Timer(2, spark.session.interruptAll)
    stop.start()
    with pytest.raises(QueryStopped):
        spark.rows(
            "SELECT COUNT(*) FROM RANGE(3000000000) a, RANGE(3000000000) b WHERE a.id % 7 = b.id % 5"
        )
    assert [(1,)] == spark.rows("SELECT 1")[1]
