"""What users name: regimes, readings, instruments, articles, words, answers of an interview."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from comity.agreement.cases import Case
from comity.agreement.values import Members, Truth, exactly
from comity.agreement.vocabulary import (
    CountryType,
    DateType,
    EnumerationType,
    LevelType,
    NumberType,
    TruthType,
)
from comity.api import library as shelf
from comity.api.interviewing import Interview, NotUnderstood
from comity.api.people import explain_case
from comity.api.regimes import NAMED, own_regime, read_regime
from comity.api.shelves import list_document, show_document, words_of
from comity.language.faults import ComityError
from tests.cli.running import agreement

ON = date(2026, 11, 24)
ENCODED = {i.id for i in shelf.packaged().instruments.values() if not i.is_draft}


def codes(error: pytest.ExceptionInfo[ComityError]) -> list[str]:
    """The codes of an error's faults."""
    return [fault.code for fault in error.value.faults]


# ---- regimes ----
def ids(words: str) -> list[str]:
    """The instruments of a regime."""
    return [instrument.id for instrument in read_regime(words).regime.instruments]


def test_named_lists_are_what_they_say() -> None:
    assert ENCODED == set(ids("encoded")) == set(ids("today"))
    assert {*ENCODED, "imfc"} == set(ids("imfc"))
    for name in NAMED:
        assert not any(i == "imfc_draft_1" for i in ids(name))


def test_an_instrument_named_twice_stands_once() -> None:
    assert ["cat_art3"] == ids("cat_art3, cat_art3,")
    assert ids("encoded") == ids("encoded,cat_art3")


def test_the_order_of_naming_changes_no_answer() -> None:
    documents = []
    for words in ("cat_art3,echr_3_8,refugee_1951_1967", "refugee_1951_1967,echr_3_8,cat_art3"):
        regime = read_regime(words).regime
        facts = {"nationality": Members(frozenset({"SYR"}), frozenset({"SYR"}))}
        case = Case(ON, facts | {"host": exactly("SWE")}, ordinary=True)
        documents.append(explain_case(regime, case, "x").rights)
    assert {n: (r.lower, r.upper) for n, r in documents[0].items()} == {
        n: (r.lower, r.upper) for n, r in documents[1].items()
    }


@pytest.mark.parametrize(
    "words", ["", " ", ",,", "imfcc", "cat art3", "IMFC", "../x", "encoded;imfc"]
)
def test_what_names_nothing_is_a_coded_fault(words: str) -> None:
    with pytest.raises(ComityError) as error:
        read_regime(words)
    assert codes(error)[0] in ("E450", "E460")


def test_only_drafts_are_taken_as_in_force_for_all() -> None:
    assert frozenset() == read_regime("encoded").regime.for_every_host
    assert (
        frozenset({"imfc", "imfc_draft_1"})
        == read_regime("imfc,imfc-draft-1").regime.for_every_host
    )


def test_an_own_file_that_binds_somebody_is_not_in_force_for_all(tmp_path: Path) -> None:
    path = agreement(tmp_path, more="parties: [SWE from 2000-01-01]\n")
    assert frozenset() == read_regime(path).regime.for_every_host


def test_own_cases_run_in_force_for_every_host() -> None:
    library = shelf.packaged()
    made = own_regime(library.instruments["imfc"], library)
    assert {"imfc", "refugee_1951_1967", "cat_art3", "echr_3_8"} == set(made.for_every_host)


# ---- readings ----
def test_every_reading_of_every_question_can_be_chosen_by_either_name() -> None:
    regime = read_regime("imfc").regime
    assert regime.questions
    shared = Counter(key.partition("/")[2] for key in regime.questions)
    for key, question in regime.questions.items():
        short = key.partition("/")[2]
        for option in question.options:
            for name in (key, *([short] if shared[short] == 1 else [])):
                read = read_regime("imfc", readings={name: option.name}).regime
                if option.validity.on(ON):
                    assert option.name == read.reading_of(key, ON)


@pytest.mark.parametrize(("question", "option"), [("x", "y"), ("danger", "nothing"), ("", "")])
def test_a_reading_that_nobody_holds_is_a_coded_fault(question: str, option: str) -> None:
    with pytest.raises(ComityError) as error:
        read_regime("encoded", readings={question: option})
    assert ["E451"] == codes(error)
    assert "cat_art3/danger=real_risk" in error.value.faults[0].possible


