"""An engine that is missing, full, stopped or gone: a coded error, no secret, nothing left behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psycopg
import pytest

from comity.count.engines.columns import Kind
from comity.count.engines.duck import DuckDB
from comity.count.engines.faults import (
    ERRORS,
    EngineError,
    EngineLost,
    EngineMissing,
    EngineUnreachable,
    FileNotReadHere,
    NoRoom,
    QueryRefused,
    QueryStopped,
    in_one_line,
)
from comity.count.engines.postgres import PostgreSQL
from comity.count.engines.spark import Spark
from comity.language.messages import REGISTRY

LONG = {
    "duckdb": "SELECT COUNT(*) FROM range(2000000) a, range(2000000) b WHERE a.range + b.range = 3",
    "postgres": "SELECT pg_sleep(60)",
}


def test_every_error_has_its_entry_in_the_one_registry() -> None:
    assert [f"E{number}" for number in range(470, 480)] == [error.code for error in ERRORS]
    for error in ERRORS:
        assert REGISTRY[error.code].name == error.name
        assert error.help


# --- not there ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("driver", "make", "what"),
    [
        ("duckdb", DuckDB, "install that again"),
        ("psycopg", lambda: PostgreSQL("dbname=x"), r"comity\[postgres\]"),
        ("pyspark", Spark, r"comity\[spark\]"),
    ],
)
def test_an_engine_that_is_not_installed_says_what_to_install(
    driver: str, make: Callable[[], object], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, driver, None)
    with pytest.raises(EngineMissing, match=what):
        make()


def test_without_java_spark_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EngineMissing, match="openjdk"):
        Spark()


# --- DuckDB -------------------------------------------------------------------------------------


def test_duckdb_reaches_no_file_but_those_attached(tmp_path: Path) -> None:
    for name in ("given", "other"):
        (tmp_path / f"{name}.csv").write_text("a\n1\n", encoding="utf-8")
    other = tmp_path / "other.csv"
    with DuckDB() as engine:
        engine.attach("given", tmp_path / "given.csv", {"a": Kind.INTEGER})
        assert [(1,)] == engine.rows("SELECT a FROM given")[1]
        for sql in (
            f"SELECT * FROM read_csv('{other}')",
            f"COPY given TO '{tmp_path / 'out.csv'}'",
            f"ATTACH '{tmp_path / 'out.db'}'",
            f"COPY given TO '{tmp_path / 'given.csv'}'",
            "SET enable_external_access = true",
            "INSTALL postgres",
            "SELECT * FROM other",
        ):
            with pytest.raises(EngineError):
                engine.rows(sql)
        with pytest.raises(FileNotReadHere, match="too late"):
            engine.attach("other", other, {"a": Kind.INTEGER})
    assert ["given.csv", "other.csv"] == sorted(path.name for path in tmp_path.iterdir())
    assert "a\n1\n" == (tmp_path / "given.csv").read_text(encoding="utf-8")


BIG = "SELECT COUNT(*) FROM (SELECT DISTINCT i, i::VARCHAR || 'abcdefghijkl' FROM range(5000000) t(i))"


def test_a_query_too_big_for_memory_stops_and_leaves_nothing(tmp_path: Path) -> None:
    with DuckDB(memory="60MB", threads=1) as engine:
        with pytest.raises(NoRoom, match="DuckDB"):
            engine.rows(BIG)
        assert [(1,)] == engine.rows("SELECT 1")[1]
    assert [] == list(tmp_path.iterdir())


def test_with_a_folder_to_spill_into_the_same_query_is_answered(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    with DuckDB(memory="60MB", threads=1, spill=spill) as engine:
        assert [(5_000_000,)] == engine.rows(BIG)[1]
    assert [] == (list(spill.iterdir()) if spill.exists() else [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk here that is always full")
def test_a_disk_that_is_full_is_told() -> None:
    with DuckDB() as engine:
        engine.load("people", {"n": np.arange(100_000)}, {"n": Kind.BIGINT})
        with pytest.raises(NoRoom, match="no space is left"):
            engine.write_parquet("people", Path("/dev/full"))


def test_a_query_that_is_interrupted_is_told_so() -> None:
    with DuckDB(threads=1) as engine:
        timer = threading.Timer(0.5, engine.interrupt)
        timer.start()
        with pytest.raises(QueryStopped):
            engine.rows(LONG["duckdb"])
        assert [(1,)] == engine.rows("SELECT 1")[1]


# --- PostgreSQL ---------------------------------------------------------------------------------


def _spoken(error: EngineError) -> str:
    return f"{error}{error!r}{error.suggestion}{error.__cause__!r}{error.__suppress_context__}"


@pytest.mark.parametrize("password", ["hunter2", "p@ss/w%rd", "a b'c"])
def test_a_wrong_password_is_not_repeated(password: str, postgres_dsn: str) -> None:
    parts = psycopg.conninfo.conninfo_to_dict(postgres_dsn)
    dsn = psycopg.conninfo.make_conninfo(
        **{name: str(part) for name, part in parts.items()} | {"password": password}
    )
    with pytest.raises(EngineUnreachable, match="authentication failed") as told:
        PostgreSQL(dsn)
    assert password not in _spoken(told.value)
    assert "True" in _spoken(told.value), "the driver's own error is not shown with it"


@pytest.mark.parametrize(
    "dsn",
    [
        "postgresql://u:hunter2@127.0.0.1:1/db",
        "postgresql://u:hunter2%zz@127.0.0.1/db",
        "postgresql://u:hunter2@[::1/db",
        "host=127.0.0.1 password=hunter2 port=1 nonsense",
        "host=127.0.0.1 passwort=hunter2",
        "hunter2",
    ],
)
def test_a_dsn_that_leads_nowhere_is_not_repeated(dsn: str) -> None:
    with pytest.raises(EngineUnreachable) as told:
        PostgreSQL(dsn)
    assert "hunter2" not in _spoken(told.value)


def test_a_session_does_not_show_its_password(postgres: PostgreSQL, postgres_dsn: str) -> None:
    password = str(psycopg.conninfo.conninfo_to_dict(postgres_dsn).get("password") or "?")
    assert password not in repr(postgres)
    assert password not in in_one_line(f"connect {postgres_dsn} failed")
    assert "x y" not in in_one_line("bad option password='x y' host=h")


def _pid(engine: PostgreSQL) -> int:
    return int(engine.rows("SELECT pg_backend_pid()")[1][0][0])


def _terminated(dsn: str, pid: int) -> None:
    """Ends a server process from a second connection, as an administrator would."""
    with psycopg.connect(dsn, autocommit=True) as second:
        for _ in range(100):
            time.sleep(0.05)
            found = second.execute(
                "SELECT state FROM pg_stat_activity WHERE pid = %s", (pid,)
            ).fetchone()
            if found and found[0] == "active":
                break
        second.execute("SELECT pg_terminate_backend(%s)", (pid,))


def test_a_database_that_goes_away_in_a_query_is_told_and_a_rerun_completes(
    postgres_dsn: str,
) -> None:
    with PostgreSQL(postgres_dsn) as engine:
        engine.load("of_the_lost", {"n": [1]}, {"n": Kind.INTEGER})
        killer = threading.Thread(target=_terminated, args=(postgres_dsn, _pid(engine)))
        killer.start()
        with pytest.raises(EngineLost, match="PostgreSQL"):
            engine.rows(LONG["postgres"])
        killer.join()
        with pytest.raises(EngineLost):
            engine.rows("SELECT 1")
    with PostgreSQL(postgres_dsn) as engine:
        assert not _is_left_behind(engine, "of_the_lost")
        engine.load("of_the_lost", {"n": [1]}, {"n": Kind.INTEGER})
        assert [(1,)] == engine.rows("SELECT n FROM of_the_lost")[1]


def test_a_database_that_goes_away_in_the_middle_of_an_answer(postgres_dsn: str) -> None:
    with PostgreSQL(postgres_dsn) as engine:
        blocks = engine.stream("SELECT n FROM generate_series(1, 100000) AS t(n)", size=10)
        assert 10 == len(next(blocks).rows)
        with psycopg.connect(postgres_dsn, autocommit=True) as second:
            second.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'comity' AND state = 'idle in transaction'"
            )
        with pytest.raises(EngineLost):
            list(blocks)


def test_a_database_that_goes_away_in_a_copy(postgres_dsn: str) -> None:
    with PostgreSQL(postgres_dsn) as engine:
        pid = _pid(engine)

        def kill(what: str, done: int, total: int | None) -> None:
            with psycopg.connect(postgres_dsn, autocommit=True) as second:
                second.execute("SELECT pg_terminate_backend(%s)", (pid,))

        engine.progress = kill
        with pytest.raises(EngineLost):
            engine.load("of_a_copy", {"n": np.arange(3_000_000)}, {"n": Kind.BIGINT})
    with PostgreSQL(postgres_dsn) as engine:
        assert not _is_left_behind(engine, "of_a_copy")


def _is_left_behind(engine: PostgreSQL, table: str) -> bool:
    """Whether a table of a session before is there; the server needs a moment to drop it."""
    for _ in range(50):
        if not engine.rows(f"SELECT 1 FROM pg_class WHERE relname = '{table}'")[1]:
            return False
        time.sleep(0.1)
    return True


def test_a_query_can_change_nothing(postgres: PostgreSQL) -> None:
    for sql in ("CREATE TABLE kept (n INT)", "SELECT 1; COMMIT; CREATE TABLE kept (n INT)"):
        with pytest.raises(QueryRefused):
            postgres.rows(sql)
        with pytest.raises(QueryRefused):
            list(postgres.stream(sql))
    assert [] == postgres.rows("SELECT 1 FROM pg_class WHERE relname = 'kept'")[1]


def test_a_query_past_its_time_is_stopped(postgres_dsn: str) -> None:
    with PostgreSQL(postgres_dsn, timeout=0.2) as engine, pytest.raises(QueryStopped):
        engine.rows(LONG["postgres"])


def test_a_full_disk_is_told(postgres_dsn: str) -> None:
    with PostgreSQL(postgres_dsn) as engine:
        try:
            engine.set_for_session("temp_file_limit", "1MB")
        except QueryRefused:
            pytest.skip("only an administrator of the server may limit its files")
        with pytest.raises(NoRoom, match="PostgreSQL"):
            engine.rows("SELECT n FROM generate_series(1, 3000000) AS t(n) ORDER BY -n LIMIT 1")
        assert [(1,)] == engine.rows("SELECT 1")[1]


# --- Spark --------------------------------------------------------------------------------------

GOES_AWAY = """
import os, signal, sys, threading, time
from pathlib import Path
from comity.count.engines.columns import Kind
from comity.count.engines.faults import EngineError
from comity.count.engines.spark import Spark
folder, who = Path(sys.argv[1]), sys.argv[2]
java = f"-XX:TieredStopAtLevel=1 -Djava.io.tmpdir={folder}"
settings = {"spark.driver.extraJavaOptions": java, "spark.local.dir": str(folder)}
engine = Spark(master="local[1]", settings=settings)
engine.load("people", {"n": [1, 2]}, {"n": Kind.INTEGER})
print("files:", [path.name for path in folder.rglob("*.parquet")], flush=True)
java = engine.session.sparkContext._gateway.proc.pid
victim = java if who == "java" else os.getpid()
threading.Timer(1, os.kill, (victim, signal.SIGKILL)).start()
try:
    engine.rows("SELECT COUNT(*) FROM RANGE(3000000000) a, RANGE(3000000000) b WHERE a.id % 7 = b.id % 5")
except EngineError as error:
    print(error)
engine.close()
"""


def _killed(who: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A run of Spark that loses its Java, or its Python, in the middle of a query."""
    return subprocess.run(
        [sys.executable, "-c", GOES_AWAY, str(folder), who],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _holds_data(folder: Path) -> bool:
    """Whether a table is still there; Spark needs a moment to delete it."""
    for _ in range(100):
        if not list(folder.rglob("*.parquet")):
            return False
        time.sleep(0.1)
    return True


def test_when_spark_goes_away_in_a_query_it_is_told(tmp_path: Path) -> None:
    done = _killed("java", tmp_path)
    assert "E472 engine-lost: Spark went away" in done.stdout, done.stdout + done.stderr
    assert "files: ['table.parquet']" in done.stdout
    assert "Traceback" not in done.stderr
    assert not _holds_data(tmp_path)


def test_a_killed_run_leaves_no_data_with_spark(tmp_path: Path) -> None:
    done = _killed("python", tmp_path)
    assert -signal.SIGKILL == done.returncode
    assert "files: ['table.parquet']" in done.stdout, done.stdout + done.stderr
    assert not _holds_data(tmp_path)
