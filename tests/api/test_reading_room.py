"""The reading room: nothing of a text is left out, references go both ways, numbers are as counted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from comity.agreement.instruments import Instrument
from comity.api import library as shelf
from comity.api import reading_verdicts
from comity.api.count_questions import Asked
from comity.api.counting import Count
from comity.api.counts import count
from comity.api.reading_parties import parties_map, years_of
from comity.api.reading_passages import passages_of
from comity.api.reading_people import people_of, shown
from comity.api.reading_room import Room
from comity.api.reading_statements import key_of
from comity.api.reading_verdicts import asked, verdict_of
from comity.api.reading_versions import LINEAGE, aligned, descents_of, pairs_of, prose_of
from comity.api.schema_reading import ReadingModel, StatementModel
from comity.language.faults import ComityError
from comity.world.population import population
from tests.api.counted import ON

DAY = date(2026, 12, 1)
MATE = """---
id: mate
title: A small agreement
force: binding
adopted: 2000-01-01
in_force: 2001-01-01
parties: [SWE from 2001-01-01, NOR from 2002-06-01 until 2010-01-01]
paragraphs: 3
counted_from: the two articles
---

# A small agreement

What it is for.

## Article 1. Stay

Whoever works here may stay, see `refugee_1951_1967`.

```comity
alternative reach "who works":
  reading wide by "the court" authority court default;
  reading narrow by "a State"
term at_work under reach.wide
  when work.kind is worker
term at_work under reach.narrow
  when work.kind is worker
  when work.regularity
rule 1.1 "may stay" check "whether months count": guarantee stay at least temporary
  when at_work
no rule 1.2: preamble "says why"

case "A welder" in SWE on 2005-01-01
  given work.kind worker
  expect stay at least temporary by 1.1
case "A guest" in SWE on 2005-01-01
  expect stay at least temporary
```

## Article 2. Danger

```comity
exception 2.1 "danger" to 1.1
  when refugee_1951_1967/refugee
```

# The rest

A last word.

```comity
prove somebody may stay: possible stay at least temporary
```
"""


@cache
def room() -> Room:
    """The packaged library on a day."""
    return Room(DAY)


def statements(read: ReadingModel) -> list[StatementModel]:
    return [one for passage in read.passages for part in passage.parts for one in part.statements]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """A room with an agreement of a user's own in it."""
    path = tmp_path_factory.mktemp("own") / "mate.md"
    path.write_text(MATE, encoding="utf-8")
    library, _ = shelf.with_files([path])
    if library.faults:
        raise ComityError(*library.faults)
    return Room(DAY, library)


# ---- nothing is left out ----
def test_every_statement_of_the_library_stands_in_one_place() -> None:
    library = room().library
    for name, instrument in library.instruments.items():
        placed = [
            id(made)
            for passage in passages_of(instrument, library.documents[name])
            for part in passage.parts
            for made in part.statements
        ]
        assert Counter(placed) == Counter(id(made) for made in instrument.statements), name


def test_every_line_of_prose_and_every_article_is_there_in_order() -> None:
    library = room().library
    for name, instrument in library.instruments.items():
        document = library.documents[name]
        made = passages_of(instrument, document)
        assert [p.article for p in made if p.article] == [a.id for a in instrument.articles]
        told = "\n".join(part.prose for p in made for part in p.parts)
        blocks = {n for f in document.fences for n in range(f.line - 1, f.end + 1)}
        heads = {p.line for p in made if p.level}
        for number in range(document.body_line, len(document.lines) + 1):
            line = document.lines[number - 1].strip()
            if line and number not in blocks | heads:
                assert line in told, (name, number)


def test_an_article_is_told_with_all_that_stands_beside_it(own: Room) -> None:
    read = own.reading("mate")
    assert ["", "1", "2", ""] == [p.id for p in read.passages if p.level]
    by_kind = {one.kind: one for one in statements(read)}
    rule = by_kind["guarantee"]
    assert ("mate/1.1", "may stay", "whether months count") == (rule.key, rule.title, rule.doubt)
    assert "stay at least temporary" == rule.bounds[0].bound
    assert ("at_work",) == rule.when
    assert ("mate/2.1",) == rule.excepted_by
    assert ("mate/1.1",) == by_kind["exception"].excepts
    assert "recital or statement of purpose" == by_kind["no rule"].reason_means
    assert ["the court", "a State"] == [o.holder for o in by_kind["question"].options]
    assert [True, False] == [one.taken for one in statements(read) if one.kind == "term"]
    assert "proved" == by_kind["proof"].verdict
    assert "What it is for." in read.passages[0].parts[0].prose + read.passages[1].parts[0].prose


