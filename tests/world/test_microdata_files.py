"""Microdata as Parquet: the same people as the blocks, whole or not there, kept or written again."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import numpy as np
import pytest

from comity.world.errors import MicrodataUnwritten, UnknownCountry
from comity.world.microdata import COLUMNS, Kind, blocks, people_in, writing
from comity.world.microdata.writing import (
    MANIFEST,
    SYNTHETIC,
    HostFile,
    write_host,
    write_microdata,
)

SEED = 11
HOSTS = ("PNG", "NRU")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of two small hosts and their manifest."""
    made = tmp_path_factory.mktemp("microdata")
    write_microdata(made, SEED, only=HOSTS)
    return made


@pytest.fixture(scope="module")
def read(folder: Path) -> dict[str, list[object]]:
    """What an engine reads in a file, by column."""
    path = (folder / "PNG.parquet").as_posix()
    with duckdb.connect() as engine:
        rows = engine.execute("select * from read_parquet(?)", [path]).fetchall()
    return {fact: [row[at] for row in rows] for at, fact in enumerate(COLUMNS)}


@pytest.fixture(scope="module")
def drawn() -> dict[str, list[int]]:
    """The codes of the same people, by column."""
    parts = list(blocks("PNG", SEED))
    return {fact: np.concatenate([part[fact] for part in parts]).tolist() for fact in COLUMNS}


@pytest.mark.parametrize("fact", COLUMNS)
def test_a_column_of_the_file_is_that_of_the_blocks_in_words(
    read: dict[str, list[object]], drawn: dict[str, list[int]], fact: str
) -> None:
    column, codes = COLUMNS[fact], drawn[fact]
    expected: list[object] = list(codes)
    if column.labels:
        expected = [column.labels[code] if code >= 0 else None for code in codes]
    elif column.kind is Kind.YES_NO:
        expected = [None if code < 0 else bool(code) for code in codes]
    elif column.may_be_unknown:
        expected = [None if code < 0 else code for code in codes]
    assert expected == read[fact]


def test_types_are_those_of_a_register(folder: Path) -> None:
    with duckdb.connect() as engine:
        described = engine.execute(
            "describe select * from read_parquet(?)", [(folder / "PNG.parquet").as_posix()]
        ).fetchall()
    types = {row[0]: row[1] for row in described}
    assert list(COLUMNS) == list(types)
    for fact, column in COLUMNS.items():
        words = "BOOLEAN" if column.kind is Kind.YES_NO else "VARCHAR"
        assert ("SMALLINT" if column.kind is Kind.NUMBER else words) == types[fact]


def test_the_manifest_says_synthetic_seed_rows_and_each_distribution(folder: Path) -> None:
    said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert SYNTHETIC == said["synthetic"]
    assert (SEED, "ordinary") == (said["seed"], said["assumptions"])
    assert {host: people_in(host) for host in HOSTS} == {
        host: entry["rows"] for host, entry in said["hosts"].items()
    }
    assert sum(map(people_in, HOSTS)) == said["rows"]
    assert list(COLUMNS) == [column["name"] for column in said["columns"]]
    for column in said["columns"]:
        assert column["distribution"]
        assert set(column["sources"]) - {"stated"} <= set(said["sources"])
    assert not [path for path in folder.iterdir() if path.suffix == ".part"]


def test_some_columns_hold_what_all_of_them_would(
    drawn: dict[str, list[int]], tmp_path: Path
) -> None:
    write_microdata(tmp_path, SEED, only=["PNG"], facts=["work.lawful", "age"])
    with duckdb.connect() as engine:
        found = engine.execute(
            "select * from read_parquet(?)", [(tmp_path / "PNG.parquet").as_posix()]
        )
        assert ["host", "age", "work.lawful"] == [column[0] for column in found.description]
        rows = found.fetchall()
    ages, works = drawn["age"], drawn["work.lawful"]
    assert [("PNG", *pair) for pair in zip(ages, works, strict=True)] == rows
    said = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert ["host", "age", "work.lawful"] == [column["name"] for column in said["columns"]]


