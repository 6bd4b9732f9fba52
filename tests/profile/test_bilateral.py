"""Bundles, shares, intervals and distances of bilateral agreements, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from comity.api import library as shelf
from comity.profile.bilateral import (
    BUNDLE,
    BUNDLES,
    BY_COLUMN,
    CLAUSES,
    Keeps,
    apart,
    distance,
    keeps,
    kept,
)
from comity.profile.bilateral_shares import of_each_pair, people_under, share_of, wilson
from comity.world import tables_bilateral
from comity.world.bilateral import BilateralAgreement, Coded

FIRST = BUNDLE["first_day"]
ON = date(2024, 7, 1)


def text(*present: str, missing: str = "", years: int | None = None) -> Coded:
    """A text that mentions the clauses named; of one the value may be missing."""
    clauses: dict[str, bool | None] = {c.column: c.column in present for c in CLAUSES}
    if missing:
        clauses[missing] = None
    duration = "years" if years else "silent"
    return Coded("", "English", duration, years, False, False, "none", False, False, (), clauses)


def made(number: int, pair: tuple[str, str], coded: Coded | None, year: int) -> BilateralAgreement:
    return BilateralAgreement(number, pair, year, None, True, "", coded)


def test_the_clauses_are_the_columns_of_the_coding() -> None:
    assert tables_bilateral.CLAUSES == tuple(clause.column for clause in CLAUSES)
    assert len({clause.number for clause in CLAUSES}) == len(CLAUSES)


def test_each_clause_has_a_right_with_a_doubt_or_a_reason_why_there_is_none() -> None:
    from comity.agreement.nodes import NO_RULE_REASONS

    rights = shelf.vocabulary().rights
    for clause in CLAUSES:
        if clause.is_guarantee:
            assert clause.right in rights
            assert clause.doubt
            assert not clause.why
        else:
            assert clause.reason in NO_RULE_REASONS
            assert clause.why
    assert 7 == sum(clause.is_guarantee for clause in CLAUSES)


def test_a_bundle_names_clauses_and_what_the_coding_never_asks() -> None:
    for bundle in BUNDLES:
        assert set(bundle.clauses) <= set(BY_COLUMN)
        assert bundle.unseen


@pytest.mark.parametrize(
    ("values", "how"),
    [
        ((True, True), Keeps.ALL),
        ((True, False), Keeps.SOME),
        ((False, False), Keeps.NONE),
        ((True, None), Keeps.NOT_OBSERVED),
        ((False, None), Keeps.NOT_OBSERVED),
        ((None, None), Keeps.NOT_OBSERVED),
    ],
)
def test_a_missing_value_is_neither_yes_nor_no(
    values: tuple[bool | None, bool | None], how: Keeps
) -> None:
    assert how is kept(dict(zip("ab", values, strict=True)))


def test_some_is_some_whatever_a_missing_value_is() -> None:
    assert Keeps.SOME is kept({"a": True, "b": False, "c": None})


@pytest.mark.parametrize(
    ("successes", "of", "low", "high"),
    # Wilson's interval at z = 1.96: Brown, Cai and DasGupta 2001 for the form, worked by hand.
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 19, 0.0094, 0.2464)],
)
def test_the_interval_of_wilson(successes: int, of: int, low: float, high: float) -> None:
    assert pytest.approx((low, high), abs=5e-5) == wilson(successes, of)


def test_nothing_has_no_interval_but_everything() -> None:
    assert (0.0, 1.0) == wilson(0, 0)


def test_a_share_with_its_bounds() -> None:
    several = [
        made(1, ("DEU", "TUR"), text(*FIRST.clauses), 1961),
        made(2, ("DEU", "TUR"), text("prot_equal"), 1965),
        made(3, ("FRA", "MAR"), text(), 1963),
        made(4, ("FRA", "MAR"), text(missing="prot_equal"), 1963),
        made(5, ("FRA", "TUN"), None, 1963),
    ]
    found = share_of(several, FIRST)
    assert (1, 1, 1, 1, 5) == (found.all, found.some, found.none, found.not_observed, found.formed)
    assert 3 == found.coded
    assert pytest.approx(1 / 3) == found.share
    # of five, one surely; at most all but the two that surely do not
    assert pytest.approx((1 / 5, 3 / 5)) == found.bounds


def test_two_texts_of_a_pair_may_keep_together_what_neither_keeps_alone() -> None:
    half = FIRST.clauses[:2], FIRST.clauses[2:]
    several = [made(n, ("DEU", "TUR"), text(*names), 1961) for n, names in enumerate(half)]
    assert 0 == share_of(several, FIRST).all
    assert 1 == of_each_pair(several, FIRST).all
    people = {("DEU", "TUR"): 100}
    together = people_under(several, FIRST, people, ON)
    alone = people_under(several, FIRST, people, ON, together=False)
    assert (100, 0) == (together.all, together.some)
    assert (0, 100) == (alone.all, alone.some)


def test_everybody_between_two_states_is_somewhere_once() -> None:
    several = [
        made(1, ("DEU", "TUR"), text("prot_equal"), 1961),
        made(2, ("DEU", "TUR"), None, 1961),
        made(3, ("FRA", "MAR"), text(*FIRST.clauses, years=2), 1963),
        made(4, ("FRA", "TUN"), None, 1963),
        made(5, ("DEU", "YUG"), text(*FIRST.clauses), 1968),
        made(6, ("ITA", "MDA"), text(*FIRST.clauses), 2030),
    ]
    people = {
        ("DEU", "TUR"): 1,
        ("FRA", "MAR"): 20,
        ("FRA", "TUN"): 300,
        ("DEU", "SRB"): 4000,
        ("ITA", "MDA"): 50000,
    }
    found = people_under(several, FIRST, people, ON)
    assert (0, 1, 0) == (found.all, found.some, found.none)
    assert 1 == found.beside
    assert (20, 300, 54000) == (found.over, found.not_coded, found.without)


def test_distances() -> None:
    one, other = text("prot_equal", "passport"), text("prot_equal", "wage_prot", "ngos")
    far = distance(one, other)
    assert (3, len(CLAUSES)) == (far.hamming, far.of)
    assert pytest.approx(3 / 4) == far.jaccard
    assert distance(other, one) == far
    assert 0.0 == distance(one, one).jaccard
    assert 0.0 == apart(frozenset(), frozenset(), 5).jaccard
    # what is missing of one is left out of both
    assert (2, len(CLAUSES) - 1) == (
        distance(one, text("prot_equal", "ngos", missing="wage_prot")).hamming,
        distance(one, text("prot_equal", "ngos", missing="wage_prot")).of,
    )


def test_keeps_reads_the_clauses_of_the_bundle_alone() -> None:
    assert Keeps.ALL is keeps(text(*FIRST.clauses, missing="ngos"), FIRST)
    assert Keeps.NONE is keeps(text("ngos"), FIRST)
