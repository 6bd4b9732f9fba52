"""Positions of a register's rows, written out: every row, in words, for a purpose, whole or not at all."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest

from comity.agreement.many.evaluator import Evaluator
from comity.api.regimes import read_regime
from comity.count.engines.faults import FileNotReadHere, QueryRefused
from comity.count.register.register import Block
from comity.count.register.writing import Results, write_results
from comity.count.sql.faults import NoPurpose
from tests.count.register_samples import DAY, counted
from tests.count.test_register_reading import ACCEPTED, MAP, made_up


@cache
def results() -> Results:
    """The positions under one convention, with the norms that decide."""
    regime = read_regime("refugee_1951_1967").regime
    return Results(Evaluator(regime, DAY, deciding=True))


@cache
def made() -> tuple[Block, ...]:
    """Three blocks of a register."""
    return tuple(counted(made_up(250, 21), MAP, accept=ACCEPTED, size=100))


def test_every_right_of_every_row_is_there_with_the_deciding_norm() -> None:
    columns = results().arrays(made())
    evaluator = results().evaluator

    assert list(range(1, 251)) == columns["row"].tolist()
    assert {250} == {len(values) for values in columns.values()}
    for right in results().rights:
        for word in ("lower", "lower_possible", "upper", "upper_possible", "by", "limited_by"):
            assert f"{right}.{word}" in columns
    for block, first in zip(made(), (0, 100, 200), strict=True):
        found = evaluator.evaluate(block.table)
        for right, positions in found.rights.items():
            part = columns[f"{right}.lower"][first : first + block.rows]
            declared = evaluator.regime.vocabulary.rights[right]
            assert [declared.amount(int(rank)) for rank in positions.lower] == part.tolist()
            by = columns[f"{right}.by"][first : first + block.rows]
            assert positions.by is not None
            assert positions.by.tolist() == by.tolist()


def test_files_and_streams_say_the_same_in_words(tmp_path: Path) -> None:
    columns = results().arrays(made())
    for name in ("a.parquet", "a.csv"):
        assert 250 == write_results(results(), made(), tmp_path / name, purpose="a test")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = {column.fact: column.labels for column in results().columns}
    with duckdb.connect() as engine:
        engine.register("streamed", results().stream(made()))
        streamed = engine.execute("SELECT * FROM streamed").fetchnumpy()
        parquet = engine.execute(f"FROM '{tmp_path / 'a.parquet'}'").fetchnumpy()
        told = engine.execute(
            f"SELECT decode(value) FROM parquet_kv_metadata('{tmp_path / 'a.parquet'}')"
        ).fetchall()

    assert ("a test",) in told
    assert {"a test"} == {row["purpose"] for row in rows}
    for fact, values in columns.items():
        words = [labels[fact][v] if labels[fact] else str(v) for v in values]
        assert words == [row[fact] for row in rows]
        assert words == [str(v) for v in streamed[fact]]
        assert words == [str(v) for v in parquet[fact]]


def test_no_row_is_written_without_a_purpose(tmp_path: Path) -> None:
    with pytest.raises(NoPurpose):
        write_results(results(), made(), tmp_path / "a.csv", purpose=" \n ")

    assert [] == list(tmp_path.iterdir())


def test_another_kind_of_file_or_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotReadHere):
        write_results(results(), made(), tmp_path / "a.xlsx", purpose="a test")
    with pytest.raises(QueryRefused, match=r"`a.csv` could not be written"):
        write_results(results(), made(), tmp_path / "none" / "a.csv", purpose="a test")

    assert [] == list(tmp_path.iterdir())


def test_what_stops_the_blocks_leaves_what_stood_there_before(tmp_path: Path) -> None:
    class Broken(Exception):
        pass

    def stopping() -> Iterator[Block]:
        yield made()[0]
        raise Broken

    path = tmp_path / "a.parquet"
    path.write_bytes(b"before")
    with pytest.raises(Broken):
        write_results(results(), stopping(), path, purpose="a test")

    assert [path] == list(tmp_path.iterdir())
    assert b"before" == path.read_bytes()


def test_a_register_without_rows_has_columns_all_the_same(tmp_path: Path) -> None:
    assert 0 == write_results(results(), [], tmp_path / "a.csv", purpose="a test")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("row,")
    assert {0} == {len(values) for values in results().arrays([]).values()}


RUN = """
import sys, time
from pathlib import Path
from tests.count.test_register_writing import results, made
from comity.count.register.writing import write_results
def slow():
    while True:
        for block in made():
            yield block
        print("writing", flush=True)
        time.sleep(0.01)
write_results(results(), slow(), Path(sys.argv[1]), purpose="a test")
"""


def test_a_run_that_is_killed_leaves_no_file_under_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert run.stdout is not None
    assert "writing\n" == run.stdout.readline()
    time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.wait(timeout=30)
    run.stdout.close()

    assert not path.exists()
    assert all(left.name.startswith(".a.csv.") for left in tmp_path.iterdir())
    # and a rerun completes
    assert 250 == write_results(results(), made(), path, purpose="a test")


FULL = """
import resource, sys
from pathlib import Path
from tests.count.test_register_writing import results, made
from comity.count.register.writing import write_results
blocks = made()
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_results(results(), blocks * 20, Path(sys.argv[1]), purpose="a test")
except Exception as error:
    print(error)
"""


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_full_disk_is_told_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert f"E475 no-room: `{name}` could not be written: no room is left\n" == done.stdout
    assert [] == list(tmp_path.iterdir())
