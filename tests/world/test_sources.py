"""Sources: their records are complete, their files are checked, their state is never pretended."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from comity.world import build
from comity.world.build import build_snapshot, shippable_path
from comity.world.errors import (
    NotVerified,
    RedistributionRefused,
    SourceDiffers,
    SourceUnreadable,
    UnknownSource,
)
from comity.world.listing import build_world, fetch_source, list_sources, sources_at
from comity.world.sources import SOURCES, Redistribution, Source, Sources, SourceState

RAW = b"publisher's own layout\n"


def a_source(tmp_path: Path, **changes: Any) -> Sources:
    """A declared source `toy` whose mirror copy is RAW."""
    record = dataclasses.replace(
        SOURCES["countries"],
        id="toy",
        mirror_path="toy/toy.csv",
        sha256=hashlib.sha256(RAW).hexdigest(),
        bytes=len(RAW),
        **changes,
    )
    records: dict[str, Source] = {"toy": record}
    return Sources(
        tmp_path / "mirror",
        tmp_path / "cache",
        records=MappingProxyType(records),
        packaged=frozenset(),
    )


def in_mirror(sources: Sources, raw: bytes, redistribution: str) -> None:
    assert sources.mirror is not None
    path = sources.mirror / "toy" / "toy.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(raw)
    entry = {"path": "toy/toy.csv", "redistribution": redistribution}
    (sources.mirror / "datapackage.json").write_text(json.dumps({"resources": [entry]}))


def in_cache(sources: Sources, raw: bytes) -> None:
    sources.cache.mkdir()
    (sources.cache / "toy.publisher").write_bytes(raw)


@pytest.mark.parametrize("source_id", sorted(SOURCES))
def test_a_record_agrees_with_the_mirrors_own_entry(source_id: str, mirror: Path) -> None:
    source = SOURCES[source_id]
    package = json.loads((mirror / "datapackage.json").read_text(encoding="utf-8"))
    entry = {resource["path"]: resource for resource in package["resources"]}[source.mirror_path]
    assert entry["hash"] == f"sha256:{source.sha256}"
    assert entry["bytes"] == source.bytes
    assert entry["redistribution"] == source.redistribution
    assert entry["licenses"][0]["name"] == source.licence.name
    assert source_id == source.id


@pytest.mark.parametrize("source_id", sorted(SOURCES))
def test_a_record_says_everything_and_its_defects_have_names(source_id: str) -> None:
    source = SOURCES[source_id]
    for field in ("title", "publisher", "citation", "version", "accessed"):
        assert getattr(source, field)
    assert source.download.startswith("https://")
    assert source.defects
    assert len(source.defects) == len({defect.id for defect in source.defects})
    for defect in source.defects:
        assert defect.reason
        assert defect.effect


def test_every_source_is_read_from_the_mirror_with_its_hash(sources: Sources) -> None:
    for source_id in SOURCES:
        assert sources.state_of(source_id) is SourceState.MIRROR
        with sources.open(source_id) as stream:
            assert SOURCES[source_id].bytes == len(stream.read())


def test_a_mirror_file_with_other_bytes_is_not_read(tmp_path: Path) -> None:
    sources = a_source(tmp_path)
    in_mirror(sources, b"tampered\n", "yes")
    assert sources.state_of("toy") is SourceState.MIRROR_DIFFERS
    with pytest.raises(SourceDiffers):
        sources.open("toy")


def test_a_publishers_file_without_a_declared_hash_is_not_verified(tmp_path: Path) -> None:
    sources = a_source(tmp_path)
    in_cache(sources, RAW)
    assert sources.state_of("toy") is SourceState.NOT_VERIFIED
    assert "not verified against the publisher" == sources.state_of("toy").value
    with pytest.raises(NotVerified):
        sources.path("toy")


def test_a_publishers_file_with_its_declared_hash_is_verified(tmp_path: Path) -> None:
    sources = a_source(tmp_path, publisher_sha256=hashlib.sha256(RAW).hexdigest())
    in_cache(sources, RAW)
    assert sources.state_of("toy") is SourceState.FETCHED
    (sources.cache / "toy.publisher").write_bytes(b"something else\n")
    assert sources.state_of("toy") is SourceState.NOT_VERIFIED


def test_nothing_at_hand_is_absent_or_in_the_snapshot_only(tmp_path: Path) -> None:
    sources = a_source(tmp_path)
    assert sources.state_of("toy") is SourceState.ABSENT
    packaged = dataclasses.replace(sources, packaged=frozenset({"toy"}))
    assert packaged.state_of("toy") is SourceState.SNAPSHOT
    with pytest.raises(SourceUnreadable):
        packaged.open("toy")


def test_an_unknown_source_gets_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(UnknownSource) as caught:
        sources_at(None, tmp_path).state_of("unhcr_populaton")
    assert "unhcr_population" == caught.value.suggestion
    assert "W101 unknown-source" in str(caught.value)
    assert "did you mean" in caught.value.help


def test_a_failed_download_is_an_error_of_this_room(tmp_path: Path) -> None:
    # a closed port of this machine: no request leaves it
    sources = a_source(tmp_path, download="http://127.0.0.1:9/toy.csv")
    with pytest.raises(SourceUnreadable, match="could not be fetched"):
        fetch_source(sources, "toy")
    assert sources.state_of("toy") is SourceState.ABSENT


class Publisher(BaseHTTPRequestHandler):
    """Answers every request with RAW."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(RAW)))
        self.end_headers()
        self.wfile.write(RAW)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """A publisher on this machine."""
    server = HTTPServer(("127.0.0.1", 0), Publisher)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/toy.csv"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_download_without_a_declared_hash_is_not_verified(address: str, tmp_path: Path) -> None:
    fetched = fetch_source(a_source(tmp_path, download=address), "toy")
    assert (len(RAW), hashlib.sha256(RAW).hexdigest()) == (fetched.bytes, fetched.sha256)
    assert fetched.state is SourceState.NOT_VERIFIED


