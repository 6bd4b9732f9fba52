"""The study and one agreement: recounted from the packaged rows, and what is said where nothing is known."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from comity.agreement.cases import Case
from comity.agreement.nodes import Norm, Power
from comity.agreement.values import Members, Possible, Truth, exactly
from comity.api import library as shelf
from comity.api.bilateral import BUNDLE_NAMES, bilateral_document
from comity.api.bilateral_instruments import (
    NotCoded,
    data_instrument,
    instrument_of,
    rule_of,
)
from comity.api.bilateral_one import agreement_document
from comity.api.regimes import read_regime
from comity.explain.evaluate import Evaluation
from comity.language.faults import ComityError
from comity.language.properties import read_property
from comity.profile.bilateral import BY_COLUMN, CLAUSES
from comity.world.bilateral import BilateralAgreement, agreements
from comity.world.snapshot import packaged_snapshot

BY_ID = {one.id: one for one in agreements()}


# ---- the study ----
def test_the_totals_are_those_of_a_count_by_hand() -> None:
    rows = list(packaged_snapshot().rows("bilateral_coded"))
    for bundle in bilateral_document().bundles:
        kept = Counter(sum(row[name] == "1" for name in bundle.clauses) for row in rows)
        total = bundle.total
        assert kept[len(bundle.clauses)] == total.all
        assert kept[0] == total.none
        assert 570 == total.all + total.some + total.none
        kept_by = {row["id"] for row in rows if all(row[name] == "1" for name in bundle.clauses)}
        assert {f"bla_{number}" for number in kept_by} == {k.split()[0] for k in bundle.kept_by}
        assert 1222 == total.formed


@pytest.mark.parametrize("name", BUNDLE_NAMES)
def test_groups_add_up_to_the_whole(name: str) -> None:
    document = bilateral_document(bundle=name)
    [bundle] = document.bundles
    for rows, formed in ((bundle.by_decade, 1221), (bundle.by_regions, 1222)):
        assert formed == sum(row.formed for row in rows)
        assert bundle.total.all == sum(row.all for row in rows)
        assert 570 == sum(row.coded for row in rows)
    for row in (bundle.total, *bundle.by_decade, *bundle.by_regions, *bundle.corridors):
        assert row.is_few == (row.coded < 10)
        assert row.low <= (row.share or row.low) <= row.high
        assert row.least <= row.most
    for people in bundle.people:
        counted = (people.all, people.some, people.none, people.not_coded, people.over)
        assert people.everybody == sum(n or 0 for n in (*counted, people.without))


def test_few_keep_together_what_must_go_together() -> None:
    kept = {b.name: b.total.all for b in bilateral_document().bundles}
    assert {"more_than_labour": 8, "first_day": 5, "no_tie": 7, "counterparts": 2} == kept


def test_what_is_coded_of_what_was_formed() -> None:
    coverage = [one for one in bilateral_document().coverage if one.by == "decade"]
    assert {"2000s": (308, 151), "1950s": (138, 62)}.items() <= {
        one.group: (one.formed, one.coded) for one in coverage
    }.items()


def test_a_part_is_the_agreements_of_that_part_alone() -> None:
    of_pair = bilateral_document(corridor_word="TUR-DEU")
    assert of_pair.formed == sum(a.pair == ("DEU", "TUR") for a in agreements())
    of_state = bilateral_document(corridor_word="PHL", decade_word="2010s")
    assert of_state.formed == sum("PHL" in a.pair and a.decade == 2010 for a in agreements())
    assert all("PHL" in BY_ID[name].pair for name in of_state.agreements)
    assert () == of_state.bundles[0].people
    between = bilateral_document(corridor_word="Europe-Africa")
    total = next(
        r for r in bilateral_document().bundles[0].by_regions if r.group == "Africa-Europe"
    )
    assert (total.formed, total.coded) == (between.formed, between.coded)


@pytest.mark.parametrize(
    ("corridor", "decade", "code"),
    [
        ("DEU-ATLANTIS", "", "E457"),
        ("DEU-TUR-FRA", "", "E457"),
        ("", "1930", "E458"),
        ("", "recent", "E458"),
        ("SOM-PRY", "", "E458"),
    ],
)
def test_a_part_that_is_none_is_an_error(corridor: str, decade: str, code: str) -> None:
    with pytest.raises(ComityError) as caught:
        bilateral_document(corridor_word=corridor, decade_word=decade)
    assert code == caught.value.faults[0].code
    assert caught.value.faults[0].suggestion


# ---- one agreement as an instrument ----
def test_a_clause_that_is_absent_makes_no_norm_and_one_that_is_present_makes_its_own() -> None:
    guarantees = [clause for clause in CLAUSES if clause.is_guarantee]
    for one in agreements():
        if one.coded is None:
            continue
        made = instrument_of(one, shelf.vocabulary())
        wanted = {rule_of(c) for c in guarantees if one.coded.clauses[c.column]}
        assert wanted == {node.id for node in made.holdings if isinstance(node, Norm)}
        powers = [node for node in made.holdings if isinstance(node, Power)]
        assert len(powers) == int(bool(wanted) and one.ends is None)
        assert made.force.binds
        assert made.coverage.total is None


def test_it_binds_both_for_workers_of_the_one_in_the_other_and_nobody_else() -> None:
    one = BY_ID["bla_7"]  # Mexico and the United States, 1948
    regime = read_regime(one.id).regime
    since = instrument_of(one, shelf.vocabulary()).in_force
    assert since is not None

    def pay(nationality: str, host: str, work: str, year: int = 1950) -> str:
        who = Members(frozenset({nationality}), frozenset({nationality}))
        case = Case(
            since.replace(year=year),
            {
                "host": exactly(host),
                "nationality": who,
                "work.kind": exactly(work),
                "exercised bla_7/21.1": Truth.FALSE,
            },
            ordinary=True,
        )
        return (
            shelf.vocabulary().rights["pay"].name_of(Evaluation(regime, case).bounds("pay").lower)
        )

    assert "as_nationals" == pay("MEX", "USA", "seasonal")
    assert "as_nationals" == pay("USA", "MEX", "worker")
    assert "none" == pay("MEX", "USA", "student")
    assert "none" == pay("GTM", "USA", "seasonal")
    assert "none" == pay("MEX", "CAN", "seasonal")
    assert "none" == pay("MEX", "USA", "seasonal", 1947)


def test_an_end_that_is_not_observed_leaves_a_guarantee_possible_and_never_certain() -> None:
    def pay(name: str, day: date, ended: Truth | None) -> tuple[str, str]:
        one = BY_ID[name]
        first, second = one.pair
        facts: dict[str, Possible] = {
            "host": exactly(second),
            "nationality": Members(frozenset({first}), frozenset({first})),
            "work.kind": exactly("worker"),
        }
        if ended is not None:
            facts[f"exercised {name}/21.1"] = ended
        found = Evaluation(read_regime(one.id).regime, Case(day, facts)).bounds("pay")
        name_of = shelf.vocabulary().rights["pay"].name_of
        return name_of(found.lower), name_of(found.lower_possible)

    # valid until terminated
    day = date(1960, 1, 1)
    assert ("none", "as_nationals") == pay("bla_7", day, None)
    assert ("as_nationals", "as_nationals") == pay("bla_7", day, Truth.FALSE)
    assert ("none", "none") == pay("bla_7", day, Truth.TRUE)

    def first(*, renews: bool) -> BilateralAgreement:
        return next(
            a
            for a in agreements()
            if a.coded is not None
            and a.term_ends is not None
            and a.coded.renews is renews
            and a.coded.clauses["prot_equal"]
        )

    # a term that is stated: sure within it; after it possible, or over where it does not renew itself
    for renews, after in ((True, ("none", "as_nationals")), (False, ("none", "none"))):
        one = first(renews=renews)
        assert one.term_ends is not None
        within = one.term_ends - timedelta(days=1)
        assert ("as_nationals", "as_nationals") == pay(one.id, within, None)
        assert after == pay(one.id, one.term_ends, None)


def test_what_is_not_coded_is_no_instrument_and_all_of_it_is_not_observed() -> None:
    uncoded = next(a for a in agreements() if a.coded is None)
    with pytest.raises(NotCoded):
        instrument_of(uncoded, shelf.vocabulary())
    document = agreement_document(uncoded.id)
    assert not document.is_coded
    assert {"not observed"} == {clause.value for clause in document.clauses}
    assert not document.guarantees
    assert not document.nearest
    assert {} == document.bundles


def test_an_id_names_an_instrument() -> None:
    made = data_instrument("bla_7", shelf.vocabulary())
    assert made == instrument_of(BY_ID["bla_7"], shelf.vocabulary())
    for other in ("imfc", "bla", "bla_x", "7"):
        assert data_instrument(other, shelf.vocabulary()) is None
    for none in ("bla_8", "bla_99999"):
        with pytest.raises(ComityError) as caught:
            data_instrument(none, shelf.vocabulary())
        assert "E458" == caught.value.faults[0].code


def test_the_nearest_is_the_nearest() -> None:
    document = agreement_document("bla_7", most=600)
    assert 569 == len(document.nearest)
    order = [(n.jaccard, n.hamming, int(n.id.removeprefix("bla_"))) for n in document.nearest]
    assert sorted(order) == order
    here = BY_ID["bla_7"].coded
    assert here is not None
    for near in document.nearest[:20]:
        there = BY_ID[near.id].coded
        assert there is not None
        assert set(near.only_here) == here.present - there.present
        assert set(near.only_there) == there.present - here.present
        assert near.hamming == len(near.only_here) + len(near.only_there)


def test_nearest_texts_are_compared_on_the_rights_of_guarantees() -> None:
    document = agreement_document("bla_7")
    columns = {c.column for c in CLAUSES if c.is_guarantee}
    assert document.nearest_texts
    for near in document.nearest_texts:
        assert near.id in shelf.packaged().instruments
        assert {*near.only_here, *near.only_there} <= columns
        assert len(columns) == near.of
    nothing = next(a for a in agreements() if a.coded is not None and not a.coded.present)
    assert () == agreement_document(nothing.id).nearest_texts


def test_the_text_of_a_guarantee_is_the_language_of_the_library() -> None:
    [one] = [g for g in agreement_document("7").guarantees if g.rule == "bla_7/9.1"]
    assert one.text.startswith('rule 9.1 "Equal treatment and no discrimination" check')
    assert "nationality includes MEX and host is USA" in one.text
    assert one.doubt == BY_COLUMN["prot_equal"].doubt


@pytest.mark.parametrize("word", ["bla_0", "99999", "imfc", ""])
def test_an_agreement_that_is_none_is_an_error(word: str) -> None:
    with pytest.raises(ComityError) as caught:
        agreement_document(word)
    assert "E458" == caught.value.faults[0].code


def test_few_people_between_two_states_are_hidden() -> None:
    from comity.world.bilateral import people_of_pairs

    few = [a for a in agreements() if 0 < people_of_pairs().get(a.pair, 0) < 10]
    for one in few[:3]:
        document = agreement_document(one.id)
        assert document.hidden
        assert document.people is None
        part = bilateral_document(corridor_word="-".join(one.pair))
        assert all(p.hidden and p.everybody is None for p in part.bundles[0].people)
    assert few


def test_a_coded_agreement_is_a_regime_like_any_other() -> None:
    """Named alone or beside texts, it is explained, counted and asked for properties."""
    read = read_regime("mercosur_residence,bla_7")
    assert ["mercosur_residence", "bla_7"] == [i.id for i in read.regime.instruments]
    worker = Case(
        date(1960, 7, 1),
        {
            "host": exactly("USA"),
            "nationality": exactly(frozenset({"MEX"})),
            "work.kind": exactly("worker"),
            "exercised bla_7/21.1": Truth.FALSE,
        },
        ordinary=True,
    )
    housing = read.regime.vocabulary.rights["housing"]
    assert "as_aliens" == housing.name_of(Evaluation(read.regime, worker).bounds("housing").lower)
    ids = [i.id for i in read.regime.instruments]
    assert "no gap" == read_property("no gap", read.library, ids).label
    with pytest.raises(ComityError) as refused:
        read_regime("bla_99999")
    assert "E458" == refused.value.faults[0].code
