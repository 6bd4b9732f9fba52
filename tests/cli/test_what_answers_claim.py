"""Design, section 6: what an answer may claim, held against every packaged case and example."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from comity.agreement.cases import case_of
from comity.agreement.statements import CaseStatement
from comity.api import library as shelf
from comity.api.explaining import explain_document
from comity.api.regimes import own_regime
from comity.api.schema import ExplainDocument
from comity.cli.explain import print_answer
from comity.explain.answer import explain
from tests.cli.running import EXAMPLES, SIEGE, agreement, apart, comity

# Advice against a person. "refused" as a fact (`procedure.refused`) is a word of the law.
ADVICE = re.compile(
    r"\brefuse(s|\b)|\brefus(al|ed) (of )?entry|\bden(y|ied) (entry|admission)|\bdeport\b|"
    r"\bnot eligible\b|\bineligible\b|\bmust (leave|be removed)|\bshould be (removed|detained)",
    re.IGNORECASE,
)
NOTHING_FOUND = "no guarantee found in the encoded texts"
RECORDS = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".yaml", ".json"))


@cache
def documents() -> tuple[tuple[str, ExplainDocument], ...]:
    """The answer for every tenth packaged case of each agreement, under its own file's law."""
    library = shelf.packaged()
    found = []
    for name, instrument in library.instruments.items():
        cases = [s for s in instrument.statements if isinstance(s, CaseStatement)]
        for statement in cases[::10]:
            readings = {f"{name}/{u.question}": u.option for u in statement.readings}
            regime = own_regime(instrument, library, readings)
            case = case_of(statement, instrument, regime.vocabulary, on=date(2026, 11, 24))
            answer = explain(regime, case, why_not=False, part=False)
            found.append((statement.title, explain_document(answer, statement.title)))
    return tuple(found)


def text_of(document: ExplainDocument, capsys: pytest.CaptureFixture[str]) -> str:
    """The answer as a person reads it."""
    print_answer(document, everything=True)
    return capsys.readouterr().out


def without_titles(document: ExplainDocument) -> ExplainDocument:
    """The answer without the words of whoever described the person."""
    return document.model_copy(update={"title": ""})


def test_no_answer_advises_against_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    for title, document in documents():
        text = text_of(without_titles(document), capsys)
        assert None is ADVICE.search(text), title


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("regime", ["encoded", "imfc"])
def test_no_command_advises_against_a_person_of_an_example(record: Path, regime: str) -> None:
    ran = comity("explain", regime, "--case", str(record), "--all")
    first, _, rest = ran.out.partition("\n")
    assert 0 == ran.code
    assert first.startswith("Position for ")
    assert [] == [m.group() for m in ADVICE.finditer(rest)]
    assert None is ADVICE.search(comity("ask", regime, answers="SWE\nSYR\n").out)


def test_no_help_advises_against_a_person() -> None:
    for words in ((), ("explain",), ("ask",), ("brief",), ("check",), ("list",), ("show",)):
        assert None is ADVICE.search(comity(*words, "--help").out)


def test_a_bottom_bound_says_that_no_guarantee_was_found_and_what_may_be_granted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    seen = 0
    for title, document in documents():
        for name, right in document.rights.items():
            bottom = shelf.vocabulary().rights[name].name_of(0)
            assert (right.lower == bottom) is right.statement.startswith(NOTHING_FOUND), title
            if right.lower == bottom:
                seen += 1
                assert re.search(
                    r"may still grant (up|down) to|leaves the State no room", right.statement
                )
        assert NOTHING_FOUND in text_of(document, capsys) or all(
            right.statement.startswith("guaranteed") for right in document.rights.values()
        )
    assert seen > 50


