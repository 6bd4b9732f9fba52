"""A question as SMT-LIB 2 text: declarations, definitions, the assertion, and how to read a model.

The same text goes to every solver. It is written here, since building formulas through a solver's
own interface costs more than solving them (notes on rules as code, section 3.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import lcm

from comity.agreement.coding.allowed import Names, Numbers, Sets
from comity.agreement.coding.facts import MeaningOfFacts
from comity.agreement.coding.formulas import (
    All,
    Defined,
    Fact,
    Formula,
    IsHost,
    Linear,
    Opposite,
    Some,
)
from comity.agreement.values import Options, Possible, Range
from comity.agreement.vocabulary import NOBODY, CountriesType, CountryType
from comity.prove.arrangement import Arrangement, PairKey, key_of
from comity.prove.fields import (
    Classes,
    Field,
    Name,
    NameSet,
    Number,
    conjunction,
    disjunction,
    same_as_host,
)
from comity.prove.variants import NotLess, Variant

USUAL_COUNTRIES = ("SWE", "DEU", "ITA", "FRA", "TUR", "USA", "SYR", "AFG", "SDN", "MAR")
"""Of countries that no test tells apart, those that an invented person has first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """That a fact be plain: truths to assume, the plainest first; a number to come near to."""

    rungs: tuple[str, ...]
    aim: tuple[str, int] | None = None


@dataclass
class Script:
    """The text of a question and the meaning of its symbols.

    labels: the truth to assume for each node or definition whose meaning is to count.
    fields: by fact and person ("" for the first).
    wishes: what is plain of each field; empty where nobody asked for it.
    goals: a truth for each formula that is asked for beside the assertion, one at a time.
    """

    text: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    fields: dict[tuple[str, str], Field] = field(default_factory=dict)
    hosts: dict[tuple[str, str], str] = field(default_factory=dict)
    wishes: list[Wish] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)

    @property
    def symbols(self) -> list[str]:
        """Every symbol whose value a model must give."""
        found = [symbol for one in self.fields.values() for symbol in one.symbols()]
        return [*found, *self.hosts.values()]


