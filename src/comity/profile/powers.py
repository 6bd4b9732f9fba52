"""Powers: what a text says that a State *may* do, who is known to do it, and what a body may decide.

Definition. A **power of a State** is a `may` of an instrument. One that sets rules aside opens as many
steps as the highest guarantee among them gives; one that grants bounds nothing. It is *declared
exercised* by the States that the instrument's front matter names on the day, and of any other State
whether it is exercised is not observed.

A **power of a body** is read from the words: a sentence of an article that names a body (committee,
assembly, council, ...) and a verb of deciding. What it decides is, of the same article,
the elements that the article expresses; a fact that a rule there reads, or whose legal source in the
vocabulary is that article, and whose meaning is something found, declared or assured; the facts of a
place that the sentence says are measured. A fact whose own meaning names a body belongs to it too. A
named number with bounds is told beside them, with the article by which a body moves it, if one says so.
A sentence to which none of this applies is told as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from comity.agreement.conditions import (
    Condition,
    FactRef,
    Operand,
    ParameterRef,
    atoms,
    operands,
)
from comity.agreement.dependence import conditions_of
from comity.agreement.instruments import Article, Instrument, article_of
from comity.agreement.latitude import bounds_of, parameters_of
from comity.agreement.nodes import (
    Element,
    Kind,
    Norm,
    NormException,
    NoRule,
    Paragraph,
    Power,
    Table,
)
from comity.agreement.regimes import Regime

BODIES = re.compile(
    r"\b(Assembly|Board|Chambers?|Commission|Committee|Conference|Council|Court|Panel"
    r"|international body)\b"
)
DECIDES = re.compile(
    r"\b(approves?|asked|asks|decides?|decision|declares?|finds?|found|grants?|measures?|moves?"
    r"|resumes?|waives?)\b"
)
SAID_BY_SOMEBODY = re.compile(r"\b(assurances|decision|declared|found)\b")
_MOVES = re.compile(r"\b(Assembly|Committee|Council|Commission|Chambers?) moves?\b")
_FENCE = re.compile(r"```.*?```", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.;:])\s+|\n\n+")


# ---- of a State ----
@dataclass(frozen=True)
class StatePower:
    """A `may` of an instrument. sets_aside: keys; grants: right and rank.

    opens: of each right the highest rank that a guarantee among those set aside gives: as many steps
    it opens at most. exercised: States that have declared it, by the front matter.
    """

    key: str
    sets_aside: tuple[str, ...]
    grants: tuple[str, int] | None
    opens: Mapping[str, int]
    exercised: frozenset[str]


def state_powers(regime: Regime, instrument: Instrument, day: date) -> Iterator[StatePower]:
    """The powers of an instrument as read on a day, in the order of its text, each once."""
    ids = dict.fromkeys(node.id for node in instrument.holdings if isinstance(node, Power))
    for key in map(instrument.key, ids):
        node = regime.node(key, day)
        if not isinstance(node, Power):
            continue
        targets = tuple(dict.fromkeys(k for t in node.targets for k in regime.targets_of(t)))
        grants = None
        if node.grants is not None and isinstance(node.grants.level, int):
            grants = (node.grants.right, node.grants.level)
        exercised = frozenset(
            e.spell.state for e in instrument.exercised if e.power == node.id and e.spell.on(day)
        )
        yield StatePower(key, targets, grants, _opens(regime, targets, day), exercised)


def _opens(regime: Regime, keys: tuple[str, ...], day: date) -> Mapping[str, int]:
    """The steps that setting some rules aside opens at most, right by right."""
    found: dict[str, int] = {}
    for key in keys:
        node = regime.node(key, day)
        if not isinstance(node, Norm) or node.kind is not Kind.GUARANTEE:
            continue
        for bounding in node.boundings:
            if isinstance(bounding.level, int):
                rank = min(bounding.level, regime.vocabulary.rights[bounding.right].top)
                found[bounding.right] = max(found.get(bounding.right, 0), rank)
    return found


# ---- of a body ----
@dataclass(frozen=True)
class BodyPower:
    """What a body decides that a position hangs on.

    kind: `finding`, `element` or `parameter`. facts: paths of facts, `adopted ...` of elements, or
    the parameter's `INSTRUMENT/NAME`. keys: the statements that read them. bounds: of a parameter.
    """

    kind: str
    article: str
    says: str
    facts: tuple[str, ...]
    keys: tuple[str, ...]
    bounds: tuple[int, int] | None = None


@dataclass(frozen=True)
class BodyPowers:
    """The powers of an instrument's bodies; unread: articles that give one which no rule here reads."""

    powers: tuple[BodyPower, ...]
    unread: tuple[str, ...]


