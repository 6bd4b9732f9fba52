"""`comity compare`: what it prints for a person and for a program, and what it may claim."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comity.api.schema import ExplainDocument
from comity.api.schema_compare import CompareDocument
from tests.cli.running import TODAY, agreement, comity

OLD = """\
rule 1.1 "for those who ask": guarantee stay at least applicant when claims
rule 1.2 "for children": guarantee schooling at least as_nationals when age less than 18 years"""
NEW = """\
rule 1.1 "for those who ask": guarantee stay at least temporary when claims
rule 1.2 "for children": guarantee schooling at least as_aliens when age less than 18 years
rule 1.3 "permits": limit permit at most 36 months when claims"""
ADVICE = re.compile(r"\brefuse|\bdeny\b|\bdeport\b|\b(in)?eligible\b|\bmust leave\b", re.IGNORECASE)


@pytest.fixture
def sides(tmp_path: Path) -> tuple[str, str]:
    """Two small drafts of different titles."""
    return (
        agreement(tmp_path, name="old.md", id_="old", title="Old", block=OLD),
        agreement(tmp_path, name="new.md", id_="new", title="New", block=NEW),
    )


def paragraphs(text: str) -> dict[str, str]:
    """The parts of the text that tell of one right, by right."""
    parts = text.split("\n\n")
    return {part.partition(":")[0].strip(): part for part in parts}


def test_the_answer_stands_first_and_then_right_by_right(sides: tuple[str, str]) -> None:
    ran = comity("compare", *sides)
    assert ran.code == 0
    answer = ran.out.split("\n\n")[1]
    assert "NEW is worse for some, on schooling." in answer
    assert "NEW is better for some, on stay." in answer
    assert "Better on one right and worse on another: for some, such as person" in answer
    assert "The State may grant less than before: to some, on permit." in answer
    assert "The State may grant more than before: to nobody (proved)." in answer
    assert re.search(r"OLD gives somebody and NEW nobody: schooling as_nationals \(", answer)
    assert "neither speaks of" in answer
    told = paragraphs(ran.out)
    assert "worse for nobody (proved)" in told["stay"]
    assert "worse: NEW guarantees less" in told["schooling"]
    assert "when age less than 18 years" in told["schooling"]


def test_a_person_is_told_with_both_positions_and_never_advised_against(
    sides: tuple[str, str],
) -> None:
    ran = comity("compare", *sides, "--right", "schooling")
    (told,) = (part for name, part in paragraphs(ran.out).items() if name == "schooling")
    assert re.search(r"person 1: An invented person .*before \w+\. age: ", told)
    assert "OLD: guaranteed: at least as_nationals" in told
    assert "NEW: guaranteed: at least as_aliens" in told
    assert "by old/1.2" in told
    assert "by new/1.2" in told
    assert ADVICE.search(ran.out) is None


def test_where_nothing_is_guaranteed_the_house_s_words_stand(sides: tuple[str, str]) -> None:
    out = comity("compare", sides[1], sides[0], "--right", "stay").out
    assert "NEW: guaranteed: at least applicant" in out
    nothing = agreement(Path(sides[0]).parent, name="empty.md", id_="empty", block="# no rule")
    out = comity("compare", sides[0], nothing, "--right", "stay").out
    assert "no guarantee found in the encoded texts; the State may still grant up to" in out


def test_what_is_claimed_stands_under_every_comparison(sides: tuple[str, str]) -> None:
    out = comity("compare", *sides, "--on", "2026-01-02").out
    last = out.rstrip().splitlines()[-1]
    assert "proved of these encodings" in last
    assert "on 2026-01-02" in last
    assert "coverage unknown, by z3" in last
    assert "nothing about what an officer will do" in last
    assert "is a draft that binds nobody" in out


def test_short_leaves_out_conditions_and_persons_but_where_it_is_worse(
    sides: tuple[str, str],
) -> None:
    told = paragraphs(comity("compare", *sides, "--short").out)
    assert "those whom" in told["stay"]
    assert "person" not in told["stay"]
    assert "person" in told["schooling"]


def test_each_person_is_a_record_that_explain_answers_alike(
    sides: tuple[str, str], tmp_path: Path
) -> None:
    ran = comity("compare", *sides, "--json")
    document = ran.document(CompareDocument)
    assert document.date == TODAY
    assert document.persons
    for person in document.persons:
        record = tmp_path / f"{person.number}.yaml"
        record.write_text(person.case, encoding="utf-8")
        for side, word in zip(sides, ("old", "new"), strict=True):
            ran = comity("explain", side, "--case", str(record), "--json")
            answer = ran.document(ExplainDocument)
            for changed in person.rights:
                told, found = getattr(changed, word), answer.rights.get(changed.right)
                if found is None:  # a text that does not speak of a right guarantees nothing
                    assert told.startswith("no guarantee found in the encoded texts")
                else:
                    assert found.statement == told


def test_only_the_rights_named_are_told(sides: tuple[str, str]) -> None:
    document = comity("compare", *sides, "--right", "stay", "--json").document(CompareDocument)
    assert [right.right for right in document.rights] == ["stay"]
    assert document.worse == "nobody"


def test_a_right_that_is_none_is_a_coded_fault(sides: tuple[str, str]) -> None:
    ran = comity("compare", *sides, "--right", "stey", "--json")
    assert ran.code == 1
    assert ran.codes() == ["E201"]
    ran = comity("compare", *sides, "--right", "stey")
    assert "did you mean `stay`?" in ran.err


def test_a_regime_that_is_none_is_a_coded_fault(sides: tuple[str, str]) -> None:
    ran = comity("compare", sides[0], "nowhere", "--json")
    assert ran.code == 1
    assert ran.codes() == ["E450"]


def test_treaties_differ_from_host_to_host_and_the_text_says_so() -> None:
    ran = comity("compare", "cat_art3", "refugee_1951_1967", "--right", "unpunished")
    assert "NEW is better for some, on unpunished." in ran.out
    assert "when the host is bound by Convention relating to the Status of Refugees" in ran.out
    assert "positions differ from host to host" in ran.out


def test_a_draft_is_compared_with_another_version_under_the_same_law() -> None:
    ran = comity("compare", "imfc_draft_1", "imfc", "--right", "exit", "--json")
    document = ran.document(CompareDocument)
    assert document.rights[0].same
    assert set(document.old.instruments) - set(document.new.instruments) == {"imfc_draft_1"}
    assert any("two versions of one text" in note for note in document.notes)
    assert any("read beside" in note for note in document.notes)
