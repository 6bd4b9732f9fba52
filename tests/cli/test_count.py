"""`comity count`: tables for a person, one document for a program, maps, and coded errors."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from comity.api.schema_people import CountDocument
from tests.cli.running import comity


@pytest.fixture(scope="module")
def by_level() -> str:
    """What is printed of two rights under the draft."""
    done = comity("count", "imfc", "--right", "stay", "--right", "shield")
    assert done.code == 0
    return done.out


def test_a_table_says_what_it_counts_and_what_it_rests_on(by_level: str) -> None:
    for word in ("certain", "possible", "ordinary", "at least this level", "Source: ", "Encoded: "):
        assert word in by_level
    assert "not what an officer does" in by_level
    assert "displaced inside their own country" in by_level
    assert "refuse" not in by_level


def test_the_document_holds_what_the_table_shows(by_level: str) -> None:
    document = comity("count", "imfc", "--right", "stay", "--right", "shield", "--json").document(
        CountDocument
    )
    assert document.by == ("right", "level")
    assert document.sources
    for row in document.rows:
        assert f"{row.possible:,}" in by_level


def test_the_people_of_a_gap_are_listed_by_host(tmp_path: Path) -> None:
    done = comity("count", "eu_returns_2008_115", "--where", "no gap", "--by", "host", "--json")
    document = done.document(CountDocument)
    assert document.where == "no gap"
    assert {"DEU", "FRA"} <= {row.key["host"] for row in document.rows}
    assert "USA" not in {row.key["host"] for row in document.rows}


def test_a_map_is_written_whole_and_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    assert comity("count", "encoded", "--right", "shield", "--map", str(path)).code == 0
    assert ElementTree.fromstring(path.read_text(encoding="utf-8")).tag.endswith("svg")
    assert [path] == list(tmp_path.iterdir())
    gone = comity("count", "encoded", "--right", "shield", "--map", str(tmp_path / "no" / "m.svg"))
    assert gone.code == 1
    assert "E460" in gone.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--by", "hots"), 1, "did you mean `host`"),
        (("--right", "wings"), 1, "E491"),
        (("--where", "no gap", "--against", "encoded"), 2, "--where"),
        (("--min-cell", "3"), 2, "--min-cell"),
        (("--map", "m.svg", "--right", "stay", "--right", "work"), 2, "--map"),
        (("--on", "yesterday"), 1, "E206"),
    ],
)
def test_a_wrong_question_is_refused(words: tuple[str, ...], code: int, said: str) -> None:
    done = comity("count", "imfc", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