def test_every_answer_prints_coverage_and_what_it_does_not_claim(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for title, document in documents():
        text = text_of(document, capsys)
        assert "It says nothing about what an officer will do" in text
        for coverage in document.coverage.values():
            assert coverage.share in text, title
        assert document.coverage, title


def test_every_reader_prints_coverage() -> None:
    share = "5 % of 87 paragraphs encoded"
    for words in (
        ("check", "cat_art3"),
        ("show", "cat_art3"),
        ("explain", "cat_art3", "--case", SIEGE),
        ("ask", "cat_art3"),
        ("list", "--json"),
    ):
        assert share in comity(*words, answers="").out, words


def test_an_unknown_count_is_said_to_be_unknown(tmp_path: Path) -> None:
    path = agreement(tmp_path)
    assert "coverage unknown" in comity("check", path).out
    assert "coverage unknown" in comity("explain", path, "--case", SIEGE).out


# ---- force ----
@pytest.mark.parametrize("force", ["informal", "political"])
def test_what_does_not_bind_never_lowers_and_never_grants(force: str, tmp_path: Path) -> None:
    binding = agreement(tmp_path, name="a.md", id_="a")
    block = (
        "rule 1.1: limit stay at most none\n"
        "rule 1.2: guarantee work at least any\n"
        "exception 1.3 to a/1.1\n"
        "prevalence 1: this prevails over a"
    )
    other = agreement(tmp_path, name="b.md", id_="b", force=force, block=block)
    words = ("--case", SIEGE, "--json")
    alone = comity("explain", binding, *words).document(ExplainDocument)
    both = comity("explain", f"{binding},{other}", *words).document(ExplainDocument)
    assert alone.rights["stay"] == both.rights["stay"]
    assert "temporary" == both.rights["stay"].lower
    assert "work" not in both.rights or "none" == both.rights["work"].lower
    (limit, guarantee) = both.pressure
    assert (force, {"stay": "none"}) == (limit.force, limit.levels)
    assert (force, {"work": "any"}) == (guarantee.force, guarantee.levels)
    assert not both.may_grant


def test_the_informal_test_agreement_lowers_nobody() -> None:
    path = Path(__file__).resolve().parents[1] / "agreements" / "budapest.md"
    words = ("--case", SIEGE, "--json")
    alone = comity("explain", "encoded", *words).document(ExplainDocument)
    both = comity("explain", f"encoded,{path}", *words).document(ExplainDocument)
    for name, right in alone.rights.items():
        assert (right.lower, right.lower_possible) == (
            both.rights[name].lower,
            both.rights[name].lower_possible,
        )


def test_a_search_that_stopped_is_not_said_to_have_found_nothing_in_the_way(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = comity("explain", "encoded", "--case", SIEGE, "--json").document(ExplainDocument)
    text = text_of(document, capsys)
    stopped = [
        why
        for right in document.rights.values()
        for why in right.why_not
        if not why.exact and not why.blockers and not why.nobody_grants
    ]
    assert len(stopped) == text.count("in the way: not worked out")
    assert "in the way: nothing found" not in text


# ---- review, dispute, drafts ----
def test_after_the_day_of_review_personal_answers_stop_and_others_warn(tmp_path: Path) -> None:
    path = agreement(tmp_path, more="status: draft\nreview_by: 2026-11-23\n")
    for words in (("explain", path, "--case", SIEGE), ("ask", path)):
        ran = comity(*words, "--json", answers="SWE\nSYR\n")
        assert (1, ["E452"]) == (ran.code, ran.codes())
        # an earlier day of the law is no way round it: the encoding is as old as it is
        assert ["E452"] == comity(*words, "--on", "2015-01-01", "--json").codes()
    ran = comity("check", path)
    assert (0, "! Mine was to be reviewed by 2026-11-23.\n") == (ran.code, ran.err)


def test_on_the_day_of_review_itself_answers_still_come(tmp_path: Path) -> None:
    path = agreement(tmp_path, more="status: draft\nreview_by: 2026-11-24\n")
    assert 0 == comity("explain", path, "--case", SIEGE).code


def test_a_disputed_encoding_says_so(tmp_path: Path) -> None:
    path = agreement(tmp_path, more="status: draft\ncontested: two courts read it otherwise\n")
    warning = "Mine: contested. two courts read it otherwise"
    assert f"! {warning}" in comity("explain", path, "--case", SIEGE).out
    assert warning in comity("ask", path, "--json").document(ExplainDocument).warnings
    assert f"! {warning}\n" == comity("check", path).err


def test_a_draft_in_a_regime_is_said_to_be_a_draft() -> None:
    sentence = "is a draft that binds nobody; it is read here as if in force everywhere."
    for regime, drafts in (("encoded", 0), ("imfc", 1), ("encoded,imfc,imfc-draft-1", 2)):
        ran = comity("explain", regime, "--case", SIEGE, "--json").document(ExplainDocument)
        assert drafts == sum(sentence in warning for warning in ran.warnings)
    assert sentence in comity("explain", "imfc", "--case", SIEGE).out


def test_a_doubt_beside_a_rule_is_printed_in_every_answer_that_it_touches(tmp_path: Path) -> None:
    block = 'rule 1.1 check "the French text differs": guarantee stay at least temporary'
    path = agreement(tmp_path, block=block)
    assert "doubtful: the French text differs" in comity("explain", path, "--case", SIEGE).out


# ---- persons ----
IDENTIFYING = ("name", "passport", "email", "phone", "address", "surname", "id_number")


@pytest.mark.parametrize("key", IDENTIFYING)
def test_a_record_that_would_identify_somebody_is_not_taken_and_not_repeated(
    key: str, tmp_path: Path
) -> None:
    record = tmp_path / "r.yaml"
    record.write_text(f"{key}: Q77secret77Q\nhost: SWE\n", encoding="utf-8")
    ran = comity("explain", "cat_art3", "--case", str(record))
    assert 1 == ran.code
    assert "E422" in ran.err
    assert "secret" not in ran.out + ran.err


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_people_of_examples_are_invented_and_marked_so(record: Path) -> None:
    assert re.search(r'"?invented"?: (yes|true)', record.read_text(encoding="utf-8"))


def test_a_title_that_holds_markup_is_only_text(tmp_path: Path) -> None:
    record = tmp_path / "r.yaml"
    record.write_text("title: '<script>alert(1)</script> =1+1'\nhost: SWE\n", encoding="utf-8")
    ran = comity("explain", "cat_art3", "--case", str(record), "--json")
    assert "<script>alert(1)</script> =1+1" == ran.document(ExplainDocument).title


# ---- nothing stays, nothing leaves ----
@pytest.mark.parametrize(
    "words",
    [
        ("explain", "imfc", "--case", SIEGE, "--json"),
        ("check", "cat_art3"),
        ("list",),
        ("show", "imfc"),
        ("world", "list"),
    ],
    ids=lambda words: words[0],
)
def test_nothing_is_stored_and_no_request_leaves_the_machine(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    ran = apart(*words, home=home, cwd=work)
    assert (0, "") == (ran.code, ran.err)
    assert [] == [*home.rglob("*"), *work.rglob("*")]


def test_the_closed_network_of_these_tests_is_closed(tmp_path: Path) -> None:
    """`world fetch` is the one command that leaves the machine, so it must fail here."""
    ran = apart("world", "fetch", "un_desa_stock_2024", home=tmp_path, cwd=tmp_path)
    assert 0 != ran.code
