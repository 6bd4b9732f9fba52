"""Who names whom: every reference of the library, from its statement to its article, both ways.

Cases are left out: they name what they test, and that is said beside the case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from comity.agreement.conditions import (
    Condition,
    Declared,
    InGroup,
    Meets,
    ParameterRef,
    atoms,
    operands,
)
from comity.agreement.dependence import conditions_of, references
from comity.agreement.instruments import Instrument, Statement, article_of
from comity.agreement.lineage import Carried
from comity.agreement.nodes import (
    ArticleTarget,
    Choice,
    EveryTarget,
    Extension,
    NodeTarget,
    Norm,
    NormException,
    Over,
    Parameter,
    Power,
    Prevalence,
    Scope,
    Side,
    Standstill,
    Table,
    Target,
    Term,
    TermTarget,
)
from comity.agreement.statements import AgainstInstrument, Implies, Never, PossibleCase, Proof
from comity.api.reading_statements import key_of, kind_of, name_of
from comity.api.schema_reading import ReferenceModel


@dataclass(frozen=True, slots=True)
class Named:
    """What a statement names: how, and by which key (`X`, `X/14.1`, `X/term t`, `X/article 3`)."""

    relation: str
    target: str


class References:
    """The references of a library, made once. instruments: by id."""

    def __init__(self, instruments: Mapping[str, Instrument]) -> None:
        self.instruments = instruments

    @cached_property
    def all(self) -> tuple[ReferenceModel, ...]:
        """Every reference once, in the order of the texts."""
        found: dict[tuple[str, ...], ReferenceModel] = {}
        for instrument in self.instruments.values():
            for made in instrument.statements:
                source = _source(instrument, made)
                place = self.article_key(instrument.id, _article(instrument, made))
                for named in names_of(instrument, made):
                    one = ReferenceModel(
                        relation=named.relation,
                        source=source,
                        source_article=place,
                        target=named.target,
                        target_article=self.place_of(named.target),
                    )
                    found.setdefault((one.relation, one.source, one.target), one)
        return tuple(found.values())

    @cached_property
    def to(self) -> Mapping[str, tuple[ReferenceModel, ...]]:
        """By the article (or instrument) that is named."""
        return self._by("target_article")

    @cached_property
    def from_(self) -> Mapping[str, tuple[ReferenceModel, ...]]:
        """By the article (or instrument) that names."""
        return self._by("source_article")

    def _by(self, place: str) -> Mapping[str, tuple[ReferenceModel, ...]]:
        found: dict[str, list[ReferenceModel]] = defaultdict(list)
        for one in self.all:
            if one.source_article != one.target_article:
                found[getattr(one, place)].append(one)
        return {key: tuple(several) for key, several in found.items()}

    def between(self, name: str, *, outward: bool) -> dict[str, int]:
        """How many references lead to each other instrument, or come from it; most first."""
        found: dict[str, int] = {}
        for one in self.all:
            source, target = (k.partition("/")[0] for k in (one.source_article, one.target_article))
            if source != target and name == (source if outward else target):
                other = target if outward else source
                found[other] = found.get(other, 0) + 1
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    # ---- places ----
    def place_of(self, key: str) -> str:
        """The article of a key, as `INSTRUMENT/ARTICLE`; the instrument where it has none."""
        owner, _, rest = key.partition("/")
        word, _, name = rest.partition(" ")
        if not rest:
            return owner
        if word == "article":
            return self.article_key(owner, name)
        if word in ("term", "parameter"):
            return self.article_key(owner, self._declared.get(key, ""))
        return self.article_key(owner, "" if word == "every" else article_of(rest))

    @cached_property
    def _declared(self) -> Mapping[str, str]:
        return {
            key: _article(instrument, made)
            for instrument in self.instruments.values()
            for made in instrument.statements
            if isinstance(made, (Term, Table, Choice, Parameter))
            and (key := key_of(instrument, made))
        }

    def article_key(self, owner: str, article: str) -> str:
        """`INSTRUMENT/ARTICLE` of an article that is there, else the instrument."""
        instrument = self.instruments.get(owner)
        known = instrument is not None and instrument.article(article) is not None
        return f"{owner}/{article}" if article and known else owner


def _source(instrument: Instrument, made: Statement) -> str:
    return key_of(instrument, made) or f"{instrument.id}/{kind_of(made)} {name_of(made)}".rstrip()


def _article(instrument: Instrument, made: Statement) -> str:
    """The id of the article under whose heading a statement stands; "" where under none."""
    return next((a.id for a in instrument.articles if a.heading == made.span.article), "")


# ---- what one statement names ----
def names_of(instrument: Instrument, made: Statement) -> Iterator[Named]:
    """Everything that a statement names outside itself, each with how."""
    match made:
        case Norm() | Standstill() | Scope():
            yield from _used(made.when)
        case NormException():
            yield from _targets("excepts", made.targets)
            yield from _used(made.when)
        case Power():
            yield from _targets("may set aside", made.targets)
            yield from _used(made.when)
        case Extension():
            yield Named("extends", f"{made.instrument}/term {made.term}")
            yield from _used(made.when)
        case Term() | Choice():
            yield from _used(conditions_of(made))
        case Prevalence():
            yield from _prevails(instrument, made)
        case Carried():
            if made.target:
                yield Named("was carried on from", made.source)
                yield Named("was carried into", made.target)
        case Proof():
            yield from _proved(made)
        case _:
            return


def _used(conditions: Iterable[Condition]) -> Iterator[Named]:
    for condition in conditions:
        for key in references(condition):
            yield Named("uses", key)
        for atom in atoms(condition):
            if isinstance(atom, Declared):
                yield Named("asks for a declaration to", atom.instrument)
            if isinstance(atom, (InGroup, Meets)) and atom.instrument:
                yield Named("asks for the parties of", atom.instrument)
            for operand in operands(atom):
                if isinstance(operand, ParameterRef):
                    yield Named("uses", f"{operand.instrument}/parameter {operand.name}")


def _targets(relation: str, targets: Iterable[Target]) -> Iterator[Named]:
    for target in targets:
        match target:
            case NodeTarget(owner, node):
                yield Named(relation, f"{owner}/{node}")
            case TermTarget(owner, name):
                yield Named(relation, f"{owner}/term {name}")
            case ArticleTarget(owner, article):
                yield Named(relation, f"{owner}/article {article}")
            case EveryTarget(owner, kind):
                yield Named(relation, f"{owner}/every {kind}")


def _prevails(instrument: Instrument, made: Prevalence) -> Iterator[Named]:
    for clause in made.clauses:
        if not isinstance(clause, Over):
            continue
        sides = [("yields to", clause.winner), *(("prevails over", one) for one in clause.losers)]
        for relation, side in sides:
            if side != Side(instrument.id):
                yield Named(relation, _side(side))


def _side(side: Side) -> str:
    if side.node:
        return f"{side.instrument}/{side.node}"
    return f"{side.instrument}/article {side.article}" if side.article else side.instrument


def _proved(made: Proof) -> Iterator[Named]:
    conditions = [made.guard] if made.guard is not None else []
    match made.property:
        case AgainstInstrument(relation, instrument):
            yield Named(f"proof, {relation}", instrument)
        case Implies(premise, conclusion):
            conditions += [premise, conclusion]
        case Never(one) | PossibleCase(one):
            conditions.append(one)
    for named in _used(conditions):
        yield Named("proof", named.target)
