"""A comparison in words: regions in the law's own terms, persons before and after, what is claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from comity.agreement.conditions import (
    Condition,
    FactRef,
    Guaranteed,
    LeftOpen,
    Not,
    ParameterRef,
    atoms,
    operands,
)
from comity.agreement.nodes import Kind, Norm, Parameter
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.api.changes import changed
from comity.api.explaining import coverage_model, statement_of
from comity.api.schema import CoverageModel
from comity.api.schema_compare import ChangedRightModel, ComparedPersonModel, RegionModel
from comity.api.schema_proofs import ArticleModel, ToldFactModel
from comity.api.telling import article_model, told, unusual
from comity.api.verdict_words import open_questions
from comity.api.witnesses import Witness
from comity.explain.answer import Answer, explain
from comity.language.case_files import CaseRecord, write_case
from comity.language.printer import condition_text
from comity.prove.comparison import Comparison, Inhabited
from comity.prove.law import Law
from comity.prove.regions import Change, Region

_OF_ELEMENTS = {
    "adopted": "elements in operation",
    "acquired": "elements in operation on the day of admission",
}


# ---- regions ----
def region_model(found: Inhabited, comparison: Comparison) -> RegionModel:
    """A region with its norm's own conditions; persons and people are added by the caller."""
    region = found.region
    own, other = comparison.sides(region.change)
    regime = own.regime
    node = regime.node(region.node, own.day)
    assert node is not None
    owner = region.node.partition("/")[0]
    lines = [condition_text(w, regime.vocabulary, instrument=owner) for w in node.when]
    if isinstance(node, Norm) and node.element:
        acquired = ", or did on the day of admission" if node.kind is Kind.GUARANTEE else ""
        lines.insert(0, f"element {node.element} of {owner} operates{acquired}")
    if owner not in regime.for_every_host:
        lines.insert(0, f"the host is bound by {regime.by_id[owner].title}")
    by = (*found.by, *found.also)
    return RegionModel(
        change=region.change,
        right=region.right,
        text=_sentence(found, own, other),
        norm=article_model(region.node, regime),
        level=_level(region, regime),
        when=tuple(lines),
        where=tuple(dict.fromkeys(_parameters(node.when, own))),
        unless=tuple(
            article_model(key, regime) for key in regime.exceptions_on(region.node, own.day)
        ),
        other_level=_most(found, other.regime),
        other_by=tuple(article_model(key, other.regime) for key in by),
        person=None,
    )


def _parameters(conditions: Iterable[Condition], law: Law) -> Iterator[str]:
    """`P_limbo = 90 days`: the values of the parameters that some conditions name."""
    for operand in (o for c in conditions for atom in atoms(c) for o in operands(atom)):
        if isinstance(operand, ParameterRef):
            owner = law.regime.library[operand.instrument]
            stated = next(
                s for s in owner.statements if isinstance(s, Parameter) and s.name == operand.name
            )
            value = law.regime.parameter(operand.instrument, operand.name, law.day)
            yield f"{operand.name} = {value} {stated.value.kind}"


def _sentence(found: Inhabited, own: Law, other: Law) -> str:
    region = found.region
    norm = _norm_words(region.node, own.regime)
    most = _most(found, other.regime)
    level = _level(region, own.regime)
    match region.change:
        case Change.BETTER:
            return f"those whom {norm} guarantees {level}, and whom OLD guarantees {most}"
        case Change.WORSE:
            return f"those whom OLD guarantees {level} by {norm}, and whom NEW guarantees {most}"
        case Change.LESS_ROOM:
            return f"those to whom {norm} leaves {level}, and to whom OLD leaves more"
        case Change.MORE_ROOM:
            return f"those to whom OLD leaves {level} by {norm}, and to whom NEW leaves more"


def _norm_words(key: str, regime: Regime) -> str:
    model = article_model(key, regime)
    title = f", {model.title}" if model.title else ""
    return f"{key} ({model.article}{title})"


def _level(region: Region, regime: Regime) -> str:
    """`stay at least protected`, as a rule would write it."""
    right = regime.vocabulary.rights[region.right]
    is_guarantee = region.change.kind is Kind.GUARANTEE
    if region.level is None:
        return f"as much {region.right} as the rules of the day of its standstill gave"
    if isinstance(region.level, FactRef):
        words = "at least" if is_guarantee is not right.less_is_better else "at most"
        return f"{region.right} {words} {region.level.path}"
    if is_guarantee:
        return condition_text(Guaranteed(region.right, region.level), regime.vocabulary)
    return condition_text(Not(LeftOpen(region.right, region.level + 1)), regime.vocabulary)


