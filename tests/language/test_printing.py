"""Text to form to text to form is the identity, and canonical text comes back as it went in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from comity.agreement.conditions import (
    AnyOf,
    Comparison,
    Constant,
    EveryPlace,
    FactHolds,
    FactRef,
    LeftOpen,
    Not,
    Part,
    Sum,
    TermHolds,
)
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Bounding, Kind, Norm, Table
from comity.agreement.vocabulary import Vocabulary
from comity.language.documents import read_document
from comity.language.formatter import format_document, format_read, format_vocabulary
from comity.language.outline import outline
from comity.language.printer import (
    condition_text,
    declaration_text,
    declarations,
    statement_text,
    table_text,
)
from comity.language.printer_layout import WIDTH
from comity.language.resolve import read_library
from comity.language.resolve_vocabulary import read_vocabulary
from comity.language.resolved import Library
from tests.language import reading

GOOD = reading.paths("good")
VOCABULARY_FILES = ("states.md", "parties.md", "vocabulary.md")


def form(instrument: Instrument) -> Instrument:
    """The form without the articles' own text, which is prose."""
    return replace(instrument, articles=())


def formatted(text: str, file: str = "text.md") -> str:
    """A text of these tests in canonical layout."""
    return format_document(text, file, reading.vocabulary(), beside=[reading.neighbour()])


