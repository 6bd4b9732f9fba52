"""`comity show`: the reading room in the terminal, as one document, as a map and as pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.api.schema import ShowDocument
from tests.cli.running import comity


def test_an_instrument_keeps_its_head_and_says_what_names_it_and_what_was_not_done() -> None:
    out = comity("show", "ecowas").out
    assert out.startswith("ECOWAS Protocol 1979")
    assert "12 parties on 2026-11-24: BEN CIV" in out
    assert "Article 3. Entry without a visa  (2 rules, 13 cases)" in out
    assert "It names: imfc (4)" in out
    assert "People were not counted here" in out


def test_an_article_is_told_with_cases_proofs_readings_and_references() -> None:
    out = comity("show", "imfc/14").out
    for words in (
        "```comity",
        "Proofs: 11 stated as proved, 0 as refuted",
        "Cases: 18 passed",
        "imfc/16: uses",
    ):
        assert words in out
    asylum = comity("show", "eu_qr_2024_1347/3").out
    assert "Readings: whether fear is measured by the danger alone or must also be felt" in asylum
    assert "the one taken where none is named" in asylum


def test_parties_and_references_come_where_they_are_asked_for() -> None:
    plain = comity("show", "ecowas").out
    out = comity("show", "ecowas", "--parties", "--refs").out
    assert "Parties by year" not in plain
    assert "  2025    12  -BFA -MLI -NER\n" in out
    assert "NER  1980-04-08 to 2025-01-29  Niger" in out
    assert "proof work after the card conforms proof, conforms to imfc" in out
    assert "1951-07-28" not in comity("show", "imfc", "--parties").out
    assert "open to every one, and binds nobody" in comity("show", "imfc", "--parties").out


def test_versions_are_side_by_side_and_a_verdict_that_is_missing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_CACHE", str(tmp_path))
    before = comity("show", "usmca_ch16", "--versions").out
    assert "not compared" in before
    assert "comity show usmca_ch16 --compare" in before
    assert "1603 | 4 " in before
    after = comity("show", "usmca_ch16", "--compare").out
    assert "worse for nobody, better for nobody" in after
    assert "same: stay, reasons, entry, work" in after
    assert "worse for nobody" in comity("show", "nafta_ch16").out  # kept, and shown from both


def test_the_document_has_everything_and_people_only_where_they_were_counted() -> None:
    document = comity("show", "ecowas/3", "--json").document(ShowDocument)
    assert document.reading is not None
    passage = document.reading.passages[0]
    made = [one for part in passage.parts for one in part.statements]
    assert ("3", 1) == (passage.id, len(document.reading.passages))
    assert {"guarantee", "case"} <= {one.kind for one in made}
    assert {"passed"} == {one.outcome for one in made if one.kind == "case"}
    assert {None} == {one.people for one in made}


def test_people_are_counted_for_each_guarantee() -> None:
    document = comity("show", "ecowas/3", "--people", "--json").document(ShowDocument)
    assert document.reading is not None
    rules = [
        one
        for part in document.reading.passages[0].parts
        for one in part.statements
        if one.kind == "guarantee" and not one.soft
    ]
    assert rules
    for one in rules:
        assert one.people is not None
        if not one.people.hidden:
            certain, assumed, possible = (
                one.people.certain, one.people.assumed, one.people.possible
            )  # fmt: skip
            assert None not in (certain, assumed, possible)
            assert (certain or 0) <= (assumed or 0) <= (possible or 0)
    assert any((one.people.possible or 0) > 1_000_000 for one in rules if one.people)
    assert "under all encoded law of 2026-11-24" in document.reading.people


def test_the_map_is_one_file_and_nothing_else_is_touched(tmp_path: Path) -> None:
    path = tmp_path / "ecowas.svg"
    out = comity("show", "ecowas", "--map", str(path)).out
    assert str(path) in out
    svg = path.read_text("utf-8")
    assert svg.startswith("<svg")
    assert "Ghana: 47 years begun as a party" in svg
    assert "Niger: 0 years begun as a party" in svg
    assert ["ecowas.svg"] == [p.name for p in tmp_path.iterdir()]


def test_pages_are_written_whole_and_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    out = comity("show", "ecowas", "--html", str(folder)).out
    assert str(folder / "index.html") in out
    assert {"index.html", "ecowas.html", "search.html", "reading.css", "maps", "data"} == {
        p.name for p in folder.iterdir()
    }
    assert 0 == comity("show", "ecowas", "--html", str(folder)).code  # an older one is replaced
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    ran = comity("show", "ecowas", "--html", str(tmp_path / "mine"))
    assert (1, "E460") == (ran.code, ran.err.split()[0].strip(":"))


@pytest.mark.parametrize("words", [("show",), ("show", "--json"), ("show", "--map", "x.svg")])
def test_nothing_named_is_wrong_usage(words: tuple[str, ...]) -> None:
    assert 2 == comity(*words).code
