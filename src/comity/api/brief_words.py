"""A property in plain words: whom it speaks of, and what it says of them, without the language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from comity.agreement.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Constant,
    Declared,
    DefinitionRef,
    EveryPlace,
    FactHolds,
    FactRef,
    Guaranteed,
    Includes,
    InGroup,
    IsEmpty,
    IsOneOf,
    Lapse,
    LeftOpen,
    Meets,
    NodeHolds,
    Not,
    Operand,
    ParameterRef,
    SomePlace,
    Sum,
    TermHolds,
    atoms,
)
from comity.agreement.nodes import Bounding, Element
from comity.agreement.regimes import Regime
from comity.agreement.statements import (
    AgainstInstrument,
    Decommodified,
    EqualFooting,
    Implies,
    LabourNeverAlone,
    Monotone,
    Never,
    NeverStuck,
    NoConflict,
    NoDeadText,
    NoGap,
    OperatesOnlyWith,
    PossibleCase,
    Proof,
    Property,
    Reachable,
    TableComplete,
)
from comity.api.telling import article_model
from comity.brief.guarantees import Part
from comity.prove import lexicon
from comity.world.countries import countries

_OVER = {
    "parameters": "for every value of the parameters within their bounds",
    "readings": "under every reading of the texts",
    "reservations": "whatever permitted reservations the State has made",
}

_BOUND = "(place)"
"""The place that a condition is asked of, where `every` or `some` before it says which."""


def plain(text: str) -> str:
    """A level or a name without the underscores of the language."""
    return text.replace("_", " ")


def says(proof: Proof, regime: Regime, own: str) -> tuple[Part, ...]:
    """A property in steps: whom it speaks of, what holds of them, under what condition.

    own: id of the text that states it, whose articles are then named without its title.
    """
    words = Plain(regime, own)
    parts = [*words.property(proof.property)]
    if proof.guard is not None:
        if isinstance(proof.property, Implies):  # of whom it speaks is said in one place
            first = parts[0]
            parts[0] = Part(first.head, (*first.lines, *words.lines(proof.guard)))
        else:
            parts.append(Part("As long as this is true", words.lines(proof.guard)))
    if proof.over:
        ranged = (text for name, text in _OVER.items() if name in proof.over)
        parts.append(Part("This is asked", tuple(ranged)))
    return tuple(parts)


class Plain:
    """The words of a regime, for a reader who does not know the language."""

    def __init__(self, regime: Regime, own: str = "") -> None:
        self.regime, self.own = regime, own
        self.vocabulary = regime.vocabulary

    # ---- properties ----
    def property(self, stated: Property) -> Iterator[Part]:
        """The steps of a property."""
        match stated:
            case Implies(premise, conclusion):
                yield Part("For everyone of whom this is true", self.lines(premise))
                yield Part(_concluding(conclusion), self.lines(conclusion))
            case Never(condition):
                yield Part("Nobody can be in this position", self.lines(condition))
            case PossibleCase(condition):
                yield Part("Somebody can be in this position", self.lines(condition))
            case EqualFooting(rights, facts):
                yield Part("Two people who differ in nothing but this", self.facts(facts))
                yield Part(
                    "are guaranteed the same, and may be granted the same", self.rights(rights)
                )
            case Monotone(rights, fact):
                yield Part("However much this grows", self.facts((fact,)))
                yield Part("none of this gets worse for the person", self.rights(rights))
            case NoGap(rights):
                yield Part(
                    "Nobody who may not be removed to their only country is left without any of this",
                    self.rights(rights or (lexicon.STAY,)),
                )
            case Reachable() | NeverStuck():
                yield from self._life(stated)
            case _:
                yield from self._of_texts(stated)

    def _of_texts(self, stated: Property) -> Iterator[Part]:
        """Properties of the texts themselves, or that name their own rights."""
        match stated:
            case NoConflict(rights):
                head = "No guarantee crosses a limit without a clause that says which prevails"
                yield Part(head, self.rights(rights))
            case NoDeadText():
                yield Part("Every rule decides something for somebody")
            case TableComplete():
                yield Part("Every cell of every table is somebody's")
            case AgainstInstrument(relation, instrument, rights):
                yield Part(self._relation(relation, instrument), self.rights(rights))
            case LabourNeverAlone():
                yield Part(
                    "Whoever has work by right has all of this too",
                    self.rights(lexicon.MORE_THAN_LABOUR),
                )
            case Decommodified():
                yield Part(
                    "Neither a price nor the loss of a job, of means or of a sponsor lowers this",
                    self.rights(lexicon.ESSENTIALS),
                )
            case OperatesOnlyWith(element, companions, instrument):
                names = element_names(self.regime, instrument)
                yield Part(
                    f"The element {names.get(element, element)} never operates without",
                    tuple(names.get(name, name) for name in companions),
                )

    def _relation(self, relation: str, instrument: str) -> str:
        title = self.title(instrument)
        return {
            "conforms to": f"Nobody is guaranteed less than by {title}",
            "compatible with": f"Nothing that {title} guarantees is ruled out",
        }.get(relation, f"Nobody has less than under {title}")

    def _life(self, stated: Reachable | NeverStuck) -> Iterator[Part]:
        if stated.start is None or stated.goal is None:
            yield Part("Nobody is left at a status from which none that lasts is ever reached")
            return
        yield Part("Whoever is guaranteed this", (self.bounding(stated.start),))
        time = (
            f"is guaranteed this within {stated.months} months of ordinary life, and may stay till then"
            if isinstance(stated, Reachable)
            else "is guaranteed this one day, and may stay till then"
        )
        yield Part(time, (self.bounding(stated.goal),))
        if stated.by:
            yield Part("while this goes on", self.facts(stated.by))

    # ---- rights and facts ----
    def rights(self, names: Iterable[str]) -> tuple[str, ...]:
        """Rights by what they mean; those that the vocabulary lacks are left out."""
        return tuple(self.right(name) for name in names if name in self.vocabulary.rights)

    def right(self, name: str) -> str:
        """A right by what it means, and its name if that says more: `security of status (stay)`."""
        meaning = self.vocabulary.rights[name].meaning
        if meaning is None:
            return plain(name)
        is_said = any(word in meaning.text for word in name.split("_"))
        return meaning.text if is_said else f"{meaning.text} ({plain(name)})"

    def bounding(self, made: Bounding) -> str:
        """A right with the level that it reaches."""
        if isinstance(made.level, int):
            return self._at_least(made.right, made.level)
        return f"{self.right(made.right)}: as far as {self._operand(made.level)}"

    def facts(self, refs: Iterable[FactRef]) -> tuple[str, ...]:
        """Facts by what they mean."""
        return tuple(self.fact(ref.path) for ref in refs)

    def fact(self, path: str) -> str:
        """A fact by what it means: of a place, with the place."""
        place, _, rest = path.partition(".")
        declared = self.vocabulary.facts.get(path)
        of_place = place == "place" or (declared is None and bool(rest))
        if declared is None:
            declared = self.vocabulary.facts.get(f"place.{rest}")
        if declared is None or declared.meaning is None:
            return plain(path)
        text = declared.meaning.text
        return f"{text} ({place.rstrip('0123456789')})" if of_place else text

    def title(self, instrument: str) -> str:
        """An instrument's title."""
        found = self.regime.library.get(instrument)
        return found.title if found is not None else instrument

    # ---- conditions ----
    def lines(self, condition: Condition) -> tuple[str, ...]:
        """What must hold together, one line each."""
        if isinstance(condition, AllOf):
            return tuple(line for one in condition.conditions for line in self.lines(one))
        return (self.condition(condition),)

    def condition(self, made: Condition) -> str:
        """A condition in one line."""
        match made:
            case AllOf(several):
                return "; and ".join(self._inner(one) for one in several)
            case AnyOf(several):
                return ", or ".join(self._inner(one) for one in several)
            case EveryPlace(kind, inner, True):
                return self.condition(inner).replace(_BOUND, f"({kind})")
            case EveryPlace(kind, inner):
                return f"of every {kind}: {self.condition(inner).replace(f' {_BOUND}', '')}"
            case SomePlace(kind, inner):
                return f"of some {kind}: {self.condition(inner).replace(f' {_BOUND}', '')}"
            case Not(inner):
                return self._not(inner)
            case _:
                return self._atom(made)

    def _inner(self, made: Condition) -> str:
        text = self.condition(made)
        return f"({text})" if isinstance(made, (AllOf, AnyOf)) else text

    def _not(self, inner: Condition) -> str:
        match inner:
            case IsOneOf(subject, values):
                return f"{self._operand(subject)}: not {self._values(values)}"
            case LeftOpen(right, rank) if rank > 0:
                words = self._relation_words(right, False)
                return f"{self.right(right)}: {words} {self._level(right, rank - 1)}"
            case Guaranteed(right, rank):
                return f"no guarantee of {self._at_least(right, rank)}"
            case Not(deeper):
                return self.condition(deeper)
            case _:
                return f"not so: {self._inner(inner)}"

    def _atom(self, made: Condition) -> str:
        match made:
            case Comparison(left, relation, right):
                return f"{self._sum(left)}: {relation} {self._sum(right)}"
            case IsOneOf(subject, values):
                return f"{self._operand(subject)}: {self._values(values)}"
            case InGroup(subject, group):
                return f"{self._operand(subject)}: one of {plain(group)}"
            case Meets(subject, group):
                return f"{self._operand(subject)}: at least one of {plain(group)}"
            case Includes(subject, country):
                return f"{self._operand(subject)}: {country_name(country)} among them"
            case IsEmpty(subject):
                return f"{self._operand(subject)}: none"
            case FactHolds(fact):
                return self.fact(fact.path)
            case TermHolds(owner, name, place):
                where = f" ({place.rstrip('0123456789')})" if place else ""
                return f"“{plain(name)}”, as {self._place_of(f'{owner}/term {name}')} says{where}"
            case Guaranteed(right, rank):
                return self._at_least(right, rank)
            case LeftOpen(right, rank):
                return f"{self.right(right)}: the State may grant {self._level(right, rank)}"
            case _:
                return self._of_node(made)

    def _of_node(self, made: Condition) -> str:
        match made:
            case NodeHolds(node):
                return f"{self._rule(node)} holds"
            case Lapse(node):
                return f"the time that {self._rule(node)} sets has run out"
            case Declared(instrument, name):
                return f"the State has made the declaration “{plain(name)}” to {self.title(instrument)}"
        raise AssertionError(made)

    def _place_of(self, key: str) -> str:
        """`Article 14`, of another text with its title: where a definition or rule stands.

        What stands above the first article stands in the introduction.
        """
        article = article_model(key, self.regime).article.partition(". ")[0]
        if article == key.partition("/")[2].removeprefix("term "):
            article = "the introduction"
        return f"{article}{self._of_other(key.partition('/')[0])}"

    def _rule(self, node: str) -> str:
        owner, _, rest = node.partition("/")
        return f"rule {rest}{self._of_other(owner)}"

    def _of_other(self, instrument: str) -> str:
        return "" if instrument == self.own else f" of {self.title(instrument)}"

    # ---- levels and sums ----
    def _at_least(self, right: str, rank: int) -> str:
        words = self._relation_words(right, True)
        return f"{self.right(right)}: {words} {self._level(right, rank)}"

    def _relation_words(self, right: str, in_favour: bool) -> str:
        less = self.vocabulary.rights[right].less_is_better
        return "at least" if in_favour is not less else "at most"

    def _level(self, right: str, rank: int) -> str:
        return plain(self.vocabulary.rights[right].name_of(rank))

    def _values(self, values: Iterable[Constant | str]) -> str:
        named = (country_name(v) if isinstance(v, str) else self._constant(v) for v in values)
        return " or ".join(plain(name) for name in named)

    def _sum(self, made: Sum) -> str:
        text = ""
        for number, part in enumerate(made.parts):
            sign = "less " if part.coefficient < 0 else "and " if number else ""
            share = abs(part.coefficient)
            times = "" if share == 1 else f"{share.numerator}/{share.denominator} of "
            text += f"{' ' if number else ''}{sign}{times}{self._operand(part.operand)}"
        return text

    def _operand(self, operand: Operand) -> str:
        match operand:
            case FactRef(path):
                return self.fact(path)
            case ParameterRef(owner, name):
                return f"the parameter {name}{self._of_other(owner)}"
            case DefinitionRef(owner, name, place):
                where = f" ({place.rstrip('0123456789')})" if place else ""
                return f"“{plain(name)}”, as {self._place_of(f'{owner}/term {name}')} says{where}"
            case Constant():
                return self._constant(operand)

    def _constant(self, made: Constant) -> str:
        if made.kind in self.vocabulary.scales:
            return plain(self.vocabulary.scales[made.kind].levels[made.value])
        if made.kind == "date":
            return date.fromordinal(made.value).isoformat()
        return made.written or f"{made.value} {made.kind}"


def country_name(code: str) -> str:
    """A country by its name; what is no code of a country stays as it is."""
    known = countries().get(code)
    return known.name if known is not None else code


def _concluding(conclusion: Condition) -> str:
    """How a conclusion begins: by what is guaranteed, by what may be granted, by what is true."""
    kinds = {type(atom) for atom in atoms(conclusion)}
    if kinds == {Guaranteed}:
        return "at least this is guaranteed"
    if kinds == {LeftOpen}:
        return "nothing rules this out"
    return "this is true as well"


def element_names(regime: Regime, instrument: str) -> dict[str, str]:
    """Elements of an instrument with their titles: `E7 (temporary labour)`."""
    return {
        one.name: f"{one.name} ({one.title})"
        for one in regime.library[instrument].statements
        if isinstance(one, Element)
    }