def test_a_case_that_fails_says_what_it_gives_and_others_pass(own: Room) -> None:
    cases = {one.name: one for one in statements(own.reading("mate")) if one.kind == "case"}
    assert ("passed", ()) == (cases["A welder"].outcome, cases["A welder"].failed)
    assert "failed" == cases["A guest"].outcome
    assert cases["A guest"].failed
    unrun = statements(own.reading("mate", cases=False))
    assert {"not run"} == {one.outcome for one in unrun if one.kind == "case"}
    assert {} == dict(own.run_cases(["mate"], article="2"))


def test_a_kind_of_statement_without_words_of_its_own_is_shown_by_its_text(own: Room) -> None:
    for name in own.library.instruments:
        for one in statements(own.reading(name, outcomes={})):
            assert one.text
            assert one.kind


# ---- references ----
def test_references_go_both_ways_and_each_leads_to_something_that_is_there() -> None:
    found = room().references
    known: set[str] = set()
    for instrument in room().library.instruments.values():
        known.add(instrument.id)
        known |= {key_of(instrument, made) for made in instrument.statements}
        known |= {f"{instrument.id}/article {a.id}" for a in instrument.articles}
        known |= {f"{instrument.id}/every {kind}" for kind in ("guarantee", "limit")}
    assert set() == {one.target for one in found.all} - known
    for one in found.all:
        if one.source_article != one.target_article:
            assert one in found.to[one.target_article]
            assert one in found.from_[one.source_article]
    for name in room().library.instruments:
        for other, number in found.between(name, outward=True).items():
            assert number == found.between(other, outward=False)[name]


def test_an_exception_a_definition_and_a_proof_are_told_where_they_point(own: Room) -> None:
    article = own.reading("mate", article="1").passages[0]
    assert [("excepts", "mate/2.1", "mate/1.1")] == [
        (one.relation, one.source, one.target) for one in article.referred_by
    ]
    away = own.reading("mate", article="2").passages[0].refers_to
    assert ("uses", "refugee_1951_1967/1A") in [(o.relation, o.target_article) for o in away]
    assert {"refugee_1951_1967": 1} == own.reading("mate").refers_to
    assert 1 == own.reading("refugee_1951_1967", outcomes={}).referred_by["mate"]


# ---- parties ----
def test_parties_by_year_add_up_for_every_instrument() -> None:
    for instrument in room().library.instruments.values():
        before = 0
        for one in years_of(instrument, DAY):
            assert one.parties == before + len(one.joined) - len(one.left)
            before = one.parties
        if not instrument.is_draft:
            assert before == len(instrument.parties_on(DAY)), instrument.id


def test_who_joined_and_who_left_in_which_year(own: Room) -> None:
    years = {one.year: one for one in own.reading("mate").parties.years}
    assert (2000, 2026) == (min(years), max(years))
    assert [0, 1, 2, 2, 1] == [years[y].parties for y in (2000, 2001, 2002, 2009, 2010)]
    assert ("NOR",) == years[2002].joined
    assert ("NOR",) == years[2010].left
    three = {"BFA", "MLI", "NER"}
    ecowas = {one.year: one for one in room().reading("ecowas", outcomes={}).parties.years}
    assert (three, 12) == (set(ecowas[2025].left), ecowas[2025].parties)


def test_the_map_draws_every_party_and_says_its_years(own: Room) -> None:
    svg, lost = parties_map(own.library.instruments["mate"], DAY)
    assert () == lost
    assert "Sweden: 26 years begun as a party" in svg
    assert "Norway: 0 years begun as a party" in svg