def test_a_fact_without_a_column_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="shoe_size"):
        write_microdata(tmp_path / "out", SEED, only=["NRU"], facts=["age", "shoe_size"])
    assert not (tmp_path / "out").exists()


def test_a_file_of_another_run_is_neither_mixed_in_nor_removed(tmp_path: Path) -> None:
    write_microdata(tmp_path, 1, only=["CUB"])
    with pytest.raises(MicrodataUnwritten, match=r"`CUB\.parquet` stands in the folder"):
        write_microdata(tmp_path, 2, only=["NRU"])
    assert {"CUB.parquet", MANIFEST} == {path.name for path in tmp_path.iterdir()}


def test_every_file_says_that_it_is_synthetic(folder: Path) -> None:
    with duckdb.connect() as engine:
        said = engine.execute(
            "select decode(value) from parquet_kv_metadata(?) where decode(key) = 'synthetic'",
            [(folder / "NRU.parquet").as_posix()],
        ).fetchall()
    assert [(SYNTHETIC,)] == said


def test_two_processes_write_the_same_bytes_as_one(folder: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []
    write_microdata(
        tmp_path,
        SEED,
        only=HOSTS,
        processes=2,
        progress=lambda host, rows: seen.append((host, rows)),
    )
    assert {(host, people_in(host)) for host in HOSTS} == set(seen)
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_a_whole_file_is_kept_and_one_of_another_seed_or_torn_is_written_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "PNG.parquet"
    write_host(tmp_path, 1, "PNG")
    first = path.stat().st_mtime_ns
    write_host(tmp_path, 1, "PNG")
    assert first == path.stat().st_mtime_ns
    write_host(tmp_path, 2, "PNG")
    second = path.read_bytes()
    path.write_bytes(second[: len(second) // 2])
    assert HostFile("PNG", people_in("PNG"), len(second)) == write_host(tmp_path, 2, "PNG")
    assert second == path.read_bytes()


def run(folder: Path, host: str, before: str = "") -> subprocess.Popen[str]:
    program = (
        f"from pathlib import Path\n{before}\n"
        "from comity.world.microdata.writing import write_microdata\n"
        f"write_microdata(Path({str(folder)!r}), 3, only=[{host!r}])\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_a_killed_run_leaves_no_file_that_looks_whole_and_a_rerun_completes(
    tmp_path: Path,
) -> None:
    running = run(tmp_path, "NOR")
    unfinished = tmp_path / "NOR.parquet.part"
    until = time.monotonic() + 60
    while not (unfinished.exists() and unfinished.stat().st_size):
        assert running.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < until
        time.sleep(0.005)
    running.kill()
    running.communicate()
    assert [unfinished] == list(tmp_path.iterdir())
    write_microdata(tmp_path, 3, only=["NRU"])
    assert {"NRU.parquet", MANIFEST} == {path.name for path in tmp_path.iterdir()}


def test_a_full_disk_is_a_coded_error_and_leaves_nothing(tmp_path: Path) -> None:
    limited = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))"
    running = run(tmp_path, "URY", limited)
    _, said = running.communicate(timeout=120)
    assert 0 != running.returncode
    assert "W150 microdata-unwritten: `URY.parquet` could not be written" in said
    assert [] == list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_is_a_coded_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MicrodataUnwritten, match="folder"):
        write_microdata(tmp_path / "file" / "in", 1, only=["NRU"])


def test_nothing_is_written_for_an_unknown_host(tmp_path: Path) -> None:
    with pytest.raises(UnknownCountry, match="`XXX`"):
        write_microdata(tmp_path / "out", 1, only=["NRU", "XXX"])
    assert not (tmp_path / "out").exists()


def test_what_drawing_raises_is_not_taken_for_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(host: str, seed: int) -> object:
        yield next(blocks(host, seed))
        raise LookupError("no such table")

    monkeypatch.setattr(writing, "blocks", failing)
    with pytest.raises(LookupError, match="no such table"):
        write_host(tmp_path, 1, "NRU")
    assert [] == list(tmp_path.iterdir())
