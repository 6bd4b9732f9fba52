"""People of whom less is known, and what the solver may then still choose.

What `explain` calls certain of such a person must hold of everybody whom the solver finds to be
like them, whoever they may be: also of those whom no axiom lets exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from comity.agreement.cases import Case
from comity.agreement.regimes import Regime
from comity.agreement.values import Members, Options, Possible, Range, Truth
from comity.explain.kleene import join
from comity.prove.fields import Field, Name, Number
from comity.prove.script import Script
from tests.readers_agree.people import said_by_the_text
from tests.readers_agree.words import WORDS, drawn_value

OF_THE_LAW = ("parameter ", "reserved ", "declared ")
"""What a case says of the law is said or not, never in part: silence has its meaning in `explain`."""


def partly_known(rng: Random, case: Case, script: Script) -> Case:
    """The case with some facts hidden, and of some only that they are one of several values.

    A number that meets another in a sum is hidden or known: the solver has no band of it.
    """
    hide, blur = rng.choice(((0.15, 0.2), (0.3, 0.3), (0.6, 0.2)))
    whole = {p for (p, _), one in script.fields.items() if isinstance(one, Number) and one.meets}
    facts: dict[str, Possible] = {}
    for path, value in case.facts.items():
        draw = rng.random()
        if path.startswith(OF_THE_LAW) or draw > hide + blur or (path == "host" and draw > 0.1):
            facts[path] = value
        elif draw > hide and path not in whole and " " not in path:
            facts[path] = join(value, drawn_value(rng, path))
    return Case(case.on, {p: v for p, v in facts.items() if v is not Truth.UNKNOWN})


def values_left(script: Script, regime: Regime, case: Case) -> dict[str, bool | int]:
    """The symbols that what is known of a case settles; of all others the solver may choose."""
    found: dict[str, bool | int] = {}
    for (path, _), one in script.fields.items():
        if not path.startswith("level "):
            found |= _settled(one, _known(regime, case, path))
    for (path, _), symbol in script.hosts.items():
        is_host = _is_host(_known(regime, case, path), case.host)
        if is_host is not Truth.UNKNOWN:
            found[symbol] = is_host is Truth.TRUE
    return found


def _known(regime: Regime, case: Case, path: str) -> Possible:
    if path in case.facts:
        return case.facts[path]
    if path.startswith("exercised ") and isinstance(case.host, Options) and case.host.is_known:
        return said_by_the_text(regime, case).get(path, Truth.UNKNOWN)
    if path.startswith("reserved "):
        return Truth.FALSE
    declared = WORDS.fact(path)
    return Truth.UNKNOWN if declared is None else declared.type.everything()


def _settled(one: Field, known: Possible) -> Mapping[str, bool | int]:
    if isinstance(one, Number):
        return dict(_of_number(one, known))
    classes = one.classes.members  # type: ignore[attr-defined]
    if isinstance(one, Name):
        return dict(_of_name(one, known, classes))
    return dict(_of_set(one, known, classes))


def _of_number(one: Number, known: Possible) -> Iterator[tuple[str, bool | int]]:
    low, high = (known.low, known.high) if isinstance(known, Range) else _as_numbers(known)
    if one.meets:
        if low == high:
            yield one.symbol, low
        return
    for cut in one.cuts:
        if cut <= low or cut > high:
            yield f"{one.symbol}_{cut}", cut <= low


def _as_numbers(known: Possible) -> tuple[int, int]:
    assert isinstance(known, Truth)
    return (0, 1) if known is Truth.UNKNOWN else (known // 2, known // 2)


def _of_name(
    one: Name, known: Possible, classes: tuple[tuple[str, ...], ...]
) -> Iterator[tuple[str, bool]]:
    assert isinstance(known, Options)
    for n, members in enumerate(classes):
        if known.names is not None and known.names.issubset(members):
            yield f"{one.symbol}_{n}", True
        elif known.names is not None and known.names.isdisjoint(members):
            yield f"{one.symbol}_{n}", False


def _of_set(
    one: Field, known: Possible, classes: tuple[tuple[str, ...], ...]
) -> Iterator[tuple[str, bool]]:
    assert isinstance(known, Members)
    for n, members in enumerate(classes):
        if not known.surely.isdisjoint(members):
            yield f"{one.symbol}_{n}", True
        elif known.perhaps is not None and known.perhaps.isdisjoint(members):
            yield f"{one.symbol}_{n}", False


def _is_host(known: Possible, host: Possible) -> Truth:
    """Whether a country is the host or a set has it, where that is settled."""
    assert isinstance(host, Options)
    if host.names is None or len(host.names) != 1:
        return Truth.UNKNOWN
    [name] = host.names
    if isinstance(known, Members):
        if name in known.surely:
            return Truth.TRUE
        is_out = known.perhaps is not None and name not in known.perhaps
        return Truth.FALSE if is_out else Truth.UNKNOWN
    assert isinstance(known, Options)
    if known.names is None:
        return Truth.UNKNOWN
    if known.names == host.names:
        return Truth.TRUE
    return Truth.UNKNOWN if name in known.names else Truth.FALSE
