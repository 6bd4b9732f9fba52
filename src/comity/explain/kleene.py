"""Three-valued answers about sets of possible values: strong Kleene, one small function each."""

from __future__ import annotations

from comity.agreement.values import Members, Options, Possible, Range, Truth


def truth_of(surely: bool, possibly: bool) -> Truth:
    """True if it is sure, unknown if it is possible, else false."""
    return Truth.TRUE if surely else Truth.UNKNOWN if possibly else Truth.FALSE


def between(certain: int, possible: int, rank: int) -> Truth:
    """Whether a bound between a certain and a possible rank reaches the rank."""
    return truth_of(certain >= rank, possible >= rank)


def among(options: Options, names: frozenset[str]) -> Truth:
    """Whether a country or option is one of the names."""
    if options.names is None:
        return Truth.UNKNOWN if names else Truth.FALSE
    return truth_of(options.names <= names, bool(options.names & names))


def same(one: Possible, other: Possible) -> Truth:
    """Whether two countries are the same."""
    assert isinstance(one, Options)
    assert isinstance(other, Options)
    if one.names is None or other.names is None:
        return Truth.UNKNOWN
    return truth_of(one.is_known and one.names == other.names, bool(one.names & other.names))


def contains(members: Members, country: str) -> Truth:
    """Whether a set of countries has the country in it."""
    return truth_of(
        country in members.surely, members.perhaps is None or country in members.perhaps
    )


def meets(members: Members, group: frozenset[str]) -> Truth:
    """Whether a set of countries has a member in the group."""
    possibly = bool(group) if members.perhaps is None else bool(members.perhaps & group)
    return truth_of(bool(members.surely & group), possibly)


def is_empty(members: Members) -> Truth:
    """Whether a set of countries has no member."""
    if members.surely:
        return Truth.FALSE
    return truth_of(members.perhaps is not None and not members.perhaps, True)


def join(one: Possible, other: Possible) -> Possible:
    """What may be true when either of two things may be."""
    if isinstance(one, Truth) and isinstance(other, Truth):
        return one if one is other else Truth.UNKNOWN
    if isinstance(one, Range) and isinstance(other, Range):
        return Range(min(one.low, other.low), max(one.high, other.high))
    if isinstance(one, Options) and isinstance(other, Options):
        if one.names is None or other.names is None:
            return Options(None)
        return Options(one.names | other.names)
    assert isinstance(one, Members)
    assert isinstance(other, Members)
    perhaps = None if one.perhaps is None or other.perhaps is None else one.perhaps | other.perhaps
    return Members(one.surely & other.surely, perhaps)
