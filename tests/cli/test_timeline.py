"""`comity timeline`: a few years for a person, for a program, and as a folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from comity.api.schema_timeline import TimelineDocument
from tests.cli.running import comity

ONE = ("--from", "1990", "--until", "1991")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Years are kept for the tests of this file, and nowhere else."""
    base = tmp_path_factory.getbasetemp() / "timeline-cache"
    monkeypatch.setenv("COMITY_CACHE", str(base))


def test_a_place_and_years_as_one_document() -> None:
    ran = comity("timeline", "americas", *ONE, "--json")
    document = ran.document(TimelineDocument)
    assert (0, "") == (ran.code, ran.err)
    assert ["americas"] == [p.id for p in document.places]
    assert {1990, 1991} == {p.year for s in document.series for p in s.points}
    assert {"ucdp_prio_acd", "un_desa_stock_2024", "unhcr_population", "world_bank_gbmd"} == {
        s.id for s in document.sources
    }
    assert all(s.defects and s.sha256 for s in document.sources)


def test_a_second_run_works_nothing_out() -> None:
    comity("timeline", "world", *ONE, "--json")
    assert 0 == comity("timeline", *ONE, "--json").document(TimelineDocument).computed


def test_for_a_person_interpolated_years_and_breaks_are_marked() -> None:
    ran = comity("timeline", "europe", *ONE)
    assert 0 == ran.code
    for words in (
        "Europe with the Budapest Process",
        "~1991",
        "Break at 1990",
        "guaranteed a stay",
    ):
        assert words in ran.out
    assert " ~1990" not in ran.out


def test_a_folder_holds_page_charts_and_the_numbers_of_the_document(tmp_path: Path) -> None:
    ran = comity("timeline", *ONE, "--out", str(tmp_path / "out"), "--json")
    document = ran.document(TimelineDocument)
    assert str(tmp_path / "out") == document.folder
    assert {"index.html", "data/timeline.csv", "data/timeline.json"} < set(document.files)
    assert any(name.endswith(".svg") for name in document.files)
    with (tmp_path / "out" / "data" / "timeline.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sum(len(s.points) for s in document.series) == len(rows)
    assert {"law", "published", "interpolated"} == {row["basis"] for row in rows}
    kept = json.loads((tmp_path / "out" / "data" / "timeline.json").read_text(encoding="utf-8"))
    assert len(document.series) == len(kept["series"])
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert str(tmp_path) not in page


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("timeline", "atlantis"), "E457"),
        (("timeline", "--from", "1900"), "E206"),
        (("timeline", "--from", "2000", "--until", "1990"), "E206"),
    ],
)
def test_what_is_no_place_or_year_is_a_coded_fault(words: tuple[str, ...], code: str) -> None:
    ran = comity(*words, "--json")
    assert 1 == ran.code
    assert [code] == ran.codes()


def test_a_folder_of_somebody_else_is_refused_before_anything_is_counted(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    ran = comity("timeline", *ONE, "--out", str(tmp_path), "--json")
    assert (1, ["E460"]) == (ran.code, ran.codes())
    assert "mine" == (tmp_path / "thesis.txt").read_text(encoding="utf-8")


def test_a_reading_that_is_none_is_a_mistake_of_use() -> None:
    assert 2 == comity("timeline", *ONE, "--danger", "rumour").code