# ---- shelves ----
def test_the_list_counts_what_the_files_hold() -> None:
    document = list_document(ON)
    assert set(shelf.packaged().instruments) == {i.id for i in document.instruments}
    assert NAMED == document.named_lists
    for model in document.instruments:
        assert model.cases > 0
        assert model.coverage.encoded


def test_each_article_is_shown_with_its_rules_by_its_id() -> None:
    whole = show_document("imfc", ON).instrument
    assert any(article.rules for article in whole.articles)
    for article in whole.articles:
        one = show_document(f"imfc/{article.id}", ON).instrument.articles
        assert [(article.heading, article.rules)] == [(a.heading, a.rules) for a in one]
    assert show_document("imfc/25 BIS", ON) == show_document("imfc/25bis", ON)


@pytest.mark.parametrize(
    ("name", "code"), [("", "E450"), ("/14", "E450"), ("imfc/0", "E305"), ("imfc/14/1", "E305")]
)
def test_what_is_not_on_the_shelf_is_a_coded_fault(name: str, code: str) -> None:
    with pytest.raises(ComityError) as error:
        show_document(name, ON)
    assert [code] == codes(error)


def test_every_word_of_the_vocabulary_has_a_meaning() -> None:
    for what in ("facts", "rights"):
        assert [] == [word["name"] for word in words_of(what) if not word["meaning"]]
        assert [] == [word["name"] for word in words_of(what) if not word["type"]]
    assert all(" < " in word["type"] for word in words_of("scales"))


# ---- interviews ----
def interview(regime: str = "imfc") -> Interview:
    """An interview of which host and nationality are known."""
    made = Interview(read_regime(regime).regime, Case(ON, {}))
    made.answer("host", "SWE")
    made.answer("nationality", "SYR")
    return made


def good_answers(path: str) -> list[str]:
    """Answers that fit a fact."""
    declared = shelf.vocabulary().fact(path)
    match declared.type if declared else TruthType():
        case LevelType(scale):
            return [scale.levels[0], scale.levels[-1]]
        case NumberType(unit, high):
            return ["0", f"1 {unit}", str(high)]
        case EnumerationType(enumeration):
            return [enumeration.options[0], enumeration.options[-1]]
        case CountryType():
            return ["SWE", "swe", "sweden"]
        case DateType():
            return ["2020-02-29"]
        case TruthType():
            return ["yes", "no", "Y", "n"]
        case _:
            return []


WORDS = ("banana", "-1", "1.5", "9" * 5000, "²", "2020-02-30", "XXX", "\x00", "yes please", "NO!")


@pytest.mark.parametrize(
    "path", [p for p in shelf.vocabulary().concrete_paths() if "sponsor" not in p]
)
def test_every_fact_can_be_answered_and_nonsense_never_is(path: str) -> None:
    made = interview("cat_art3")
    for word in good_answers(path):
        made.answer(path, word)
        assert path in made.case.facts
    before = made.case
    for word in WORDS:
        try:
            made.answer(path, word)
        except NotUnderstood as why:
            assert str(why)
        else:
            pytest.fail(f"{path} took {word[:20]!r} as {made.case.facts[path]}")
    assert before == made.case


def test_an_interview_asks_the_host_first_then_the_nationality() -> None:
    made = Interview(read_regime("imfc").regime, Case(ON, {}))
    asked = []
    for word in ("SWE", "SYR"):
        question = made.next()
        assert question is not None
        asked.append(question.path)
        made.answer(question.path, word)
    assert ["host", "nationality"] == asked


def test_an_interview_ends_and_each_question_was_put_once() -> None:
    made = interview("cat_art3")
    asked = []
    while (question := made.next()) is not None:
        asked.append(question.path)
        assert len(asked) < 200
        made.answer(question.path, "?")
    assert asked
    assert len(asked) == len(set(asked))


def test_only_decisive_questions_are_put() -> None:
    made = interview("cat_art3")
    for _number in range(8):
        question = made.next()
        if question is None:
            break
        assert question.settles >= 1
        assert question.text
        made.answer(question.path, (good_answers(question.path) or ["yes"])[0])


def test_what_a_nationality_says_of_origins_is_taken_with_it() -> None:
    made = interview()
    before = made.case.facts["origin2.exists"]
    made.answer("nationality", "Iraq, SYR")
    assert (Truth.FALSE, Truth.TRUE) == (before, made.case.facts["origin2.exists"])
    assert (
        Members(frozenset({"IRQ", "SYR"}), frozenset({"IRQ", "SYR"}))
        == made.case.facts["nationality"]
    )