class Writer:
    """Writes one question: no person may satisfy it if the property holds.

    labelled: each definition counts only if its label is assumed, so that a proof can be asked
    which articles it needs.
    """

    def __init__(
        self,
        meanings: Sequence[MeaningOfFacts],
        root: Formula,
        *,
        labelled: bool = False,
        ordinary: Mapping[str, Possible] | None = None,
        goals: Sequence[Formula] = (),
    ) -> None:
        self.meanings, self.root, self.labelled = meanings, root, labelled
        self.goals = tuple(goals)
        self.vocabulary = meanings[0].vocabulary
        self.ordinary = ordinary
        self.script = Script()
        self._said = Arrangement((root, *goals))
        self._texts: dict[PairKey, str] = {}
        self._numbers: dict[tuple[str, str], Number] = {}
        self._groups: dict[str, set[frozenset[str]]] = {}
        self._named: set[tuple[str, str]] = set()
        self._compared: set[tuple[str, str]] = set()
        self._lines: list[str] = []

    def write(self) -> Script:
        """The question."""
        for formula, variant in self._said.order:
            self._note(formula, variant)
        self._make_fields()
        for formula, variant in self._said.order:
            self._define(formula, variant)
        self._lines.append(f"(assert {self._text(self.root, None)})")
        for n, goal in enumerate(self.goals):
            self.script.goals.append(f"g{n}")
            text = self._text(goal, None)
            self._lines.append(f"(declare-const g{n} Bool)(assert (= g{n} {text}))")
        self._wish()
        self.script.text = "\n".join(
            ("(set-logic QF_LIA)", *self._declarations(), *self._lines, "")
        )
        return self.script

    # ---- which values count ----
    def _note(self, formula: Formula, variant: Variant | None) -> None:
        match formula:
            case Fact(key=key, allowed=Numbers() as allowed):
                if _at(key, variant) is None:
                    self._number(key, variant).ask(allowed, _later(key, variant))
            case Fact(key=key, allowed=Names() as allowed):
                self._name(key, variant, allowed.names)
            case Fact(key=key, allowed=Sets() as allowed):
                self._name(key, variant, *(n.names for n in (*allowed.hits, allowed.avoids)))
            case Linear(terms=terms):
                for key in terms:
                    if _at(key, variant) is None:
                        self._number(key, variant).meets = True
            case IsHost(key=key):
                self._name("host", variant)
                self._name(key, variant)
                self._compared.add((key, _copy(key, variant) or _copy("host", variant)))
            case NotLess(key=key, variant=other):
                self._number(key, None)
                self._number(key, other)

    def _number(self, key: str, variant: Variant | None) -> Number:
        where = key, _copy(key, variant)
        if where not in self._numbers:
            domain = self._domain(key)
            assert isinstance(domain, Numbers), key
            ((low, high),) = domain.spans
            self._numbers[where] = Number(f"n{len(self._numbers)}", low, high)
        return self._numbers[where]

    def _domain(self, key: str) -> object:
        for meaning in self.meanings:
            if meaning.has_bounds(key):
                return meaning.domain(key)
        return self.meanings[0].domain(key)

    def _name(self, key: str, variant: Variant | None, *groups: frozenset[str]) -> None:
        self._named.add((key, _copy(key, variant)))
        self._groups.setdefault(self._pool(key), set()).update(groups)

    def _pool(self, key: str) -> str:
        """Countries are told apart together, since they are compared; options by their own fact."""
        declared = self.vocabulary.fact(key)
        is_country = declared is None or isinstance(declared.type, (CountryType, CountriesType))
        return "" if is_country else key

    # ---- fields ----
    def _make_fields(self) -> None:
        copies: dict[str, list[Number]] = {}
        for (key, _), number in self._numbers.items():
            copies.setdefault(key, []).append(number)
        for several in copies.values():  # persons are compared, so they have thresholds in common
            cuts = set().union(*(number.cuts for number in several))
            meets = any(number.meets for number in several)
            for number in several:
                number.cuts, number.meets = set(cuts), meets
        self.script.fields.update(self._numbers)
        classes = {pool: Classes.of(self._names(pool), g) for pool, g in self._groups.items()}
        for n, (key, copy) in enumerate(sorted(self._named)):
            declared = self.vocabulary.fact(key)
            found: Field = Name(f"c{n}", classes[self._pool(key)])
            if declared is not None and isinstance(declared.type, CountriesType):
                found = NameSet(f"c{n}", classes[self._pool(key)], frozenset({NOBODY}))
            self.script.fields[key, copy] = found
        for n, where in enumerate(sorted(self._compared)):
            self.script.hosts[where] = f"h{n}"

    def _names(self, pool: str) -> list[str]:
        if pool:
            declared = self.vocabulary.fact(pool)
            assert declared is not None
            everything = declared.type.everything()
            assert isinstance(everything, Options)
            assert everything.names is not None
            return sorted(everything.names)
        states = dict.fromkeys(self.vocabulary.states) or dict.fromkeys(("XXA", "XXB"))
        mentioned = sorted(frozenset[str]().union(*self._groups[pool]))
        first = [name for name in USUAL_COUNTRIES if name in states or name in mentioned]
        return list(dict.fromkeys((*first, *states, *mentioned, NOBODY)))

    def _declarations(self) -> Iterator[str]:
        for one in self.script.fields.values():
            yield from one.declarations()
        for (key, copy), symbol in self.script.hosts.items():
            host, other = self._host(copy), self._field(key, copy)
            assert isinstance(other, (Name, NameSet))
            yield from same_as_host(symbol, host, other)
        for symbol in (*self._said.declared.values(), *self.script.labels.values()):
            yield f"(declare-const {symbol} Bool)"

    def _field(self, key: str, copy: str) -> Field:
        return self.script.fields.get((key, copy)) or self.script.fields[key, ""]

    def _host(self, copy: str) -> Name:
        found = self._field("host", copy)
        assert isinstance(found, Name)
        return found

    # ---- text ----
    def _text(self, formula: Formula, variant: Variant | None) -> str:
        return self._texts[key_of(self._said.pair(formula, variant))]

    def _define(self, formula: Formula, variant: Variant | None) -> None:
        key = (id(formula), id(variant) if variant else 0)
        if isinstance(formula, Defined):
            self._texts[key] = self._definition(formula, variant, key)
            return
        text = self._plain(formula, variant)
        if self._said.uses[key] > 1 and len(text) > 24:
            name = f"f{len(self._lines)}"
            self._lines.append(f"(define-fun {name} () Bool {text})")
            text = name
        self._texts[key] = text

    def _definition(self, formula: Defined, variant: Variant | None, key: PairKey) -> str:
        body = self._text(formula.body, variant)
        if self.labelled:
            name = self._said.declared.setdefault(key, f"d{len(self._said.declared)}")
            label = self.script.labels.setdefault(formula.label, f"l{len(self.script.labels)}")
            self._lines.append(f"(assert (=> {label} (= {name} {body})))")
            return name
        if key in self._said.declared:
            self._lines.append(f"(assert (= {self._said.declared[key]} {body}))")
            return self._said.declared[key]
        return body

    def _plain(self, formula: Formula, variant: Variant | None) -> str:
        match formula:
            case All(parts=parts):
                return conjunction(self._ready(part, variant) for part in parts)
            case Some(parts=parts):
                return disjunction(self._ready(part, variant) for part in parts)
            case Opposite(of=of):
                text = self._ready(of, variant)
                return {"true": "false", "false": "true"}.get(text, f"(not {text})")
            case Fact(key=key, allowed=Numbers() as allowed):
                fixed = _at(key, variant)
                if fixed is not None:
                    return "true" if allowed.admits(Range(fixed, fixed)) else "false"
                return self._number(key, variant).test(allowed, _later(key, variant))
            case Fact(key=key, allowed=allowed):
                found = self.script.fields[key, _copy(key, variant)]
                assert isinstance(found, (Name, NameSet))
                return found.test(allowed)  # type: ignore[arg-type]
            case Linear():
                return self._linear(formula, variant)
            case IsHost(key=key):
                copy = _copy(key, variant) or _copy("host", variant)
                return self.script.hosts[key, copy]
            case NotLess(key=key, variant=other):
                return self._not_less(key, other)
        raise AssertionError(formula)

    def _ready(self, formula: Formula, variant: Variant | None) -> str:
        """The text of a part, or its name where it waits for what waits for it."""
        pair = self._said.pair(formula, variant)
        return self._texts.get(key_of(pair)) or self._said.declare(pair)

    def _linear(self, form: Linear, variant: Variant | None) -> str:
        scale = lcm(form.constant.denominator, *(c.denominator for c in form.terms.values()))
        constant = form.constant
        parts = []
        for key, c in form.terms.items():
            fixed = _at(key, variant)
            if fixed is not None:
                constant += c * fixed
                continue
            constant += c * _later(key, variant)
            whole = int(c * scale)
            symbol = self._number(key, variant).symbol
            parts.append(symbol if whole == 1 else f"(* {_whole(whole)} {symbol})")
        if not parts:
            return "true" if form.holds_at(constant) else "false"
        total = parts[0] if len(parts) == 1 else f"(+ {' '.join(parts)})"
        return f"({'>' if form.strict else '>='} {total} {_whole(int(-constant * scale))})"

    def _not_less(self, key: str, variant: Variant) -> str:
        first, other = self._number(key, None), self._number(key, variant)
        if first.meets:
            return f"(>= {other.symbol} {first.symbol})"
        return conjunction(
            f"(=> {first.at_least(cut)} {other.at_least(cut)})" for cut in sorted(first.cuts)
        )

    # ---- plain persons ----
    def _wish(self) -> None:
        """Truths that say of a field that it is as plain as can be."""
        if self.ordinary is None:
            return
        count = 0
        for (key, _), one in reversed(list(self.script.fields.items())):
            rungs = []
            usual = self.ordinary.get(key)
            for text in one.ladder(usual):
                self._lines.append(f"(declare-const w{count} Bool)(assert (= w{count} {text}))")
                rungs.append(f"w{count}")
                count += 1
            self.script.wishes.append(Wish(tuple(rungs), one.aim(usual)))
        for symbol in self.script.hosts.values():  # an ordinary person is no national of the host
            self._lines.append(f"(declare-const w{count} Bool)(assert (= w{count} (not {symbol})))")
            self.script.wishes.append(Wish((f"w{count}",), None))
            count += 1


def _copy(key: str, variant: Variant | None) -> str:
    return variant.name if variant is not None and key in variant.renamed else ""


def _later(key: str, variant: Variant | None) -> int:
    return variant.later.get(key, 0) if variant is not None else 0


def _at(key: str, variant: Variant | None) -> int | None:
    return variant.at.get(key) if variant is not None else None


def _whole(number: int) -> str:
    return str(number) if number >= 0 else f"(- {-number})"
