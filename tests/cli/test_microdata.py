"""`comity world microdata`: invented rows in the published numbers, the same for the same seed."""

from __future__ import annotations

import json
from pathlib import Path

from comity.api.schema import MicrodataDocument
from tests.cli.running import comity


def test_rows_are_written_by_host_and_again_the_same(tmp_path: Path) -> None:
    words = ("world", "microdata", "--host", "MCO", "--json", "--to")
    one, other = (comity(*words, str(tmp_path / name)) for name in ("a", "b"))
    document = one.document(MicrodataDocument)
    assert document.rows == document.hosts["MCO"] > 20_000
    files = [(tmp_path / name / "MCO.parquet").read_bytes() for name in ("a", "b")]
    assert other.code == 0
    assert files[0] == files[1]
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_text(encoding="utf-8"))
    assert "synthetic" in json.dumps(manifest)


def test_a_host_without_people_is_refused(tmp_path: Path) -> None:
    done = comity("world", "microdata", "--host", "XXX", "--to", str(tmp_path / "a"))
    assert (done.code, done.out) == (1, "")
    assert "W120" in done.err
    assert not (tmp_path / "a").exists()
