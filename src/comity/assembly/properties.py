"""What can be proved of a body: each property holds, or there is a coalition by name that shows it fails.

A coalition is sought by a whole-number programme (HiGHS) or by sorted sums; where there is none the
property is proved of the rule as it stands, whoever votes how. What is found is checked against the
rule itself before it is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from comity.assembly.coalitions import dual, smallest_winning, swing, vetoes
from comity.assembly.composed import Composed
from comity.assembly.exact import Power
from comity.assembly.games import Bools, Game, GameFaulty, holds


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a property is proved. If not: who shows it.

    coalition: members or chambers who do what the property forbids, in the order of the game.
    others: with whom they do it; members who are against, where somebody is against.
    words: the finding in a sentence.
    """

    proved: bool
    words: str
    coalition: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def no_single_veto(game: Game) -> Finding:
    """No member's no stops what all others want."""
    if not _everybody_passes(game):
        return Finding(False, "Nothing passes, even with every yes.", game.members)
    found = vetoes(game)
    if not found:
        return Finding(True, "Whoever one member is, all others pass without it.")
    return Finding(False, f"{found[0]} alone stops what all others want.", found[:1])


def heaviest(game: Game, measure: Mapping[str, float], k: int) -> tuple[str, ...]:
    """The k members with the most of a measure (GDP, say). Raises GameFaulty where one is unknown."""
    for name in game.members:
        if name not in measure:
            raise GameFaulty(f"`{name}` has no number, and none is assumed")
    if not 1 <= k <= len(game.members):
        raise GameFaulty(f"{k} of {len(game.members)} members cannot be picked")
    ranked = sorted(game.members, key=lambda name: (-measure[name], game.members.index(name)))
    return tuple(ranked[:k])


def cannot_pass_alone(game: Game, members: Sequence[str]) -> Finding:
    """These members pass nothing that all others are against; if false, the fewest of them who do."""
    return _alone(game, members, "pass")


def cannot_block_alone(game: Game, members: Sequence[str]) -> Finding:
    """These members stop nothing that all others want; if false, the fewest of them who do."""
    if not _everybody_passes(game):
        return Finding(False, "Nothing passes, even with every yes.", tuple(members))
    return _alone(dual(game), members, "block")


def helpers_to_pass(game: Game, members: Sequence[str]) -> tuple[str, ...] | None:
    """The fewest others with whom these members pass; none needed: empty; None if nothing helps."""
    return _helpers(game, members)


def helpers_to_block(game: Game, members: Sequence[str]) -> tuple[str, ...] | None:
    """The fewest others with whom these members block."""
    return _helpers(dual(game), members)


def every_leg_without(game: Game, region: Sequence[str]) -> Finding:
    """Every leg can be met by members outside a region; if not, the region is needed on some leg."""
    inside = _yes(game, region)
    totals = game.weights[~inside].sum(axis=0)
    for leg, total in zip(game.legs, totals, strict=True):
        if total < leg.needed:
            words = f"`{leg.name}` needs {leg.needed}; all others have {total}."
            return Finding(False, words, tuple(np.array(game.members)[inside].tolist()))
    return Finding(True, "All others meet every leg together.")


def without_any_one_region(game: Game, regions: Mapping[str, Sequence[str]]) -> Finding:
    """Every leg can be met without any one region. regions: members by the name of the region."""
    for name, members in regions.items():
        found = every_leg_without(game, members)
        if not found.proved:
            return Finding(False, f"Without {name}: {found.words}", found.coalition)
    return Finding(True, "Whichever region is against, all others meet every leg.")


def no_chamber_bypassed(whole: Composed) -> Finding:
    """The body decides nothing that a chamber is against; if false, the chambers that decide."""
    names = whole.names
    for size in range(len(names) + 1):
        for yes in combinations(range(len(names)), size):
            if size < len(names) and _decide(whole, yes):
                agree = tuple(names[n] for n in yes)
                against = tuple(name for name in names if name not in agree)
                words = f"{' and '.join(agree) or 'Nobody'} decides; {', '.join(against)} cannot stop it."
                return Finding(False, words, agree, against)
    return Finding(True, "Every chamber has to agree.")


def _decide(whole: Composed, yes: Sequence[int]) -> bool:
    """Whether these chambers decide without the others."""
    return bool(holds(whole.rule, lambda n: np.array(n in yes)))


