"""Verdicts on the page: each with its claim, no boast, no small number, nothing that runs."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html import unescape

import pytest

from comity.brief.context import Bounds
from comity.brief.dossier import dossier_texts
from comity.brief.errors import BriefError, UnknownReference
from comity.brief.guarantees import (
    Articles,
    Guarantees,
    InventedPerson,
    Part,
    ShownProof,
    ToldFact,
    ToldRight,
)
from comity.brief.proof_files import HEADER, articles_text, sentence
from comity.brief.proofs_page import drawn_proofs
from tests.brief.sample_dossier import sample_context
from tests.brief.sample_proofs import sample_guarantees

TEXTS = dossier_texts(sample_context())
PAGE = TEXTS["index.html"]
FOUND = sample_guarantees()


def section(name: str, page: str = PAGE) -> str:
    """A section of the page, unescaped, without its marks."""
    until = r"""(?=<section class="part"|</main>)"""
    found = re.search(rf'<section class="part" id="{name}".*?{until}', page, re.S)
    assert found is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def element(anchor: str) -> str:
    """What stands under one verdict."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", PAGE.split(f'id="{anchor}"')[1])).split())


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(TEXTS["data/proofs.csv"], newline="")))


# ---- the page ----
def test_each_verdict_has_its_place_and_its_claim_under_it() -> None:
    for proof in FOUND.every:
        if proof.verdict == "unknown":
            continue
        assert PAGE.count(f'id="{proof.id}"') == 1, proof.name
        said = element(proof.id)
        until_next = said.split(proof.claim[0].upper() + proof.claim[1:])
        assert len(until_next) > 1, proof.name
        assert len(until_next[0]) < 1_500, proof.name


def test_what_holds_by_absence_or_says_nothing_stands_apart_and_is_named_so() -> None:
    said = section("guaranteed")
    merit = said.index("True, and no merit of the draft")
    assert said.index("Blind to motive") > merit
    assert said.index("Never both") > merit
    assert said.index("Waiting counts") < merit
    assert "Holds by absence" in element("proof-c")[:120]
    assert "nothing was done for it" in element("proof-c")[:600]
    assert "Says nothing" in element("proof-d")[:120]


def test_a_refutation_tells_its_person_what_fires_what_is_missing_and_what_may_be_granted() -> None:
    said = element("proof-e")[:1_500]
    for words in (
        "Not guaranteed",
        "Invented person",
        "Nationality: Chad. Host: Sweden.",
        "Worst harm the person would meet (origin): mass killing",
        "Fires: Draft Convention, working draft 1, 14.1 (Article 14. No one without a status)",
        "Would have had to: Draft Convention, working draft 1, 14.1",
        "the State may still grant up to citizen",
        "Article 6(4) may grant permanent",
    ):
        assert words in said, words


def test_of_a_pair_the_page_says_what_they_share_and_in_what_they_part() -> None:
    said = element("proof-h")[:1_500]
    assert said.count("real risk") == 1
    assert said.index("The one") < said.index("religion") < said.index("The other")
    assert said.index("The other") < said.index("threatens (origin): none")


def test_elements_and_dead_text_lose_nobody_a_guarantee() -> None:
    for anchor in ("proof-duty-3", "proof-f"):
        said = element(anchor)[:400]
        assert "Does not hold" in said
        assert "Not guaranteed" not in said
    assert (
        "These elements operate: E7 (labour); E3 (employment). And this does not: E4 (trade)"
        in (element("proof-duty-3"))
    )


def test_a_duty_that_only_the_draft_can_have_is_not_asked_of_today() -> None:
    said = section("guaranteed")
    assert "not asked" in said
    assert "Not asked: it is about the draft’s own rules or elements." in said


def test_an_unknown_is_shown_as_unknown_with_its_limit() -> None:
    said = section("not-guaranteed")
    assert "Nobody waits for ever (under the draft Convention): time: 10 s." in said
    assert "stopped at its limit (time: 10 s)" in said
    assert "Unknown 1" in section("guaranteed")


def test_without_an_unknown_there_is_no_heading_for_it() -> None:
    settled = replace(FOUND, own=tuple(p for p in FOUND.own if p.verdict != "unknown"))
    page = dossier_texts(replace(sample_context(), guarantees=settled))["index.html"]
    assert "Without a verdict" in PAGE
    assert "Without a verdict" not in page


def test_a_draft_that_states_nothing_says_so_and_counts_nobody() -> None:
    bare = Guarantees((), (), (), ("z3",), 10.0, ("unhcr",))
    page = dossier_texts(replace(sample_context(), guarantees=bare))["index.html"]
    assert "Nothing that the draft states beside its duties fails." in page
    assert "No gap was found." in section("in-between", page)
    assert 'id="duties"' not in page


# ---- people ----
def test_people_are_drawn_where_their_numbers_are_shown_and_each_bar_leads_to_its_gap() -> None:
    found = re.search(r'id="in-between".*?</section>', PAGE, re.S)
    assert found is not None
    bars = re.findall(r'<span class="bar-name"><a href="#([^"]+)">', found[0])
    assert bars == ["proof-duty-1-today", "proof-k"]
    assert found[0].count('class="bar-certain"') == 2
    assert "410,000" in found[0]
    assert "(1,200 to 9.3 million)" in found[0]


