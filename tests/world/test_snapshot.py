"""The packaged snapshot: rebuilt byte for byte, small, attributed, readable offline."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from comity.world.build import TABLES, build_instrument_lists, build_snapshot
from comity.world.errors import SnapshotDamaged
from comity.world.snapshot import packaged_snapshot, snapshot_in
from comity.world.sources import SOURCES, Redistribution, Sources

PACKAGED = Path(str(files("comity.world"))) / "snapshot"
INSTRUMENTS = Path(str(files("comity"))) / "instruments"


def test_a_rebuild_gives_the_packaged_bytes(sources: Sources, tmp_path: Path) -> None:
    built = build_snapshot(sources, tmp_path / "out")
    packaged = {path.name for path in PACKAGED.iterdir() if path.suffix in {".csv", ".json"}}
    assert packaged == {path.name for path in built}
    for path in built:
        assert (PACKAGED / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_rebuild_gives_the_packaged_lists_of_states(sources: Sources, tmp_path: Path) -> None:
    for path in build_instrument_lists(sources, tmp_path):
        assert (INSTRUMENTS / path.name).read_bytes() == path.read_bytes(), path.name


def test_it_is_well_under_six_megabytes() -> None:
    assert sum(path.stat().st_size for path in PACKAGED.iterdir() if path.is_file()) < 3_500_000


def test_every_table_is_what_the_document_declares() -> None:
    document = json.loads((PACKAGED / "snapshot.json").read_text(encoding="utf-8"))
    assert {table.name for table in TABLES} == set(document["tables"])
    for name, described in document["tables"].items():
        raw = (PACKAGED / f"{name}.csv").read_bytes()
        assert described["sha256"] == hashlib.sha256(raw).hexdigest()
        assert described["bytes"] == len(raw)
        assert described["rows"] == raw.count(b"\n") - 1
        assert ",".join(described["columns"]) == raw.split(b"\n", 1)[0].decode()


def test_every_source_in_it_is_attributed_and_may_be_passed_on() -> None:
    document = json.loads((PACKAGED / "snapshot.json").read_text(encoding="utf-8"))
    assert {table.source_id for table in TABLES} == set(document["sources"])
    for source_id, attribution in document["sources"].items():
        assert Redistribution.YES == attribution["redistribution"]
        assert SOURCES[source_id].sha256 == attribution["sha256"]
        for field in ("citation", "version", "landing_page", "publisher"):
            assert attribution[field]
        assert attribution["licence"]["name"]
        assert attribution["licence"]["address"].startswith("https://")


def test_a_changed_table_is_refused(tmp_path: Path) -> None:
    for path in PACKAGED.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "conflict.csv").write_bytes(b"iso3\nSYR\n")
    with pytest.raises(SnapshotDamaged, match="conflict"):
        snapshot_in(tmp_path).rows("conflict")
    (tmp_path / "stock.csv").unlink()
    with pytest.raises(SnapshotDamaged, match="missing"):
        snapshot_in(tmp_path).rows("stock")


def test_an_unknown_table_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotDamaged, match="no table"):
        packaged_snapshot().rows("flows")
    with pytest.raises(SnapshotDamaged, match=r"snapshot\.json"):
        snapshot_in(tmp_path)


def test_the_population_needs_no_mirror_no_network_and_no_engine(tmp_path: Path) -> None:
    program = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise OSError('no network in this test')\n"
        "socket.socket.connect = refuse\n"
        "from comity.world.population import population\n"
        "print(sum(c.persons for c in population() if c.in_stock == 2))\n"
        "assert not {'duckdb', 'pooch', 'requests', 'numpy'} & set(sys.modules)\n"
    )
    environment = {key: value for key, value in os.environ.items() if key != "COMITY_MIRROR"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("304021813\n", "") == (done.stdout, done.stderr)
