"""The fair lottery against every panel there is, its draws by hand, and what it says when it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.assembly.dealing import chances, dealt
from comity.assembly.draws import Draws
from comity.assembly.lottery import (
    Lottery,
    Made,
    NeverSeated,
    QuotasUnmet,
    column_generation,
    draw,
    fair_lottery,
    rounded,
)
from comity.assembly.panels import (
    Ints,
    LotteryUnsolved,
    Quota,
    Seating,
    bound,
    mixed,
    relaxation,
    totals,
)


def seating(
    sizes: Sequence[int], rows: Sequence[tuple[Sequence[int], int, int]], seats: int
) -> Seating:
    """Types by size, and quotas as (types that have the value, least, most)."""
    member = np.zeros((len(rows), len(sizes)))
    for n, (types, _, _) in enumerate(rows):
        member[n, list(types)] = 1
    quotas = tuple(Quota("feature", str(n), low, high) for n, (_, low, high) in enumerate(rows))
    return Seating(np.array(sizes, dtype=np.int64), member, quotas, seats)


def every_panel(of: Seating) -> list[Ints]:
    """The definition: all panels, by trying."""
    tried = product(*(range(int(size) + 1) for size in of.sizes))
    return [panel for one in tried if of.keeps(panel := np.array(one, dtype=np.int64))]


# At most one of the first three sits, any two of them being held apart by a quota. Half of each would
# keep every quota: shares promise 2/5 to everybody, panels can give 1/3.
ODD = seating([1, 1, 1, 2], [((0, 1), 0, 1), ((1, 2), 0, 1), ((0, 2), 0, 1)], 2)


@st.composite
def seatings(any_: st.DrawFn) -> Seating:
    sizes = any_(st.lists(st.integers(1, 3), min_size=2, max_size=5))
    seats = any_(st.integers(1, min(5, sum(sizes))))
    rows = []
    for _ in range(any_(st.integers(1, 3))):
        types = any_(st.sets(st.integers(0, len(sizes) - 1), min_size=1))
        low = any_(st.integers(0, seats))
        rows.append((sorted(types), low, any_(st.integers(low, seats))))
    return seating(sizes, rows, seats)


@given(seatings())
@settings(max_examples=60, deadline=None)
def test_column_generation_is_as_fair_as_the_best_mixture_of_every_panel(of: Seating) -> None:
    every = every_panel(of)
    assert bool(every) is not bool(relaxation(of))
    if not every:
        return
    best = mixed(of, every)[1]
    top = bound(of)
    assert top >= best - 1e-7
    columns, probabilities, least, upper = column_generation(of, top, ())
    assert least == pytest.approx(best, abs=1e-6)
    assert upper == pytest.approx(best, abs=1e-6)
    assert probabilities.sum() == pytest.approx(1)
    assert all(of.keeps(one) for one in columns)


@given(seatings(), st.integers(20, 60))
@settings(max_examples=40, deadline=None)
def test_every_listed_panel_keeps_the_quotas_and_the_list_is_near_the_best(
    of: Seating, panels: int
) -> None:
    every = every_panel(of)
    try:
        lottery = fair_lottery(of, panels)
    except QuotasUnmet:
        assert not every
        return
    except NeverSeated as found:
        assert found.types
        assert all(one[list(found.types)].sum() == 0 for one in every)
        return
    assert (panels, of.seats) == lottery.panels.shape
    counted = [np.bincount(one, minlength=of.types) for one in lottery.panels]
    assert all(of.keeps(one) for one in counted)
    best = mixed(of, every)[1]
    assert float(lottery.least) <= best + 1e-7 <= lottery.bound + 2e-7
    assert float(lottery.least) >= best - (of.types + 1) / panels


def test_shares_promise_more_than_panels_can_give_and_columns_say_so() -> None:
    assert bound(ODD) == pytest.approx(2 / 5)
    lottery = fair_lottery(ODD, 60)
    assert lottery.made is Made.COLUMNS
    assert lottery.bound == pytest.approx(1 / 3, abs=1e-6) == lottery.columns
    assert Fraction(1, 3) == lottery.least


def test_a_quota_above_its_share_makes_the_others_less_likely() -> None:
    """3 of 6 seats for 10 of 40 people: 3/10 for each of these, 3/30 for each of the others."""
    lottery = fair_lottery(seating([10, 30], [((0,), 3, 6), ((1,), 0, 3)], 6), 100)
    assert lottery.chances()[1] == Fraction(1, 10) == lottery.least
    assert lottery.chances()[0] == Fraction(3, 10)


def test_panels_are_dealt_without_changing_how_often_anybody_sits() -> None:
    rng = np.random.default_rng(7)
    codes = np.unique(rng.integers(0, 3, (60, 4)), axis=0)
    rows = []
    for feature, value in product(range(4), range(3)):
        rows.append((np.flatnonzero(codes[:, feature] == value).tolist(), 3, 5))
    of = seating([1] * len(codes), rows, 12)
    panels, top = 100, bound(of)
    seats = totals(of, panels, int(top * panels), panels)
    assert seats is not None
    found, kept = dealt(of, seats, panels, lambda *_: None)
    assert kept.all()
    assert chances(found, of.sizes) == pytest.approx(seats / panels)
    assert chances(found, of.sizes).min() >= int(top * panels) / panels
    again, _ = dealt(of, seats, panels, lambda *_: None)
    assert (found == again).all()


def test_a_lottery_that_is_a_list_already_is_rounded_to_itself() -> None:
    columns = [np.array([1, 0]), np.array([0, 1])]
    found, times = rounded(columns, np.array([0.25, 0.75]), np.array([1, 3]), 8)
    assert ([0, 1], [2, 6]) == (found.tolist(), times.tolist())


# ---- what cannot be kept ----
def test_the_quota_that_must_give_way_is_named_with_the_least_change() -> None:
    with pytest.raises(QuotasUnmet) as found:
        fair_lottery(seating([2, 30], [((0,), 4, 6), ((1,), 0, 6)], 6), 10)
    (relaxed,) = found.value.relaxed
    assert ("0", 2, 6) == (relaxed.quota.value, relaxed.least, relaxed.most)


def test_who_can_sit_on_no_panel_is_named() -> None:
    with pytest.raises(NeverSeated) as found:
        fair_lottery(seating([2, 30], [((0,), 0, 0)], 6), 10)
    assert (0,) == found.value.types


def test_more_seats_than_people_are_none() -> None:
    with pytest.raises(QuotasUnmet):
        fair_lottery(seating([2, 3], [((0,), 0, 9)], 6), 10)
    with pytest.raises(LotteryUnsolved):
        bound(seating([2, 3], [((0,), 0, 9)], 6))


# ---- drawing ----
def test_the_numbers_are_those_of_the_description() -> None:
    key = sha256(b"a text").digest()
    words = [
        int.from_bytes(sha256(key + n.to_bytes(8, "big")).digest()[at : at + 8], "big")
        for n in range(2)
        for at in (0, 8, 16, 24)
    ]
    draws = Draws("a text")
    assert [word % 10 for word in words] == [draws.below(10) for _ in words]
    assert 0 == draws.below(1)


def test_numbers_are_spread_evenly_and_no_word_is_bent() -> None:
    draws = Draws("even")
    counts = np.bincount([draws.below(6) for _ in range(6000)], minlength=6)
    assert ((counts - 1000) ** 2 / 1000).sum() < 20.5  # chi-squared, 5 degrees: one in a thousand
    with pytest.raises(ValueError, match="below 0"):
        draws.below(0)


def test_a_draw_follows_from_its_text_and_from_nothing_else() -> None:
    lottery = Lottery(np.array([[0, 0], [0, 1], [1, 1]]), np.array([3, 2]), 0.3, Made.DEALT)
    ids = (("a", "b", "c"), ("d", "e"))
    assert draw(lottery, ids, "x") == draw(lottery, ids, "x")
    seen: dict[str, int] = {}
    for n in range(3000):
        number, people = draw(lottery, ids, f"seed {n}")
        assert sorted(lottery.panels[number]) == sorted(0 if p in "abc" else 1 for p in people)
        for person in people:
            seen[person] = seen.get(person, 0) + 1
    for person, chance in zip("abcde", [1 / 3] * 3 + [1 / 2] * 2, strict=True):
        assert seen[person] / 3000 == pytest.approx(chance, abs=0.04)
