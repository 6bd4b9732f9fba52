"""What if: another game from one, by a change that a negotiator can name.

Belongs here: members who join or leave, thresholds that move, members who vote as one. Each takes a
game and returns another; nothing is decided here. The result is a game of its own and is analysed as
any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction

from comity.assembly.games import Game, GameFaulty


@dataclass(frozen=True, slots=True)
class Share:
    """What a text asks for as a share of the total weight of a leg.

    of: from 0 to 1. more: "more than" it, as in a majority; else "at least" it.
    """

    of: Fraction
    more: bool

    def needed(self, leg: str, total: int) -> int:
        """The least total that meets it. Raises GameFaulty, naming the leg."""
        if not 0 <= self.of <= 1:
            raise GameFaulty(f"`{leg}` cannot need {self.of} of its total: a share is from 0 to 1")
        exact = self.of * total
        return exact.__floor__() + 1 if self.more else exact.__ceil__()


def joined(
    game: Game, members: Mapping[str, Sequence[int]], shares: Mapping[str, Share] | None = None
) -> Game:
    """With members more. members: their weights on each leg, in the order of the legs.

    shares: of legs by name, what the text asks for; the number needed is then told anew from the new
    total. A leg that is not named needs the same number as before. Raises GameFaulty, naming the
    member or the leg.
    """
    for name, weights in members.items():
        if name in game.members:
            raise GameFaulty(f"`{name}` is a member already")
        if len(weights) != len(game.legs):
            raise GameFaulty(
                f"`{name}` has {len(weights)} weights; the game has {len(game.legs)} legs: "
                f"{', '.join(leg.name for leg in game.legs)}"
            )
        if min(weights) < 0:
            raise GameFaulty(f"`{name}` has a weight below zero")
    legs = tuple(
        replace(leg, weights=(*leg.weights, *(int(w[n]) for w in members.values())))
        for n, leg in enumerate(game.legs)
    )
    return _at(Game((*game.members, *members), legs, game.rule), shares)


def left(game: Game, members: Sequence[str], shares: Mapping[str, Share] | None = None) -> Game:
    """Without members. shares: as of those who join. Raises GameFaulty, naming the member."""
    gone = set(_places(game, members))
    if len(gone) == len(game.members):
        raise GameFaulty("all members have left; nobody is there to decide")
    stay = [n for n in range(len(game.members)) if n not in gone]
    legs = tuple(replace(leg, weights=tuple(leg.weights[n] for n in stay)) for leg in game.legs)
    return _at(Game(tuple(game.members[n] for n in stay), legs, game.rule), shares)


def at_share(game: Game, leg: str, share: Share) -> Game:
    """With a leg that needs a share of its total weight. Raises GameFaulty, naming the leg."""
    total = sum(game.legs[_leg(game, leg)].weights)
    return at_total(game, leg, share.needed(leg, total))


def at_total(game: Game, leg: str, needed: int) -> Game:
    """With a leg that needs a total weight, as it stands. Raises GameFaulty, naming the leg."""
    place = _leg(game, leg)
    legs = list(game.legs)
    legs[place] = replace(legs[place], needed=needed)
    return Game(game.members, tuple(legs), game.rule)


def as_one(game: Game, members: Sequence[str], name: str) -> Game:
    """With members who always vote as one, under a name: their weights are added up on each leg.

    The bloc stands where its first member stood. Where a leg counts heads, it keeps one head for each:
    the States of a bloc are as many as before. Raises GameFaulty, naming the member.
    """
    places = _places(game, members)
    if not places:
        raise GameFaulty(f"`{name}` has no members")
    bloc, first = set(places), min(places)
    if name in game.members and game.members.index(name) not in bloc:
        raise GameFaulty(f"`{name}` is a member already, and not of the bloc")
    kept = [n for n in range(len(game.members)) if n == first or n not in bloc]
    legs = tuple(
        replace(
            leg,
            weights=tuple(
                sum(leg.weights[k] for k in bloc) if n == first else leg.weights[n] for n in kept
            ),
        )
        for leg in game.legs
    )
    return Game(tuple(name if n == first else game.members[n] for n in kept), legs, game.rule)


def _at(game: Game, shares: Mapping[str, Share] | None) -> Game:
    for leg, share in (shares or {}).items():
        game = at_share(game, leg, share)
    return game


def _places(game: Game, members: Sequence[str]) -> list[int]:
    for n, name in enumerate(members):
        if name not in game.members:
            close = get_close_matches(name, game.members, 1)
            hint = f"; did you mean `{close[0]}`?" if close else ""
            raise GameFaulty(f"`{name}` is no member{hint}")
        if name in members[:n]:
            raise GameFaulty(f"`{name}` is named twice")
    return [game.members.index(name) for name in members]


def _leg(game: Game, name: str) -> int:
    names = [leg.name for leg in game.legs]
    if name not in names:
        raise GameFaulty(f"`{name}` is no leg; the legs are {', '.join(names)}")
    return names.index(name)
