"""`comity profile`: what it prints, one document of its model, and what it refuses."""

from __future__ import annotations

from pathlib import Path

from comity.api.schema import ErrorDocument
from comity.api.schema_profile import ProfileDocument
from tests.cli.running import comity

DAY = ("--on", "2026-11-24")
SMALL = ("profile", "mercosur_residence", *DAY, "--section", "discretion")


def test_the_words_name_the_day_the_people_and_what_is_claimed() -> None:
    ran = comity(*SMALL)
    assert 0 == ran.code
    assert "mercosur_residence: profile on 2026-11-24" in ran.out
    assert "DISCRETION" in ran.out
    assert "GOVERNANCE" not in ran.out
    assert "Definition:" not in ran.out
    assert "there is no index" in ran.out


def test_all_shows_definitions_and_other_choices() -> None:
    said = comity(*SMALL, "--all").out
    assert "Definition:" in said
    assert "Example:" in said
    assert "Under other choices:" in said


def test_json_is_one_document_of_its_model() -> None:
    document = comity(*SMALL, "--json").document(ProfileDocument)
    assert ("regime", "2026-11-24") == (document.kind, document.date)
    assert ["discretion"] == [section.id for section in document.sections]
    assert document.articles


def test_a_place_alone_is_its_people_under_the_law_of_today() -> None:
    document = comity("profile", "VAT", *DAY, "--section", "discretion", "--json").document(
        ProfileDocument
    )
    assert ("state", "today", ("VAT",)) == (document.kind, document.regime, document.hosts)


def test_what_is_none_is_refused_with_a_code() -> None:
    for words, code in (
        (("no_such_text",), "E450"),
        (("today", "--within", "Erope"), "E457"),
        (("today", "--section", "power"), "E490"),
    ):
        ran = comity("profile", *words, "--json")
        assert 1 == ran.code, words
        assert [code] == [error.code for error in ran.document(ErrorDocument).errors]
    assert 2 == comity("profile", "today", "--danger", "none").code


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    ran = comity(*SMALL, "--out", str(tmp_path), "--json")
    assert 1 == ran.code
    assert ["E460"] == [error.code for error in ran.document(ErrorDocument).errors]
    assert ["mine.txt"] == [path.name for path in tmp_path.iterdir()]
