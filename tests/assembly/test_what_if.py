"""Games changed by hand, and what must stay the same."""

from __future__ import annotations

from fractions import Fraction

import pytest

from comity.assembly.coalitions import vetoes
from comity.assembly.exact import power
from comity.assembly.games import Game, GameFaulty, Leg
from comity.assembly.what_if import Share, as_one, at_share, at_total, joined, left

SIX = Game(
    ("Germany", "Italy", "France", "Netherlands", "Belgium", "Luxembourg"),
    (Leg("votes", (4, 4, 4, 2, 2, 1), 12), Leg("states", (1,) * 6, 4)),
)


def test_who_joins_weighs_on_each_leg_and_the_number_stays_unless_a_share_is_given() -> None:
    more = joined(SIX, {"Denmark": (3, 1)})
    assert more.members[-1] == "Denmark"
    assert [leg.weights[-1] for leg in more.legs] == [3, 1]
    assert [leg.needed for leg in more.legs] == [12, 4]
    shared = joined(SIX, {"Denmark": (3, 1)}, {"states": Share(Fraction(2, 3), more=False)})
    assert [leg.needed for leg in shared.legs] == [12, 5]


@pytest.mark.parametrize(
    ("share", "needed"),
    [
        (Share(Fraction(1, 2), more=True), 4),
        (Share(Fraction(1, 2), more=False), 3),
        (Share(Fraction(2, 3), more=False), 4),
        (Share(Fraction(2, 3), more=True), 5),
        (Share(Fraction(3, 5), more=False), 4),
        (Share(Fraction(1), more=False), 6),
        (Share(Fraction(0), more=False), 0),
    ],
)
def test_a_share_of_six_states(share: Share, needed: int) -> None:
    changed = at_share(SIX, "states", share)
    assert changed.legs[1].needed == needed
    assert changed.legs[0] == SIX.legs[0]


def test_who_joins_and_leaves_again_changes_nothing() -> None:
    assert left(joined(SIX, {"Denmark": (3, 1)}), ["Denmark"]) == SIX


def test_without_one_member_a_veto_is_gone_or_made() -> None:
    assert vetoes(SIX) == ()
    assert vetoes(left(SIX, ["Netherlands"])) == ("Germany", "Italy", "France")


def test_a_bloc_has_the_sum_and_stands_where_its_first_member_stood() -> None:
    merged = as_one(SIX, ["Belgium", "Netherlands", "Luxembourg"], "Benelux")
    assert merged.members == ("Germany", "Italy", "France", "Benelux")
    assert merged.legs[0].weights == (4, 4, 4, 5)
    assert merged.legs[1].weights == (1, 1, 1, 3)
    three = power(at_total(merged, "states", 0), shapley=True)
    # 12 of 17: Benelux and two of three, or all three; each of the four is as good as another.
    assert three.banzhaf == pytest.approx([3 / 8] * 4)


def test_a_bloc_of_one_is_a_new_name() -> None:
    renamed = as_one(SIX, ["Italy"], "Italia")
    assert renamed.members[1] == "Italia"
    assert renamed.legs == SIX.legs


def test_a_bloc_may_bear_the_name_of_one_of_its_members_only() -> None:
    assert as_one(SIX, ["Italy", "France"], "Italy").members[:2] == ("Germany", "Italy")
    with pytest.raises(GameFaulty, match="`Germany` is a member already"):
        as_one(SIX, ["Italy", "France"], "Germany")


def test_errors_name_the_member_and_offer_the_nearest() -> None:
    with pytest.raises(GameFaulty, match="`Itly` is no member; did you mean `Italy`"):
        left(SIX, ["Itly"])
    with pytest.raises(GameFaulty, match="`Italy` is named twice"):
        as_one(SIX, ["Italy", "Italy"], "x")
    with pytest.raises(GameFaulty, match="`Italy` is a member already"):
        joined(SIX, {"Italy": (1, 1)})
    with pytest.raises(GameFaulty, match="`Malta` has 1 weights; the game has 2 legs"):
        joined(SIX, {"Malta": (1,)})
    with pytest.raises(GameFaulty, match="`Malta` has a weight below zero"):
        joined(SIX, {"Malta": (-1, 1)})
    with pytest.raises(GameFaulty, match="`people` is no leg"):
        at_total(SIX, "people", 3)
    with pytest.raises(GameFaulty, match="`votes` cannot need 3/2"):
        at_share(SIX, "votes", Share(Fraction(3, 2), more=False))
    with pytest.raises(GameFaulty, match="all members have left"):
        left(SIX, SIX.members)
    with pytest.raises(GameFaulty, match="`nobody` has no members"):
        as_one(SIX, [], "nobody")