def body_powers(regime: Regime, instrument: Instrument, day: date) -> BodyPowers:
    """What an instrument leaves to its committee or assembly, by article."""
    found: list[BodyPower] = []
    unread = []
    for article in instrument.articles:
        sentences = tuple(_of_a_body(article, instrument))
        if not sentences:
            continue
        made = list(_decided(regime, instrument, article, sentences))
        found += made
        if not made:
            unread.append(article.id)
    found += _asked_by_a_body(regime, instrument, {f for p in found for f in p.facts})
    found += _parameters(regime, instrument, day)
    read = {p.article for p in found}
    return BodyPowers(tuple(found), tuple(a for a in unread if a not in read))


def _of_a_body(article: Article, instrument: Instrument) -> Iterator[str]:
    """The sentences of an article that give a body something to decide; notes beside it included."""
    notes = " ".join(
        f"\n\n{s.note}"
        for s in instrument.statements
        if isinstance(s, NoRule) and s.note and _stands_in(s.span.line, article, instrument)
    )
    for sentence in _SENTENCE.split(_FENCE.sub("\n\n", article.text) + notes):
        said = " ".join(sentence.split())
        if not said.startswith("|") and BODIES.search(said) and DECIDES.search(said):
            yield said


def _stands_in(line: int, article: Article, instrument: Instrument) -> bool:
    """Whether a line of the document stands under an article's heading."""
    after = [a.span.line for a in instrument.articles if a.span.line > article.span.line]
    return article.span.line <= line < min(after, default=line + 1)


def _decided(
    regime: Regime, instrument: Instrument, article: Article, sentences: tuple[str, ...]
) -> Iterator[BodyPower]:
    says = " ".join(sentences)
    elements = tuple(
        f"adopted {instrument.id}/{name}"
        for name in _elements_in(article, instrument)
        if name not in instrument.elements
    )
    if elements:
        keys = [
            instrument.key(n.id)
            for n in instrument.holdings
            if isinstance(n, Norm) and f"adopted {instrument.id}/{n.element}" in elements
        ]
        yield BodyPower("element", article.id, says, elements, tuple(dict.fromkeys(keys)))
    by_fact: dict[str, list[str]] = {}
    for key, path in _read_in(instrument):
        declared = regime.vocabulary.fact(path)
        if declared is None or declared.meaning is None:
            continue
        is_here = declared.meaning.source == f"{instrument.id.upper()} {article.id}"
        stands = is_here or _article_of_key(key, instrument) == article.id
        is_measured = (
            _general(path).startswith("place.") and _is_named(path, says) and _measures(says)
        )
        if is_measured or (stands and SAID_BY_SOMEBODY.search(declared.meaning.text)):
            by_fact.setdefault(_general(path), []).append(key)
    for path, of in by_fact.items():
        yield BodyPower("finding", article.id, says, (path,), tuple(dict.fromkeys(of)))


def _elements_in(article: Article, instrument: Instrument) -> Iterator[str]:
    """The elements that are declared under an article, or that one of its paragraphs expresses."""
    declared = set(instrument.elements_declared)
    for statement in instrument.statements:
        if isinstance(statement, (Element, Paragraph)) and _stands_in(
            statement.span.line, article, instrument
        ):
            names = (statement.name,) if isinstance(statement, Element) else statement.by
            if any(name in declared for name in names):
                yield from instrument.elements_declared
                return


