"""Broken agreements: each fault stands on the line that earns it, and no other line is reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.agreement.nodes import Norm
from comity.api.checking import check
from comity.language.documents import LARGEST, read_document
from comity.language.faults import MOST, Fault, render, render_gnu
from comity.language.messages import REGISTRY
from comity.language.outline import outline
from comity.language.resolve_vocabulary import read_vocabulary
from comity.language.resolved import Library
from tests.language import reading

ELSEWHERE = {"E420", "E421", "E422", "E423", *(f"E45{n}" for n in range(9)), "E460"}
ELSEWHERE |= {f"E50{n}" for n in range(7)}
ELSEWHERE |= {f"E4{n}" for n in range(70, 100)} & set(REGISTRY)
"""Codes of records, regimes and the command line: no agreement earns them."""

MANY_FAULTS = (
    "---\nid: many\ntitle: Many faults\nforce: binding\n---\n```comity\n" + "x\n" * 999 + "```\n"
)

BAD = reading.paths("bad")


def _checked(path: Path) -> tuple[Library | None, list[Fault]]:
    made = reading.read(path.read_bytes(), path.name)
    if isinstance(made, Fault):
        return None, [made]
    ids = [name for name in made.instruments if name != "neighbour"]
    return made, check(made, ids, on=date(2020, 1, 1)).faults


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_exactly_the_marked_lines_are_reported(path: Path) -> None:
    _library, faults = _checked(path)

    assert reading.expected(path.read_bytes()) == {(f.span.line, f.code) for f in faults}
    assert {path.name} == {fault.span.file for fault in faults}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_is_right_survives_what_is_wrong(path: Path) -> None:
    library, _faults = _checked(path)
    if library is None or "\nrule 99.1" not in path.read_text(encoding="utf-8"):
        return
    for instrument in library.instruments.values():
        if instrument.id != "neighbour":
            assert "99.1" in {s.id for s in instrument.statements if isinstance(s, Norm)}


def test_there_are_at_least_seventy() -> None:
    assert len(BAD) >= 70


def test_every_code_that_a_text_can_earn_is_earned() -> None:
    earned = {code for path in BAD for _line, code in reading.expected(path.read_bytes())}
    earned |= {fault.code for fault in reading.faults(b" " * (LARGEST + 1))}
    earned |= {fault.code for fault in reading.faults(MANY_FAULTS)}

    assert set() == set(REGISTRY) - ELSEWHERE - earned


def test_after_many_faults_the_rest_of_a_file_is_not_read() -> None:
    faults = reading.faults(MANY_FAULTS)

    assert [*["E113"] * MOST, "E115"] == [fault.code for fault in faults]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_fault_says_where_it_is_and_follows_the_house_style(path: Path) -> None:
    lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    for fault in _checked(path)[1]:
        assert fault.code in REGISTRY
        assert fault.message[0] == fault.message[0].lower() or fault.message[0] == "`", (
            fault.message
        )
        assert not fault.message.removesuffix("...").endswith("."), fault.message
        assert "\n" not in fault.message
        for word in ("Tree(", "Token(", "None", "dataclass", "Error", "Exception", "<class"):
            assert word not in fault.message, fault.message
        assert 1 <= fault.span.line <= len(lines)
        assert 1 <= fault.span.column <= len(lines[fault.span.line - 1]) + 1
        if fault.code not in ("E101", "E102", "E125"):
            assert fault.excerpt == lines[fault.span.line - 1]


def test_the_article_is_named() -> None:
    raw = (reading.HERE / "bad" / "unknown_level.md").read_bytes()

    assert {"Article 1. The case"} == {fault.span.article for fault in reading.faults(raw)}


def test_a_fault_is_rendered_with_its_line_a_caret_and_what_to_try() -> None:
    raw = (reading.HERE / "bad" / "unknown_level.md").read_bytes()
    first = reading.faults(raw, "agreement.md")[0]

    assert (
        "E202 unknown-level: `temporery` is not a level of `stay_level`\n"
        "  --> agreement.md:12:35, Article 1. The case\n"
        "12 | rule 1.1: guarantee stay at least temporery  # E: E202\n"
        "   |                                   ^^^^^^^^^\n"
        "  levels of `stay_level`: none < tolerated < temporary < protected < permanent\n"
        "  try: did you mean `temporary`?"
    ) == render(first)
    assert (
        "agreement.md:12:35: error: `temporery` is not a level of `stay_level` [E202]"
    ) == render_gnu(first)


def test_a_second_place_is_shown_with_its_caption() -> None:
    raw = (reading.HERE / "bad" / "declared_twice.md").read_bytes()
    shown = render(reading.faults(raw)[0])

    assert "(the first)" in shown
    assert shown.count("-->") == 2


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("misspelt_relation", "did you mean `at least`?"),
        ("no_such_statement", "did you mean `rule`?"),
        ("unknown_fact", "did you mean `residence.lawful`?"),
        ("unknown_level", "did you mean `temporary`?"),
        ("unknown_right", "did you mean `stay`?"),
        ("unknown_place", "did you mean `origin.protects`?"),
        ("unknown_declaration", "did you mean `europe_only`?"),
        ("unknown_term_of_another", "did you mean `refugee`?"),
        ("no_such_instrument", "did you mean `neighbour`?"),
        ("no_such_reason", "did you mean `open_term`?"),
        ("front_matter_unknown_keys", "did you mean `force`?"),
        ("party_is_yaml_no", "did you mean `NOR`?"),
        ("table_with_an_unknown_row", "did you mean `danger`?"),
    ],
)
def test_a_near_miss_says_what_was_meant(name: str, wanted: str) -> None:
    raw = (reading.HERE / "bad" / f"{name}.md").read_bytes()

    assert wanted in {fault.suggestion for fault in reading.faults(raw)}


VOCABULARY_FAULTS = """\
---
id: words
title: Broken words
---

```comity
scale size: small < large
scale size: tiny < huge  # E: E211
scale twice: a < a  # E: E211
enum size: x, y  # E: E211
fact place.size: size
fact how.big: sise  # E: E201
fact how.many: persons up to 5, ordinary 6 persons  # E: E208
fact how.long: months up to 12, ordinary 5 days  # E: E203
fact how.true: yes/no, ordinary perhaps  # E: E207
fact who: countries, ordinary SWE  # E: E207
fact small: size, ordinary tiny  # E: E202
fact sponsored: size, position of nothing  # E: E201
right stay: size
right stay: size  # E: E211
right who: countries  # E: E207
right order: size, less is better  # E: E207
right wait: days up to 5, less is better, measured by nothing.days  # E: E201
right labour: size, absolute nothing  # E: E201
spell residence: lawful, lawful  # E: E211
counter how.odd = months in residence  # E: E201
event arrival
group g: SWE from 2001-01-01 until 2000-01-01  # E: E206
group g  # E: E100
always size at least small  # E: E201
rule 1.1: guarantee stay at least large  # E: E303
place origin up to 2
fact good: yes/no, ordinary no
```
"""


def test_the_vocabulary_reports_its_faults_on_their_lines() -> None:
    document = read_document(VOCABULARY_FAULTS, "words.md")
    vocabulary, faults = read_vocabulary([outline(document, "words")])

    assert reading.expected(VOCABULARY_FAULTS.encode()) == {(f.span.line, f.code) for f in faults}
    assert "good" in vocabulary.facts