def influence_at_most(members: Sequence[str], one: Sequence[float], most: float) -> Finding:
    """No person has more than `most` times another's influence. one: of a person of each country."""
    values = np.asarray(one, dtype=np.float64)
    top, low = int(values.argmax()), int(values.argmin())
    if values[low] <= 0:
        words = f"A person of {members[low]} has no influence at all."
        return Finding(False, words, (members[top],), (members[low],))
    ratio = float(values[top] / values[low])
    words = (
        f"A person of {members[top]} has {ratio:.3g} times the influence of one of {members[low]}."
    )
    return Finding(ratio <= most, words, (members[top],), (members[low],))


def no_dummy(game: Game) -> Finding:
    """Every member's vote decides in some coalition; if false, the first that never does."""
    for n, name in enumerate(game.members):
        if swing(game, n) is None:
            return Finding(False, f"{name} never decides anything.", (name,))
    return Finding(True, "Each member decides in some coalition.")


def more_never_less(game: Game, power: Power, measure: Mapping[str, float]) -> Finding:
    """Who has more of a measure never has less power; if false, the two members."""
    order = heaviest(game, measure, len(game.members))[::-1]
    place = {name: n for n, name in enumerate(game.members)}
    strongest = order[0]
    for name in order[1:]:
        mine, theirs = power.banzhaf[place[name]], power.banzhaf[place[strongest]]
        slack = 1e-12 + 6 * (power.error[place[name]] + power.error[place[strongest]])
        if mine < theirs - slack and measure[name] > measure[strongest]:
            words = f"{name} has more than {strongest}, and less power."
            return Finding(False, words, (name,), (strongest,))
        if mine > theirs:
            strongest = name
    return Finding(True, "Nobody with more has less power.")


def independent_of(game: Game, sources: Mapping[str, str | None], measure: str) -> Finding:
    """A decision never depends on a measure (GDP). sources: of each leg by name, what it is weighed by.

    A leg without a source is unknown, and leaves the property unproved. Where a leg is weighed by the
    measure but no such leg ever turns a decision, the property holds all the same.
    """
    for place, leg in enumerate(game.legs):
        source = sources.get(leg.name)
        if source is None:
            return Finding(False, f"It is not said what `{leg.name}` is weighed by.", (leg.name,))
        if source == measure and _leg_matters(game, place):
            return Finding(False, f"`{leg.name}` is weighed by {measure}.", (leg.name,))
    return Finding(True, f"No leg that can turn a decision is weighed by {measure}.")


def _leg_matters(game: Game, place: int) -> bool:
    """Whether the rule over the legs ever turns on one of them."""
    others = [n for n in range(len(game.legs)) if n != place]
    for said in product((False, True), repeat=len(others)):
        met = {n for n, yes in zip(others, said, strict=True) if yes}
        if _passes_on(game, {*met, place}) != _passes_on(game, met):
            return True
    return False


def _passes_on(game: Game, met: set[int]) -> bool:
    """Whether the rule holds when exactly these legs are met."""
    return bool(game.passes(lambda n: np.array(n in met)))


def _alone(game: Game, members: Sequence[str], doing: str) -> Finding:
    inside = _yes(game, members)
    if not game.wins(inside):
        return Finding(True, f"Together they cannot {doing} alone.")
    others = tuple(np.array(game.members)[~inside].tolist())
    found = smallest_winning(game, without=others)
    who = found.members if found is not None else tuple(members)
    return Finding(False, f"{', '.join(who) or 'Nobody'} can {doing} alone.", who, others)


def _helpers(game: Game, members: Sequence[str]) -> tuple[str, ...] | None:
    """The fewest others with whom they win: the game of the others, once these have said yes."""
    inside = _yes(game, members)
    if game.wins(inside):
        return ()
    said = game.weights[inside].sum(axis=0)
    others = [n for n in range(len(game.members)) if not inside[n]]
    if not others:
        return None
    legs = tuple(
        type(leg)(leg.name, tuple(leg.weights[n] for n in others), leg.needed - int(done))
        for leg, done in zip(game.legs, said, strict=True)
    )
    rest = Game(tuple(game.members[n] for n in others), legs, game.rule)
    found = smallest_winning(rest)
    return None if found is None else found.members


def _everybody_passes(game: Game) -> bool:
    return game.wins(np.ones(len(game.members), dtype=np.bool_))


def _yes(game: Game, members: Sequence[str]) -> Bools:
    for name in members:
        if name not in game.members:
            raise GameFaulty(f"`{name}` is no member")
    return np.isin(np.array(game.members), list(members))
