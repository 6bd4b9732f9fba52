"""Every packaged agreement reads without a fault, passes its cases, and says of itself what is true."""

from __future__ import annotations

import hashlib
import os
import re
import warnings
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from comity.agreement.governance import Governed
from comity.agreement.instruments import Instrument, article_of
from comity.agreement.lineage import SheetLine, Vector
from comity.agreement.nodes import Table
from comity.agreement.statements import CaseStatement, Proof
from comity.api import library as shelf
from comity.api.checking import Checked, check
from comity.api.regimes import read_regime
from comity.language.documents import read_document
from comity.language.printer import statement_text, table_text
from comity.language.resolve import read_library
from comity.language.resolved import Library
from tests.language.test_printing import form, printed

ON = date(2026, 11, 24)
IDS = tuple(shelf.packaged().instruments)
SHEETS = (
    "asean_mnp", "au_fmp_2018", "budapest_process", "caricom_csme", "cartagena_1984", "cat_art3",
    "echr_3_8", "ecowas", "eea", "eu_accession_transition", "eu_ankara_1_80",
    "eu_blue_card_2021_1883", "eu_dublin_604_2013", "eu_euromed_association",
    "eu_europe_agreements", "eu_famreun_2003_86", "eu_free_movement_2004_38", "eu_ltr_2003_109",
    "eu_qd_2011_95", "eu_returns_2008_115", "eu_seasonal_2014_36", "eu_tpd_2001_55", "ftaa",
    "gats_mode4", "gcm_gcr_2018", "iccpr_6_7_13", "icrmw", "ilo_c143", "ilo_c97", "iom",
    "kampala_2009", "mai_1998", "mercosur_residence", "nafta_ch16", "oau_1969",
    "palermo_trafficking", "puebla_rcm", "refugee_1951_1967", "regional_migration_convention",
    "stateless_1954", "stateless_1961", "stca", "unhcr", "zsa_principle",
)  # fmt: skip
"""The fact sheets that the library is encoded from."""
SPLIT = {"stateless_1954_1961": ("stateless_1954", "stateless_1961")}
"""Sheets of two treaties that have other parties: a file each."""
UNNUMBERED = ("zsa_principle",)
LATER = ("eu_ammr_2024_1351", "eu_qr_2024_1347", "usmca_ch16")
"""What took the place of others, drawn from the sheet of the text that it replaced."""
OWN = ("imfc", "imfc_draft_1", "rmc_north_central_america")
"""Drafts of our own."""
NEVER_ADOPTED = ("ftaa", "mai_1998", "regional_migration_convention")
"""Drafts of others that came to nothing, and the template, which is a type and no treaty."""
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
    assert {*SHEETS, *LATER, *OWN} == set(IDS)


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
        if not isinstance(statement, (Governed, Proof, CaseStatement))
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
    assert coverage.encoded > 0
    assert coverage.counted_from
    if coverage.total is None:  # nobody could count them, and every reader says so
        assert "coverage unknown" in coverage.share
        return
    assert coverage.encoded <= coverage.total
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
def test_a_draft_binds_nobody_and_what_is_in_force_somebody(name: str) -> None:
    made = instrument(name)
    assert made.is_draft is (name in (*OWN, *NEVER_ADOPTED))
    on_the_day = made.parties_on(ON)
    if made.is_draft:  # a draft may name those whom it is meant for
        assert made.in_force is None
        assert name not in {i.id for i in read_regime("today").regime.instruments}
    elif made.status != "in_force":
        assert frozenset() == on_the_day
    elif made.force.binds:
        assert on_the_day


@pytest.mark.parametrize("name", SHEETS)
def test_every_line_and_vector_of_the_sheet_is_answered(name: str) -> None:
    made = instrument(name)
    lines = {s.number for s in made.statements if isinstance(s, SheetLine)}
    vectors = {s.number for s in made.statements if isinstance(s, Vector)}
    assert made.lines
    assert {f"R{n}" for n in range(1, made.lines + 1)} == lines
    assert {f"V{n}" for n in range(1, (made.vectors or 0) + 1)} == vectors


def test_the_sheets_have_the_lines_that_the_library_counts() -> None:
    """Where the fact sheets are at hand, beside the mirror of the data."""
    folder = Path(os.environ.get("COMITY_MIRROR", "")).parent / "instruments"
    if not (folder / "cat_art3.md").is_file():
        if os.environ.get("CI"):
            warnings.warn("the fact sheets are not here: lines were not counted", stacklevel=1)
        return
    for path in sorted(folder.glob("*.md")):
        if path.stem == "IMFC":
            continue
        sheet = path.read_text(encoding="utf-8")
        counted = [len(re.findall(rf"^{letter}[0-9]+\.", sheet, re.M)) for letter in "RV"]
        names = SPLIT.get(path.stem, (path.stem,))
        listed = [
            sum(instrument(name).lines or 0 for name in names),
            sum(instrument(name).vectors or 0 for name in names),
        ]
        if path.stem in UNNUMBERED:  # the vectors stand in one line, without numbers
            counted[1] = listed[1]
        assert counted == listed, path.stem


@pytest.mark.parametrize("name", IDS)
def test_no_person_of_a_case_has_a_name_a_number_or_an_address(name: str) -> None:
    from comity.language.case_files import read_case

    for run in checked(name).runs:
        title = run.case.title.replace('"', "'")
        read_case(f'title: "{title}"\n', "title.yaml", shelf.vocabulary(), today=ON)