def _article_of_key(key: str, instrument: Instrument) -> str:
    """The article under which a rule or a definition stands."""
    rest = key.partition("/")[2]
    if not rest.startswith("term "):
        return article_of(rest)
    line = next(
        (d.span.line for d in instrument.definitions if d.name == rest.removeprefix("term ")), 0
    )
    above = [a.id for a in instrument.articles if a.span.line <= line]
    return above[-1] if above else ""


def _is_named(path: str, says: str) -> bool:
    return re.search(rf"\b{re.escape(path.rpartition('.')[2])}\b", says) is not None


def _measures(says: str) -> bool:
    return re.search(r"\bmeasures?\b", says) is not None


def _general(path: str) -> str:
    """`origin1.degree` is one of the places' `place.degree`."""
    head, _, rest = path.partition(".")
    is_place = head.rstrip("0123456789") in ("origin", "destination", "onward", "place")
    return f"place.{rest}" if rest and is_place else path


def _read_in(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """An instrument's rules and definitions with the facts that their own conditions read."""
    for node in instrument.holdings:
        if not isinstance(node, Power):
            for path in facts_of_conditions(node.when):
                yield instrument.key(node.id), path
    for definition in instrument.definitions:
        key = f"{instrument.id}/term {definition.name}"
        if isinstance(definition, Table):
            yield key, definition.row.path
            yield key, definition.column.path
        for path in facts_of_conditions(tuple(conditions_of(definition))):
            yield key, path


def facts_of_conditions(when: tuple[Condition, ...]) -> Iterator[str]:
    """The facts that conditions name themselves, not through a definition."""
    for condition in when:
        for atom in atoms(condition):
            for operand in operands(atom):
                if isinstance(operand, FactRef):
                    yield operand.path


def _asked_by_a_body(
    regime: Regime, instrument: Instrument, known: set[str]
) -> Iterator[BodyPower]:
    """Facts whose own meaning names a body that asks or finds, where a rule reads them."""
    for node in instrument.holdings:
        if not isinstance(node, (Norm, NormException)):
            continue
        for path in dict.fromkeys(facts_of_conditions(node.when)):
            declared = regime.vocabulary.fact(path)
            meaning = declared.meaning.text if declared and declared.meaning else ""
            if BODIES.search(meaning) and DECIDES.search(meaning) and path not in known:
                known.add(path)
                article = article_of(node.id)
                yield BodyPower("finding", article, meaning, (path,), (instrument.key(node.id),))


def _parameters(regime: Regime, instrument: Instrument, day: date) -> Iterator[BodyPower]:
    """Named numbers with bounds; where an article says that a body moves them, that article's."""
    moving = [
        (a.id, said)
        for a in instrument.articles
        for said in _of_a_body(a, instrument)
        if _MOVES.search(said)
    ]
    article, says = moving[-1] if moving else ("", "")
    for path, parameter in parameters_of(regime, day):
        owner, _, name = path.partition("/")
        low, high = bounds_of(parameter)
        if owner == instrument.id and low < high:
            keys = tuple(_using(instrument, owner, name))
            yield BodyPower("parameter", article, says, (path,), keys, (low, high))


def _using(instrument: Instrument, owner: str, name: str) -> Iterator[str]:
    """The rules and definitions of an instrument that name a parameter."""
    wanted = ParameterRef(owner, name)
    reading: dict[str, None] = {}
    for node in instrument.holdings:
        levels = [b.level for b in node.boundings] if isinstance(node, Norm) else []
        if wanted in levels or wanted in _operands_of(node.when):
            reading[instrument.key(node.id)] = None
    for definition in instrument.definitions:
        if wanted in _operands_of(tuple(conditions_of(definition))):
            reading[f"{instrument.id}/term {definition.name}"] = None
    yield from reading


def _operands_of(when: tuple[Condition, ...]) -> list[Operand]:
    return [o for condition in when for atom in atoms(condition) for o in operands(atom)]