def _most(found: Inhabited, other: Regime) -> str:
    """The most that the other regime guarantees in a region, with the norms that give it."""
    region = found.region
    if region.change.kind is Kind.LIMIT:
        return ""
    if found.most is None:
        return "less (how much was not found within the limit)"
    right = other.vocabulary.rights[region.right]
    parts = []
    if found.most:
        parts.append(f"no better than {right.name_of(found.most)} by {_listed(found.by)}")
    if found.also:
        parts.append(f"as much as a fact of the record says, by {_listed(found.also)}")
    return ", or ".join(parts) or "nothing"


def _listed(keys: Iterable[str], most: int = 3) -> str:
    names = list(keys)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


# ---- persons ----
def person_model(
    witness: Witness, number: int, rights: tuple[str, ...], comparison: Comparison
) -> ComparedPersonModel:
    """An invented person with what each of some rights is under both regimes."""
    case = witness.case
    old, new = comparison.old.regime, comparison.new.regime
    facts = tuple(_once(unusual(case, new), comparison))
    title = f"{old.name} against {new.name}: person {number}"
    record = CaseRecord(replace(case, title=title), title, told(facts, case), invented=True)
    before, after = (
        explain(regime, case, why_not=False, ask=False, part=False) for regime in (old, new)
    )
    return ComparedPersonModel(
        number=number,
        told=told(facts, case),
        facts=facts,
        rights=tuple(
            ChangedRightModel(
                right=right,
                change=_change(right, witness),
                old=statement_of(before.right(right)),
                new=statement_of(after.right(right)),
                old_by=_by(right, before),
                new_by=_by(right, after),
            )
            for right in rights
        ),
        case=write_case(record, new.vocabulary, instruments={**old.library, **new.library}),
    )


def _once(facts: Iterable[ToldFactModel], comparison: Comparison) -> Iterator[ToldFactModel]:
    """Facts as a reader wants them: what is said of both versions of a text is told of NEW's alone,
    and the elements of a text in one breath."""
    of_old = {old for old, _ in comparison.twins}
    elements: dict[tuple[str, str], list[str]] = {}
    for fact in facts:
        kind, _, rest = fact.fact.partition(" ")
        owner, _, name = rest.partition("/")
        if owner in of_old and comparison.twin_of(fact.fact) is not None:
            continue
        if kind in _OF_ELEMENTS and fact.value == "yes":
            elements.setdefault((kind, owner), []).append(name)
        else:
            yield fact
    for (kind, owner), names in elements.items():
        told_names = ", ".join(sorted(names, key=lambda name: (len(name), name)))
        yield ToldFactModel(
            fact=f"{kind} {owner}", value=told_names, meaning=f"{_OF_ELEMENTS[kind]} of {owner}"
        )


def _by(right: str, answer: Answer) -> tuple[ArticleModel, ...]:
    firing = [r.node for r in answer.right(right).reasons if r.truth is Truth.TRUE]
    return tuple(article_model(key, answer.regime) for key in dict.fromkeys(firing))


def _change(right: str, witness: Witness) -> str:
    """The change of the guarantee; if that is the same, of the room."""
    for change in Change:
        if witness.shows(changed(change, right)):
            return change.value
    return "same"


# ---- what is claimed ----
def coverage_of(old: Regime, new: Regime) -> dict[str, CoverageModel]:
    """How much of each instrument is encoded."""
    return {i.title: coverage_model(i.coverage) for i in (*old.instruments, *new.instruments)}


def readings_of(old: Regime, new: Regime, on: date) -> dict[str, str]:
    """The reading taken of each open question of both."""
    return {
        question: regime.reading_of(question, on)
        for regime in (old, new)
        for question in open_questions(regime)
    }


def claim_of(comparison: Comparison, engines: tuple[str, ...], on: date) -> str:
    """What the comparison says and what it does not."""
    old, new = comparison.old.regime, comparison.new.regime
    coverage = "; ".join(f"{title}: {c.share}" for title, c in coverage_of(old, new).items())
    readings = [f"{q}={option}" for q, option in readings_of(old, new, on).items()]
    under = f"under the reading {', '.join(readings)}" if readings else "no reading is open"
    return (
        f"`nobody` and `the same` are proved of these encodings, {under}, on {on.isoformat()}, "
        f"{coverage}, by {' and '.join(engines)}; every person was seen by explain as well. It says "
        "nothing about what an officer will do. The State may still grant more than is guaranteed, "
        "and texts that are not encoded may give more."
    )


def notes_of(comparison: Comparison) -> Iterator[str]:
    """How the two sides were read: drafts everywhere, treaties for their parties, versions alike."""
    both = (comparison.old.regime, comparison.new.regime)
    drafts = {i for regime in both for i in regime.for_every_host}
    of_parties = {i.id for regime in both for i in regime.instruments} - drafts
    if of_parties:
        yield (
            "A treaty counts before the States that it binds on the day, so positions differ from "
            "host to host; the host of each person is named."
        )
    if drafts:
        yield "A draft is read as in force before every host."
    for old, new in comparison.twins:
        yield (
            f"{old} and {new} are read as two versions of one text: an element that is adopted, or "
            "a power that is used, is so under both."
        )
