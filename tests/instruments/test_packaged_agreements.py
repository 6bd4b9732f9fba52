"""Every packaged agreement reads without a fault, passes its cases, and says of itself what is true."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import cache

import pytest

from comity.agreement.instruments import Instrument, article_of
from comity.agreement.nodes import Table
from comity.agreement.statements import CaseStatement, Proof
from comity.api import library as shelf
from comity.api.checking import Checked, check
from comity.language.documents import read_document
from comity.language.printer import statement_text, table_text
from comity.language.resolve import read_library
from comity.language.resolved import Library
from tests.language.test_printing import form, printed

ON = date(2026, 11, 24)
IDS = (
    "cat_art3",
    "echr_3_8",
    "eu_returns_2008_115",
    "imfc_draft_1",
    "imfc",
    "refugee_1951_1967",
)
# The draft is evidence: what its proofs refute must stay refuted, faults and all. Whoever wants to
# mend the Convention mends `imfc.md`; a change here is a change of what was found wrong.
FROZEN = "0134a0f24c9b2acab3fe74259d535d703eb6abadde965f698a3cf385ff98b593"


def instrument(name: str) -> Instrument:
    """A packaged agreement."""
    return shelf.packaged().instruments[name]


@cache
def checked(name: str) -> Checked:
    """What `check` finds on the pinned day."""
    return check(shelf.packaged(), [name], on=ON)


def test_these_agreements_are_packaged_and_no_others() -> None:
    assert set(IDS) == set(shelf.packaged().instruments)


@pytest.mark.parametrize("name", IDS)
def test_a_packaged_agreement_has_no_fault(name: str) -> None:
    assert [] == [fault.message for fault in checked(name).faults]


@pytest.mark.parametrize("name", IDS)
def test_every_case_gives_what_it_expects(name: str) -> None:
    runs = checked(name).runs
    stated = [s for s in instrument(name).statements if isinstance(s, CaseStatement)]
    assert len(stated) == len(runs) > 0
    assert [] == [run.case.title for run in runs if not run.passed]
    assert [] == [run.case.title for run in runs if run.impossible]


@pytest.mark.parametrize("name", IDS)
def test_a_case_expects_something(name: str) -> None:
    assert [] == [run.case.title for run in checked(name).runs if not run.outcomes]


@pytest.mark.parametrize("name", IDS)
def test_titles_of_cases_tell_them_apart(name: str) -> None:
    titles = [run.case.title for run in checked(name).runs]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("name", IDS)
def test_the_form_alone_prints_a_text_that_reads_back_to_the_form(name: str) -> None:
    library = shelf.packaged()
    made, document = library.instruments[name], library.documents[name]
    front = f"---\n{document.front_matter}---\n\n"
    text = printed(made, library.vocabulary, front)

    again = _read_with(library, name, text)

    assert [] == [fault.message for fault in again.faults]
    assert form(made).statements == again.instruments[name].statements


def _read_with(library: Library, name: str, text: str) -> Library:
    documents = [
        read_document(text, document.file) if key == name else document
        for key, document in library.documents.items()
    ]
    return read_library(documents, library.vocabulary)


def test_the_draft_of_2026_is_frozen() -> None:
    """Its prose and its rules, that is; what is proved of them, and the cases, may be added to."""
    draft = instrument("imfc_draft_1")
    prose = (re.sub(r"```comity\n.*?```\n?", "", a.text, flags=re.S) for a in draft.articles)
    said = [" ".join(text.split()) for text in prose]
    said += [article.heading for article in draft.articles]
    said += [
        statement_text(statement, shelf.vocabulary(), instrument=draft.id)
        for statement in draft.statements
        if not isinstance(statement, (Proof, CaseStatement))
    ]
    said += [
        table_text(table, shelf.vocabulary())
        for table in draft.definitions
        if isinstance(table, Table)
    ]
    assert FROZEN == hashlib.sha256("\0".join(said).encode()).hexdigest()


def test_the_working_copy_has_the_articles_of_the_draft() -> None:
    draft, copy = instrument("imfc_draft_1"), instrument("imfc")
    assert [a.heading for a in draft.articles] == [a.heading for a in copy.articles]


@pytest.mark.parametrize("name", IDS)
def test_no_more_is_encoded_than_the_text_has(name: str) -> None:
    coverage = instrument(name).coverage
    assert coverage.total is not None
    assert 0 < coverage.encoded <= coverage.total
    assert coverage.encoded + sum(coverage.without_rule.values()) <= coverage.total
    assert coverage.counted_from
    assert f"of {coverage.total} paragraphs encoded" in coverage.share


@pytest.mark.parametrize("name", IDS)
def test_every_rule_stands_under_an_article_that_has_words(name: str) -> None:
    made = instrument(name)
    articles = {article.id: article for article in made.articles}
    without = {article_of(n.id) for n in made.holdings if not articles[article_of(n.id)].text}
    assert set() == without


@pytest.mark.parametrize("name", IDS)
def test_there_is_a_day_of_review_that_has_not_passed_and_a_citation(name: str) -> None:
    made = instrument(name)
    assert made.review_by is not None
    assert made.review_by > ON
    assert made.citations
    assert any(isinstance(statement, Proof) for statement in made.statements)


@pytest.mark.parametrize("name", IDS)
def test_only_the_draft_convention_is_a_draft_and_it_binds_nobody(name: str) -> None:
    made = instrument(name)
    assert name.startswith("imfc") is made.is_draft
    assert made.is_draft is (made.parties_on(ON) == frozenset())


@pytest.mark.parametrize("name", IDS)
def test_no_person_of_a_case_has_a_name_a_number_or_an_address(name: str) -> None:
    from comity.language.case_files import read_case

    for run in checked(name).runs:
        title = run.case.title.replace('"', "'")
        read_case(f'title: "{title}"\n', "title.yaml", shelf.vocabulary(), today=ON)
