"""What a proof hangs on, as a fingerprint: an edit elsewhere in the texts leaves it as it was.

The print of a node or definition is that of its own words and of all on which it depends, so that
one edited article changes the prints of what rests on it and of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import blake2b

from comity.agreement.conditions import Condition, Guaranteed, LeftOpen, atoms
from comity.agreement.dependence import references
from comity.agreement.instruments import Definition, Holding, Instrument
from comity.agreement.nodes import (
    Alternatives,
    Element,
    Parameter,
    Prevalence,
    Scope,
    Standstill,
    Unreservable,
)
from comity.agreement.regimes import Regime
from comity.agreement.spans import NOWHERE
from comity.agreement.statements import (
    Decommodified,
    EqualFooting,
    Implies,
    LabourNeverAlone,
    Monotone,
    Never,
    NeverStuck,
    NoConflict,
    NoGap,
    PossibleCase,
    Proof,
    Reachable,
)
from comity.prove import lexicon

_ALL_OF_A_TEXT = (Parameter, Alternatives, Element, Prevalence, Scope, Unreservable)
"""Statements that may bear on anything in a regime."""


class Fingerprints:
    """The prints of one regime."""

    def __init__(self, regime: Regime) -> None:
        self.regime = regime
        self._prints: dict[str, bytes] = {}
        for key in regime.order:  # each after all on which it depends
            self._prints[key] = self._node(key)
        self._everywhere = _hash(self._common())
        self._rights: dict[str, bytes] = {}

    def of(self, proof: Proof, day: date) -> bytes:
        """The print of all that a proof's verdict may hang on."""
        rights = _rights_of(proof)
        named = rights if rights is not None else tuple(self.regime.vocabulary.rights)
        parts = [repr((proof.property, proof.guard, sorted(proof.over), day)).encode()]
        parts += [self._everywhere, *(self._right(right) for right in sorted(named))]
        for condition in _conditions_of(proof):
            parts += [self._prints.get(key, b"?") for key in references(condition)]
        if rights is None:
            parts += [key.encode() + found for key, found in sorted(self._prints.items())]
        return _hash(parts)

    def questions(self, proof: Proof) -> frozenset[str]:
        """The questions of which some reading bears on a proof, by `INSTRUMENT/NAME`."""
        regime = self.regime
        rights = _rights_of(proof)
        named = rights if rights is not None else tuple(regime.vocabulary.rights)
        waiting = [unit.node for right in named for unit in regime.units.get(right, ())]
        waiting += [key for c in _conditions_of(proof) for key in references(c)]
        waiting += [key for i in regime.instruments for key in _standstills(i)]
        seen: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                waiting += regime.depends_on(key)
        found = {
            f"{key.partition('/')[0]}/{variant.frame.under.question}"
            for key in seen
            for variant in self._variants(key)
            if variant.frame.under is not None
        }
        owners = {key.partition("/")[0] for key in seen}
        for owner in owners & regime.library.keys():
            for statement in regime.library[owner].statements:
                if isinstance(statement, Parameter) and statement.under is not None:
                    found.add(f"{owner}/{statement.under.question}")
        return frozenset(found)

    def _variants(self, key: str) -> tuple[Definition | Holding, ...]:
        if "/term " in key:
            return self.regime.definitions.get(key.replace("/term ", "/"), ())
        return self.regime.nodes.get(key, ())

    def _node(self, key: str) -> bytes:
        own = [repr(_without_span(variant)).encode() for variant in self._variants(key)]
        below = sorted(set(self.regime.depends_on(key)))
        return _hash((*own, *(name.encode() + self._prints.get(name, b"") for name in below)))

    def _right(self, right: str) -> bytes:
        if right not in self._rights:
            units = self.regime.units.get(right, ())
            parts = [repr(unit).encode() + self._prints[unit.node] for unit in units]
            self._rights[right] = _hash(parts)
        return self._rights[right]

    def _common(self) -> Iterator[bytes]:
        regime = self.regime
        yield repr((sorted(regime.for_every_host), sorted(regime.readings.items()))).encode()
        yield repr(sorted(regime.parameters.items())).encode()
        yield repr(regime.vocabulary.axioms).encode()
        for instrument in regime.instruments:
            yield _front_matter(instrument)
            for statement in instrument.statements:
                if isinstance(statement, _ALL_OF_A_TEXT):
                    yield repr(_without_span(statement)).encode()
            yield from (self._prints[key] for key in _standstills(instrument))


def _front_matter(instrument: Instrument) -> bytes:
    said = (
        instrument.id,
        instrument.force,
        instrument.in_force,
        instrument.ended,
        instrument.parties,
        instrument.reservations,
        instrument.declarations,
        instrument.exercised,
        sorted(instrument.elements.items()),
    )
    return repr(said).encode()


def _standstills(instrument: Instrument) -> list[str]:
    return [instrument.key(n.id) for n in instrument.holdings if isinstance(n, Standstill)]


def _without_span(statement: object) -> object:
    return replace(statement, span=NOWHERE)  # type: ignore[type-var]


def _hash(parts: Iterable[bytes]) -> bytes:
    found = blake2b(digest_size=16)
    for part in parts:
        found.update(len(part).to_bytes(4, "big"))
        found.update(part)
    return found.digest()


# ---- what a proof speaks of ----
def _rights_of(proof: Proof) -> tuple[str, ...] | None:
    """The rights on whose norms a proof hangs; None for all, and for another text's as well."""
    found: list[str] = []
    match proof.property:
        case NoConflict(rights) if rights:
            found += rights
        case NoGap(rights):
            found += (*rights, lexicon.STAY, lexicon.SHIELD)
        case EqualFooting(rights) | Monotone(rights) if rights:
            found += rights
        case Decommodified():
            found += lexicon.ESSENTIALS
        case LabourNeverAlone():
            found += (*lexicon.ACCESS_TO_WORK, *lexicon.MORE_THAN_LABOUR)
        case Reachable(_, goal, start) | NeverStuck(goal, start):
            found += [b.right for b in (goal, start) if b is not None] or [lexicon.STAY]
        case Implies() | Never() | PossibleCase():
            pass
        case _:  # against another text, of elements or of every line: everything
            return None
    for condition in _conditions_of(proof):
        found += [a.right for a in atoms(condition) if isinstance(a, (Guaranteed, LeftOpen))]
    return tuple(dict.fromkeys(found))


def _conditions_of(proof: Proof) -> Iterator[Condition]:
    if proof.guard is not None:
        yield proof.guard
    match proof.property:
        case Implies(first, second):
            yield from (first, second)
        case Never(condition) | PossibleCase(condition):
            yield condition