def printed(instrument: Instrument, vocabulary: Vocabulary, front: str) -> str:
    """A document made of nothing but the form: every statement printed under its own article."""
    parts = [front]
    for statement in instrument.statements:
        heading = statement.span.article
        text = statement_text(statement, vocabulary, instrument=instrument.id)
        level = "##" if f"## {heading}\n" not in "".join(parts) else ""
        if heading and (level or parts[-1] != heading):
            parts += [f"## {heading}\n\n"] if level else []
        parts.append(f"```comity\n{text}\n```\n\n")
        if isinstance(statement, Table):
            parts.append(table_text(statement, vocabulary) + "\n\n")
    return "".join(parts)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_canonical_lines_come_back_as_they_went_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text == formatted(text, path.name)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_text_to_form_to_text_to_form_is_the_identity(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = reading.instrument(text)
    front = text[: text.index("\n---\n", 4) + 5]

    again = reading.instrument(printed(made, reading.vocabulary(), front))

    assert form(made).statements == again.statements
    assert form(made) == form(again)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_lines_are_no_longer_than_they_may_be(path: Path) -> None:
    made = reading.instrument(path.read_text(encoding="utf-8"))
    for statement in made.statements:
        text = statement_text(statement, reading.vocabulary(), instrument=made.id)
        assert all(len(line) <= WIDTH for line in text.split("\n")), text


def test_the_tiny_vocabulary_comes_back_as_it_went_in() -> None:
    text = (reading.HERE / "vocabulary.md").read_text(encoding="utf-8")

    assert text == format_vocabulary(text, "vocabulary.md")


def test_a_vocabulary_printed_from_its_form_is_the_same_vocabulary() -> None:
    made = reading.vocabulary()
    text = "\n".join(declaration_text(one, made) for one in declarations(made))
    text = f"```comity\n{text}\n```\n"

    again, faults = read_vocabulary([outline(read_document(text, "x.md"), "x")])

    assert [] == faults
    assert replace(made, states={}) == again


# ---- what is packaged ----
@cache
def packaged() -> tuple[Vocabulary, Library]:
    """The packaged vocabulary and agreements."""
    texts = reading.packaged()
    words = [outline(read_document(texts[n], n), n) for n in VOCABULARY_FILES]
    vocabulary, _faults = read_vocabulary(words)
    documents = [read_document(t, n) for n, t in texts.items() if n not in VOCABULARY_FILES]
    return vocabulary, read_library(documents, vocabulary)


@pytest.mark.parametrize("file", VOCABULARY_FILES)
def test_the_packaged_vocabulary_keeps_its_meaning_when_formatted(file: str) -> None:
    texts = reading.packaged()
    beside = [read_document(texts[n], n) for n in VOCABULARY_FILES if n != file]
    others = [outline(document, document.file) for document in beside]

    once = format_vocabulary(texts[file], file, beside=beside)
    before, _ = read_vocabulary([outline(read_document(texts[file], file), file), *others])
    after, _ = read_vocabulary([outline(read_document(once, file), file), *others])

    assert once == format_vocabulary(once, file, beside=beside)
    assert before == after


@cache
def reformatted() -> tuple[dict[str, str], Library]:
    """Every packaged agreement that has no fault in canonical layout, by id, and read again."""
    vocabulary, library = packaged()
    faulty = {fault.span.file for fault in library.faults}
    once = {
        name: format_read(library, name)
        for name, document in library.documents.items()
        if document.file not in faulty
    }
    documents = [
        read_document(once[name], d.file) if name in once else d
        for name, d in library.documents.items()
    ]
    return once, read_library(documents, vocabulary)


AGREEMENTS = [name for name in reading.packaged() if name not in VOCABULARY_FILES]


@pytest.mark.parametrize("file", AGREEMENTS)
def test_a_packaged_agreement_keeps_its_form_when_formatted(file: str) -> None:
    _vocabulary, library = packaged()
    once, again = reformatted()
    names = [name for name, document in library.documents.items() if document.file == file]
    if not set(names) & set(once):  # it is being written: faults of its own are told by `check`
        assert any(fault.span.file == file for fault in library.faults)
        return
    (name,) = names

    assert form(library.instruments[name]) == form(again.instruments[name])
    assert once[name] == format_read(again, name)


# ---- conditions alone ----
def test_a_condition_is_printed_for_people() -> None:
    lawful = Sum((Part(1, FactRef("residence.lawful")),))  # type: ignore[arg-type]
    five_years = Sum((Part(1, Constant(60, "months")),))  # type: ignore[arg-type]
    long = Comparison(lawful, "at least", five_years)
    condition = AnyOf((long, Not(TermHolds("demo", "refugee")), FactHolds(FactRef("claims"))))

    assert (
        "any of (residence.lawful at least 60 months; not demo/refugee; claims)"
        == condition_text(condition, reading.vocabulary())
    )
    assert "any of (residence.lawful at least 60 months; not refugee; claims)" == condition_text(
        condition, reading.vocabulary(), instrument="demo"
    )


def test_an_implicit_origin_is_printed_as_it_is_written() -> None:
    inner = FactHolds(FactRef("place.protects"))

    assert "origin.protects" == condition_text(
        EveryPlace("origin", inner, implicit=True), reading.vocabulary()
    )
    assert "origin.protects is no" == condition_text(
        EveryPlace("origin", Not(inner), implicit=True), reading.vocabulary()
    )
    assert "not origin.protects" == condition_text(
        Not(EveryPlace("origin", inner, implicit=True)), reading.vocabulary()
    )
    assert "every origin (not place.protects)" == condition_text(
        EveryPlace("origin", Not(inner)), reading.vocabulary()
    )


def test_ranks_of_a_burden_are_turned_back_into_amounts() -> None:
    decision = reading.vocabulary().rights["decision"]
    norm = Norm("1.1", Kind.GUARANTEE, (Bounding("decision", decision.rank(90)),))

    assert "rule 1.1: guarantee decision at most 90 days" == statement_text(
        norm, reading.vocabulary(), instrument="x"
    )
    assert "decision at least 91 days" == condition_text(
        Not(LeftOpen("decision", decision.rank(90))), reading.vocabulary()
    )


def test_what_was_written_is_not_trusted_where_it_says_something_else() -> None:
    stale = Norm("1.1", Kind.GUARANTEE, (Bounding("detention", 12, written="1 year"),))

    assert "rule 1.1: guarantee detention at most 6 months" == statement_text(
        stale, reading.vocabulary(), instrument="x"
    )
