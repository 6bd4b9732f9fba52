"""A person as values of a script's symbols: the inverse of reading a model.

With every fact known, the solver has nothing left to choose, so that what it says of a person can
be held against what `explain` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from comity.agreement.cases import Case
from comity.agreement.values import Members, Options, Possible, Range, Truth, is_known
from comity.agreement.vocabulary import Vocabulary
from comity.prove.fields import Field, Name, NameSet, Number, Values
from comity.prove.script import Script

_NOBODY_ELSE: Mapping[str, Case] = MappingProxyType({})


def values_of(
    script: Script,
    case: Case,
    vocabulary: Vocabulary,
    others: Mapping[str, Case] = _NOBODY_ELSE,
) -> Values:
    """The value of every symbol for a person all of whose facts are known; ranks stay open.

    others: by their names, the persons of whom the script speaks besides the first.
    Raises ValueError for a fact that is not fully known, and for a parameter that has no value.
    """
    people = {"": case, **others}
    found: dict[str, bool | int] = {}
    for (path, copy), one in script.fields.items():
        if not path.startswith("level "):
            found |= _values(one, _known(people[copy], path, vocabulary))
    for (path, copy), symbol in script.hosts.items():
        known, host = _known(people[copy], path, vocabulary), _only(people[copy].host)
        is_among = host in known.surely if isinstance(known, Members) else host == _only(known)
        found[symbol] = is_among
    return found


def _known(case: Case, path: str, vocabulary: Vocabulary) -> Possible:
    """What is known of a fact; what a case does not say of the law's operation is not so."""
    if vocabulary.fact(path) is not None:
        known = case.known(path, vocabulary)
    elif path.startswith("parameter ") and path not in case.facts:
        raise ValueError(f"{path} has no value")
    else:
        known = case.facts.get(path, Truth.FALSE)
    if not is_known(known):
        raise ValueError(f"{path} is not fully known")
    return known


def _values(one: Field, known: Possible) -> Mapping[str, bool | int]:
    if isinstance(one, Number):
        number = known.low if isinstance(known, Range) else int(known is Truth.TRUE)
        if one.meets:
            return {one.symbol: number}
        return {f"{one.symbol}_{cut}": number >= cut for cut in one.cuts}
    assert isinstance(one, (Name, NameSet))
    names = known.surely if isinstance(known, Members) else frozenset({_only(known)})
    inside = {one.classes.of_name(name) for name in names}
    return {symbol: n in inside for n, symbol in enumerate(one.symbols())}


def _only(known: Possible) -> str:
    assert isinstance(known, Options)
    assert known.names is not None
    (name,) = known.names
    return name