# ---- people ----
def test_people_of_a_guarantee_are_those_that_count_finds_by_article() -> None:
    cells = [c for c in population() if c.host in ("SWE", "KEN")]
    given = people_of((), on=ON, cells=cells)
    found = count(
        "encoded", Asked(by=("article",), rights=("shield",)), on=ON, cells=cells
    )  # fmt: skip
    rows = {r.key["article"]: (r.certain, r.possible, r.assumed) for r in found.rows}
    only_shield = {
        f"{i.id}/{n.id}"
        for i in room().library.instruments.values()
        for n in i.holdings
        if [b.right for b in getattr(n, "boundings", ())] == ["shield"]
    }
    both = [key for key in rows if key in only_shield and None not in rows[key]]
    assert len(both) > 3
    for key in both:
        one = given[key]
        assert rows[key] == (one.certain, one.possible, one.assumed), key


def test_fewer_than_ten_people_are_withheld_and_enough_beside_them() -> None:
    made = shown({"x/1": Count(5, 400, 90), "x/2": Count(60, 500, 0), "y/1": Count(70, 80, 75)})
    assert (None, 400, 90) == (made["x/1"].certain, made["x/1"].possible, made["x/1"].assumed)
    assert made["x/2"].certain is None
    assert made["x/1"].hidden
    assert not made["y/1"].hidden


# ---- versions ----
def test_the_declared_pairs_are_in_the_library_and_say_where_the_texts_say_so() -> None:
    for pair in LINEAGE:
        assert {pair.old, pair.new} <= set(room().library.instruments)
        assert pair.evidence
        assert pair in descents_of(pair.old)
        assert pair in descents_of(pair.new)


def test_side_by_side_loses_no_word_and_no_article_of_either() -> None:
    library = room().library
    for descent in LINEAGE:
        old, new = library.instruments[descent.old], library.instruments[descent.new]
        pairs = pairs_of(old, new, library.vocabulary)
        for side, drop, instrument in (("old", "+", old), ("new", "-", new)):
            told = [p for p in pairs if getattr(p, side)]
            assert sorted(getattr(p, side) for p in told) == sorted(
                a.id for a in instrument.articles
            )
            for pair in told:
                article = instrument.article(getattr(pair, side))
                assert article is not None
                words = " ".join(text for mark, text in pair.prose if mark != drop)
                assert prose_of(article.text).split() == words.split()


def test_articles_answer_by_number_and_title_not_by_number_alone() -> None:
    library = room().library
    dublin, ammr = (library.instruments[n] for n in ("eu_dublin_604_2013", "eu_ammr_2024_1351"))
    found = {p.old.id: p.new.id for p in aligned(dublin, ammr) if p.old and p.new}
    assert ("16", "25") == (found["3"], found["8"])  # one State examines; children alone
    draft, mended = (library.instruments[n] for n in ("imfc_draft_1", "imfc"))
    assert {"same number"} == {p.by for p in aligned(draft, mended)}


def test_a_verdict_is_never_left_out_and_is_kept_once_it_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = room().library
    pair = next(one for one in LINEAGE if one.new == "usmca_ch16")
    silent = verdict_of(pair, library, tmp_path)
    assert not silent.run
    assert "comity show usmca_ch16 --compare" in silent.note
    found = asked(pair, library, tmp_path, on=DAY, progress=None)
    assert ("nobody", "nobody") == (found.worse, found.better)
    assert {"same"} == set(found.rights.values())
    assert found == verdict_of(pair, library, tmp_path)
    monkeypatch.setattr(reading_verdicts, "_prover", lambda: b"other code")
    assert not verdict_of(pair, library, tmp_path).run


def test_what_became_a_duty_to_withdraw_is_worse_and_is_found(tmp_path: Path) -> None:
    """The regulation says so itself: a refugee who is a danger loses the status, and might before."""
    pair = next(one for one in LINEAGE if one.new == "eu_qr_2024_1347")
    found = asked(pair, room().library, tmp_path, on=DAY, progress=None)
    assert "some" == found.worse
    assert "worse" == found.rights["stay"]
    assert any(one.right == "stay" and one.norm == "eu_qd_2011_95/13" for one in found.regions)


def test_an_instrument_without_versions_has_none() -> None:
    assert () == room().reading("ecowas", outcomes={}).versions
    known: dict[str, Instrument] = dict(room().library.instruments)
    assert len(known) > 40
