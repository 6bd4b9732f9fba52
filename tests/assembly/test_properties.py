"""Properties by hand, true and false, and against every coalition."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest

from comity.assembly.attendance import Attended, Base, absence_beats_no
from comity.assembly.composed import Composed
from comity.assembly.exact import power
from comity.assembly.games import AtLeast, Game, GameFaulty, Leg, OfLeg, all_of, any_of
from comity.assembly.properties import (
    cannot_block_alone,
    cannot_pass_alone,
    every_leg_without,
    heaviest,
    helpers_to_block,
    helpers_to_pass,
    independent_of,
    influence_at_most,
    more_never_less,
    no_chamber_bypassed,
    no_dummy,
    no_single_veto,
    without_any_one_region,
)

SIX = Game(
    ("Germany", "Italy", "France", "Netherlands", "Belgium", "Luxembourg"),
    (Leg("votes", (4, 4, 4, 2, 2, 1), 12),),
)
SECURITY = Game(
    tuple("PQRST") + tuple(f"e{n}" for n in range(10)),
    (Leg("votes", (7,) * 5 + (1,) * 10, 39),),
)
TWO = Game(("a", "b", "c", "d"), (Leg("states", (1, 1, 1, 1), 3), Leg("people", (9, 1, 1, 1), 6)))


def test_a_veto_is_named() -> None:
    assert no_single_veto(SIX).proved
    found = no_single_veto(SECURITY)
    assert (found.proved, found.coalition) == (False, ("P",))
    assert no_single_veto(TWO).coalition == ("a",)
    nothing = Game(("a", "b"), (Leg("votes", (1, 1), 3),))
    assert not no_single_veto(nothing).proved


def test_the_heaviest_by_a_measure_and_nobody_unknown() -> None:
    gdp = dict(zip(SIX.members, (9.0, 5.0, 7.0, 3.0, 2.0, 1.0), strict=True))
    assert heaviest(SIX, gdp, 3) == ("Germany", "France", "Italy")
    with pytest.raises(GameFaulty, match="`Luxembourg` has no number"):
        heaviest(SIX, {name: n for name, n in gdp.items() if name != "Luxembourg"}, 3)
    with pytest.raises(GameFaulty, match="7 of 6"):
        heaviest(SIX, gdp, 7)


def test_three_large_pass_alone_and_two_block() -> None:
    found = cannot_pass_alone(SIX, ["Germany", "Italy", "France"])
    assert (found.proved, found.coalition) == (False, ("Germany", "Italy", "France"))
    assert cannot_pass_alone(SIX, ["Germany", "Italy", "Netherlands"]).proved
    found = cannot_block_alone(SIX, ["Germany", "Italy", "Luxembourg"])
    assert (found.proved, found.coalition) == (False, ("Germany", "Italy"))
    assert cannot_block_alone(SIX, ["Germany", "Luxembourg"]).proved
    with pytest.raises(GameFaulty, match="`Spain` is no member"):
        cannot_pass_alone(SIX, ["Spain"])


def test_the_fewest_others_who_help() -> None:
    assert helpers_to_pass(SIX, ["Germany", "Italy"]) == ("France",)
    assert helpers_to_pass(SIX, ["Germany", "Italy", "France"]) == ()
    assert helpers_to_block(SIX, ["Germany"]) == ("Italy",)
    assert helpers_to_pass(Game(("a", "b"), (Leg("votes", (1, 1), 3),)), ["a"]) is None


def test_helpers_are_the_fewest_of_all() -> None:
    for size in range(1, 4):
        for some in combinations(TWO.members, size):
            others = [name for name in TWO.members if name not in some]
            sizes = [
                k
                for k in range(len(others) + 1)
                for more in combinations(others, k)
                if TWO.wins_named((*some, *more))
            ]
            found = helpers_to_pass(TWO, some)
            assert (None if found is None else len(found)) == (min(sizes) if sizes else None)
            if found is not None:
                assert TWO.wins_named((*some, *found))


def test_a_region_that_a_leg_needs_is_named() -> None:
    assert every_leg_without(TWO, ["d"]).proved
    found = every_leg_without(TWO, ["a"])
    assert (found.proved, found.coalition) == (False, ("a",))
    assert "people" in found.words
    assert not without_any_one_region(TWO, {"north": ["a"], "south": ["d"]}).proved
    assert without_any_one_region(TWO, {"west": ["c"], "south": ["d"]}).proved


def test_a_chamber_that_can_be_bypassed() -> None:
    chambers = {"states": TWO, "people": SIX, "migrants": SECURITY}
    legs = [OfLeg(0), OfLeg(1), OfLeg(2)]
    assert no_chamber_bypassed(Composed(chambers, all_of(legs))).proved
    found = no_chamber_bypassed(Composed(chambers, AtLeast(2, tuple(legs))))
    assert (found.coalition, found.others) == (("states", "people"), ("migrants",))
    assert no_chamber_bypassed(Composed(chambers, any_of(legs))).coalition == ("states",)


def test_influence_and_who_has_most_and_least() -> None:
    assert influence_at_most(("a", "b"), (2.0, 1.0), 2.0).proved
    found = influence_at_most(("a", "b", "c"), (2.0, 7.0, 1.0), 6.0)
    assert (found.proved, found.coalition, found.others) == (False, ("b",), ("c",))
    assert influence_at_most(("a", "b"), (2.0, 0.0), 1e9).others == ("b",)


def test_luxembourg_in_1958_never_decides() -> None:
    assert no_dummy(SIX).coalition == ("Luxembourg",)
    assert no_dummy(SECURITY).proved


def test_more_people_and_less_power() -> None:
    found = power(SIX, shapley=False)
    people = dict(zip(SIX.members, (54.0, 49.0, 44.0, 11.0, 9.0, 0.3), strict=True))
    assert more_never_less(SIX, found, people).proved
    turned = {**people, "Luxembourg": 10.0}
    worse = more_never_less(SIX, found, turned)
    assert (worse.proved, worse.coalition, worse.others) == (False, ("Luxembourg",), ("Belgium",))


def test_gdp_is_in_no_leg_that_matters() -> None:
    sources = {"states": "one each", "people": "population"}
    assert independent_of(TWO, sources, "gdp").proved
    assert independent_of(TWO, {**sources, "people": "gdp"}, "gdp").coalition == ("people",)
    unknown = independent_of(TWO, {"states": "one each"}, "gdp")
    assert (unknown.proved, unknown.coalition) == (False, ("people",))
    idle = Game(TWO.members, TWO.legs, OfLeg(0))
    assert independent_of(idle, {**sources, "people": "gdp"}, "gdp").proved


def test_an_absent_member_beats_a_no() -> None:
    rule = Attended(("a", "b", "c"), (1, 1, 1), 3, Fraction(1, 2), more=True, base=Base.VOTING)
    found = absence_beats_no(rule)
    assert found is not None
    assert (found.member, found.yes, found.no) == ("a", ("b", "c"), ())
    assert "if a says no too, it passes; if a stays away" in found.words


def test_without_a_quorum_or_with_all_as_base_and_a_higher_majority_absence_is_a_no() -> None:
    free = Attended(("a", "b", "c"), (1, 1, 1), 0, Fraction(1, 2), more=True, base=Base.VOTING)
    assert absence_beats_no(free) is None
    whole = Attended(("a", "b", "c"), (1, 1, 1), 2, Fraction(1, 2), more=True, base=Base.ALL)
    assert absence_beats_no(whole) is None


@pytest.mark.parametrize("quorum", range(8))
@pytest.mark.parametrize("base", list(Base))
@pytest.mark.parametrize("more", [True, False])
def test_absence_against_every_way_to_vote(quorum: int, base: Base, *, more: bool) -> None:
    rule = Attended(("a", "b", "c", "d"), (3, 2, 1, 1), quorum, Fraction(2, 3), more, base)
    exists = False
    for said in product("yn-", repeat=4):
        yes, no = ([m for m, s in zip(rule.members, said, strict=True) if s == x] for x in "yn")
        for name in no:
            without = [other for other in no if other != name]
            exists = exists or (rule.passes(yes, no) and not rule.passes(yes, without))
            # A yes in place of a no never undoes a decision: monotone in yes and no.
            assert not rule.passes(yes, no) or rule.passes([*yes, name], without)
    assert (absence_beats_no(rule) is not None) == exists