def test_under_ten_is_hidden_on_the_page_and_in_the_files() -> None:
    for text in (section("in-between"), TEXTS["data/proofs.csv"], TEXTS["data/proofs.json"]):
        assert "fewer than 10" in text
    few = next(row for row in rows() if row["id"] == "proof-e")
    assert {few["possible"], few["assumed"]} <= {"fewer than 10", "withheld"}
    document = json.loads(TEXTS["data/proofs.json"])
    shown = [n for proof in document["proofs"] for n in (proof["people"] or {}).values()]
    assert [] == [n for n in shown if isinstance(n, int) and 0 < n < 10]


def test_not_counted_is_said_with_its_reason() -> None:
    said = section("in-between")
    assert "Not counted: no record tells" in said
    uncounted = next(row for row in rows() if row["id"] == "proof-i")
    assert uncounted["certain"] == uncounted["possible"] == "not counted"
    assert uncounted["not_counted"] == "no record tells"


def test_counts_without_a_known_source_are_an_error() -> None:
    for sources in ((), ("nowhere",)):
        lost = replace(FOUND, sources=sources)
        with pytest.raises(UnknownReference, match="the people in between"):
            drawn_proofs(replace(sample_context(), guarantees=lost))


# ---- the files ----
def test_the_csv_has_a_row_for_each_verdict_of_both_laws() -> None:
    table = rows()
    assert list(table[0]) == list(HEADER)
    assert [row["id"] for row in table] == [proof.id for proof in FOUND.every]
    assert {row["law"] for row in table} == {"draft", "today"}
    assert all(row["claim"].startswith(row["verdict"]) for row in table)
    born = next(row for row in table if row["id"] == "proof-b")
    assert born["name"] == "'=born here"


def test_the_json_names_law_day_solvers_coverage_sources_and_duties() -> None:
    document = json.loads(TEXTS["data/proofs.json"])
    assert document["law_on"] == "2024-12-31"
    assert document["solvers"] == ["z3"]
    assert document["made_up"] is True
    assert [source["id"] for source in document["sources"]] == ["unhcr", "undesa"]
    assert document["coverage"][0]["share"] == "66 %"
    assert document["duties"][2] == {"draft": "proof-duty-3", "today": None}
    kinds = [proof["kind"] for proof in document["proofs"]]
    assert {*kinds} == {"proved", "by_absence", "vacuous", "refuted", "unknown"}


def test_the_summary_counts_verdicts_by_law() -> None:
    verdicts = json.loads(TEXTS["data/dossier.json"])["verdicts"]
    assert verdicts["draft"] == {
        "proved": 3, "by_absence": 2, "vacuous": 1, "refuted": 3, "unknown": 1,
    }  # fmt: skip
    assert sum(verdicts["today"].values()) == len(FOUND.of_today)


# ---- what cannot be said ----
def test_words_of_a_text_or_a_solver_cannot_run_in_the_page() -> None:
    bad = "<script>alert(1)</script>"
    person = InventedPerson(bad, (ToldFact(bad, bad),), (ToldRight(bad, bad, (), (), bad, (bad,)),))
    hostile = replace(
        FOUND.own[4], name=bad, article=bad, instrument=bad, says=(Part(bad, (bad,)),), claim=bad,
        person=person, reason=bad, life=bad, not_counted="", needs=(Articles(bad, (bad,)),),
    )  # fmt: skip
    asked = replace(FOUND, own=(hostile, replace(FOUND.own[6], limit=bad, claim=bad)))
    page = dossier_texts(replace(sample_context(), guarantees=asked))["index.html"]
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 15


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"claim": ""}, "without what it claims"),
        ({"says": ()}, "without what it claims"),
        ({"verdict": "unknown"}, "no limit is named"),
        ({"verdict": "refuted"}, "nothing shows it"),
        ({"people": Bounds(0, 20, 20)}, "does not concern"),
    ],
)
def test_a_verdict_that_says_less_than_it_must_is_no_verdict(
    changes: dict[str, object], message: str
) -> None:
    proved: ShownProof = FOUND.own[0]
    with pytest.raises(BriefError, match=message):
        replace(proved, **changes)  # type: ignore[arg-type]


def test_articles_are_named_in_short() -> None:
    several = Articles("Refugee Convention", ("Article 1A", "Article 33", "Annex B"))
    assert articles_text(several) == "Refugee Convention: Articles 1A, 33, Annex B"
    assert articles_text(Articles("T", ("Article 3",))) == "T: Article 3"
    assert articles_text(Articles("T", ("Annex B",))) == "T: Annex B"


def test_a_property_is_one_sentence_in_a_file() -> None:
    parts = (Part("For everyone", ("a", "b")), Part("it holds"))
    assert sentence(parts) == "For everyone: a; b. it holds"