def test_a_download_is_checked_against_its_declared_hash(address: str, tmp_path: Path) -> None:
    declared = hashlib.sha256(RAW).hexdigest()
    right = a_source(tmp_path, download=address, publisher_sha256=declared)
    assert fetch_source(right, "toy").state is SourceState.FETCHED
    wrong = a_source(tmp_path / "other", download=address, publisher_sha256="0" * 64)
    with pytest.raises(SourceUnreadable):
        fetch_source(wrong, "toy")
    assert wrong.state_of("toy") is SourceState.ABSENT


@pytest.mark.parametrize("said", ["no", "unclear"])
def test_the_builder_refuses_what_the_mirror_does_not_allow(tmp_path: Path, said: str) -> None:
    sources = a_source(tmp_path)
    in_mirror(sources, RAW, said)
    with pytest.raises(RedistributionRefused, match=said):
        shippable_path(sources, "toy")


def test_the_builder_refuses_what_the_record_does_not_allow(tmp_path: Path) -> None:
    sources = a_source(tmp_path, redistribution=Redistribution.UNCLEAR)
    in_mirror(sources, RAW, "yes")
    with pytest.raises(RedistributionRefused, match="its record"):
        shippable_path(sources, "toy")


def test_the_builder_refuses_a_file_without_an_entry(tmp_path: Path) -> None:
    sources = a_source(tmp_path)
    in_mirror(sources, RAW, "yes")
    assert sources.mirror is not None
    (sources.mirror / "datapackage.json").write_text(json.dumps({"resources": []}))
    with pytest.raises(RedistributionRefused, match="no entry"):
        shippable_path(sources, "toy")


def test_a_refused_source_leaves_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = a_source(tmp_path)
    in_mirror(sources, RAW, "no")
    table = build.Table("toy", "toy", ("line",), lambda path: [(path.read_text(),)])
    monkeypatch.setattr(build, "TABLES", (table,))
    with pytest.raises(RedistributionRefused):
        build_snapshot(sources, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_a_mirror_nothing_is_built(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="no mirror"):
        build_snapshot(sources_at(None, tmp_path), tmp_path / "out")


def test_the_list_shows_every_source_with_its_state(tmp_path: Path) -> None:
    listing = list_sources(sources_at(None, tmp_path))
    assert sorted(SOURCES) == [entry.id for entry in listing]
    states = {entry.id: entry.state for entry in listing}
    of_lists = {"regime_spells", "un_treaty_status_2015"}  # what `parties.md` is made from
    unsettled = {"desta_agreements", "desta_members"}  # never packaged: read from the user's mirror
    assert {SourceState.ABSENT} == {states.pop(name) for name in of_lists | unsettled}
    assert {SourceState.SNAPSHOT} == set(states.values())
    missing = {entry.id for entry in listing if not entry.in_snapshot}
    assert of_lists | unsettled == missing


def test_build_world_writes_snapshot_and_lists(mirror: Path, tmp_path: Path) -> None:
    built = build_world(mirror, tmp_path / "snapshot", tmp_path / "instruments")
    assert {"snapshot.json", "parties.md", "states.md"} < {path.name for path in built.files}
    assert built.bytes < 6_000_000
