"""`explain` for a user: from a regime's name and a record's text to an answer in words and JSON."""

from __future__ import annotations

from datetime import date

from comity.agreement.instruments import Coverage
from comity.agreement.regimes import Regime
from comity.agreement.values import Members, Options, Possible, Range, Truth
from comity.agreement.vocabulary import (
    EnumerationType,
    FactType,
    LevelType,
    NumberType,
    Right,
)
from comity.api.cautions import warnings_of
from comity.api.lineage import pressure_model
from comity.api.schema import (
    BlockerModel,
    ConflictModel,
    CoverageModel,
    ExplainDocument,
    LineModel,
    PartingModel,
    QuestionModel,
    ReasonModel,
    RightModel,
    WhyNotModel,
)
from comity.explain.answer import Answer, Granting, Reason, RightAnswer
from comity.explain.why_not import WhyNot
from comity.language.printer import condition_text

CLAIM = (
    "This is what the encoded texts guarantee on that day, under the readings named. It says nothing "
    "about what an officer will do. Texts that are not encoded may give more."
)


def coverage_model(coverage: Coverage) -> CoverageModel:
    """Coverage as a document."""
    return CoverageModel(
        total=coverage.total,
        encoded=coverage.encoded,
        without_rule=dict(coverage.without_rule),
        counted_from=coverage.counted_from,
        share=coverage.share,
    )


# ---- words ----
def statement_of(answer: RightAnswer) -> str:
    """The position in one sentence, in the house's words: never `refuse`."""
    right, bounds = answer.right, answer.bounds
    open_to = right.name_of(bounds.upper_possible)
    if bounds.upper < bounds.upper_possible:
        open_to += f" (perhaps only {right.name_of(bounds.upper)}, if a limit applies)"
    # where less is better, what is granted goes down to a number
    way = "down to" if right.less_is_better else "up to"
    grant = f"the State may still grant {way} {open_to}"
    if bounds.lower == 0:
        words = f"no guarantee found in the encoded texts; {grant}"
        if bounds.upper_possible == 0:
            words = "no guarantee found in the encoded texts, and a limit leaves the State no room"
    else:
        least = "at most" if right.less_is_better else "at least"
        words = f"guaranteed: {least} {right.name_of(bounds.lower)}"
        if bounds.upper < right.top:
            words += f"; the State may grant {way} {open_to}"
    if bounds.lower_possible > bounds.lower:
        words += f"; perhaps guaranteed: {right.name_of(bounds.lower_possible)}"
    if answer.comparator_alone:
        words += "; this rests on a comparison alone, no absolute level stands behind it"
    return words


def possible_words(possible: Possible, kind: FactType | None) -> str:
    """What is known of a fact, in words."""
    match possible:
        case Truth():
            return {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "unknown"}[possible]
        case Options(names):
            return _option_words(names, kind)
        case Members(surely, perhaps):
            if perhaps is None:
                return f"{', '.join(sorted(surely))} and perhaps others" if surely else "unknown"
            return ", ".join(sorted(perhaps)) or "none"
        case Range(low, high):
            if kind is not None and possible == kind.everything():
                return "unknown"
            first, last = _number(low, kind), _number(high, kind)
            return first if low == high else f"{first} to {last}"


def _option_words(names: frozenset[str] | None, kind: FactType | None) -> str:
    """Options in words; nearly all of them are said by what is left out."""
    if names is None:
        return "unknown"
    if isinstance(kind, EnumerationType):
        missing = [o for o in kind.enumeration.options if o not in names]
        if not missing:
            return "unknown"
        if len(missing) < len(names) and len(names) > 3:
            return f"anything but {' or '.join(missing)}"
    return " or ".join(sorted(names))


def _number(value: int, kind: FactType | None) -> str:
    if isinstance(kind, LevelType):
        return kind.scale.levels[value]
    if isinstance(kind, NumberType):
        return f"{value} {kind.unit}"
    if kind is not None:
        return date.fromordinal(value).isoformat()
    return str(value)


def discretion_words(right: Right, lower: int, upper: int) -> str:
    """What the State may decide as it likes, from the certain lower to the certain upper bound."""
    if upper <= lower:
        return "none"
    return f"{right.name_of(lower)} to {right.name_of(upper)}"


# ---- documents ----
def explain_document(answer: Answer, title: str) -> ExplainDocument:
    """The answer as the document of `comity explain --json`."""
    vocabulary = answer.regime.vocabulary
    speaking = [a for a in answer.rights if a.says_something or a.why_not]
    return ExplainDocument(
        regime=answer.regime.name,
        date=answer.on.isoformat(),
        title=title,
        bound_by={name: _truth(truth) for name, truth in answer.bound_by},
        rights={a.right.name: _right_model(a, answer) for a in speaking},
        conflicts=tuple(
            ConflictModel(
                right=c.right, guarantee=c.guarantee, limit=c.limit, certain=c.truth is Truth.TRUE
            )
            for c in answer.conflicts
        ),
        may_grant=tuple(_grant_words(answer, g) for g in answer.grants if not g.is_pressure),
        pressure=tuple(pressure_model(answer, g) for g in answer.grants if g.is_pressure),
        questions=tuple(
            QuestionModel(
                fact=q.path, meaning=question_text(q.path, answer.regime), settles=q.settles
            )
            for q in answer.questions
        ),
        reading=dict(answer.readings),
        partings=tuple(
            PartingModel(
                question=p.question,
                text=p.text,
                right=p.right,
                under={
                    f"{name} ({holder})": vocabulary.rights[p.right].name_of(bounds.lower)
                    for name, holder, bounds in p.under
                },
            )
            for p in answer.partings
        ),
        coverage={name: coverage_model(coverage) for name, coverage in answer.coverage},
        warnings=(
            *warnings_of(answer.regime, answer.on, _touching(answer)),
            *_impossible(answer),
        ),
        claim=CLAIM,
    )


def _touching(answer: Answer) -> frozenset[str]:
    """The instruments that bind the host, or may."""
    return frozenset(name for name, truth in answer.bound_by if truth is not Truth.FALSE)


def _impossible(answer: Answer) -> tuple[str, ...]:
    return tuple(
        "The record cannot be true of anybody: "
        + (
            axiom.meaning.text
            if axiom.meaning
            else condition_text(axiom.condition, answer.regime.vocabulary)
        )
        for axiom in answer.impossible
    )


def _truth(truth: Truth) -> str:
    return truth.name.lower()


def _right_model(answer: RightAnswer, whole: Answer) -> RightModel:
    right, bounds = answer.right, answer.bounds
    return RightModel(
        lower=right.name_of(bounds.lower),
        lower_possible=right.name_of(bounds.lower_possible),
        upper=right.name_of(bounds.upper),
        upper_possible=right.name_of(bounds.upper_possible),
        discretion=discretion_words(right, bounds.lower, bounds.upper),
        comparator_alone=answer.comparator_alone,
        statement=statement_of(answer),
        reasons=tuple(reason_model(r, whole) for r in answer.reasons),
        defeated=tuple(reason_model(r, whole) for r in answer.defeated),
        why_not=tuple(why_not_model(w, whole) for w in answer.why_not),
    )


def reason_model(reason: Reason, whole: Answer) -> ReasonModel:
    """A reason with its lines in words."""
    vocabulary = whole.regime.vocabulary
    right = vocabulary.rights[reason.right]
    return ReasonModel(
        norm=reason.node,
        article=reason.heading,
        title=reason.title,
        kind=reason.kind.value,
        level=right.name_of(reason.level),
        certain=reason.truth is Truth.TRUE,
        lines=tuple(
            LineModel(text=condition_text(line.condition, vocabulary), truth=_truth(line.truth))
            for line in reason.lines
        ),
        exceptions=tuple(
            LineModel(
                text=f"{'power' if e.is_power else 'exception'} {e.node}", truth=_truth(e.truth)
            )
            for e in reason.exceptors
        ),
        defeated_by=reason.defeated_by,
        doubt=reason.doubt,
    )


def why_not_model(found: WhyNot, whole: Answer) -> WhyNotModel:
    """Why a level is not reached, in words."""
    vocabulary = whole.regime.vocabulary
    right = vocabulary.rights[found.right]
    blockers = []
    for blocker in found.blockers:
        declared = vocabulary.fact(blocker.path_or_key)
        kind = declared.type if declared else None
        text = condition_text(blocker.condition, vocabulary) if blocker.condition else ""
        blockers.append(
            BlockerModel(
                kind=blocker.kind,
                name=blocker.path_or_key,
                text=text,
                now=possible_words(blocker.now, kind) if blocker.now is not None else "",
                needed=possible_words(blocker.needed, kind) if blocker.needed is not None else "",
            )
        )
    return WhyNotModel(
        level=right.name_of(found.rank),
        kind=found.kind,
        by=found.by or "",
        nobody_grants=found.nobody_grants,
        exact=found.exact,
        blockers=tuple(blockers),
    )


def _grant_words(answer: Answer, grant: Granting) -> str:
    levels = ", ".join(f"{name} {level}" for name, level in _levels(answer, grant).items())
    perhaps = "" if grant.truth is Truth.TRUE else "perhaps "
    title = f" ({grant.title})" if grant.title else ""
    return f"{perhaps}{grant.why}: {levels or 'nothing measurable'}, {grant.node}{title}"


def _levels(answer: Answer, grant: Granting) -> dict[str, str]:
    rights = answer.regime.vocabulary.rights
    return {name: rights[name].name_of(rank) for name, rank in grant.rights}


def question_text(path: str, regime: Regime) -> str:
    """A question's meaning for a person who does not know the vocabulary."""
    word, _, rest = path.partition(" ")
    if word == "exercised":
        node = regime.node(rest, date.max) or next(iter(regime.nodes.get(rest, ())), None)
        title = f" ({node.frame.title})" if node is not None and node.frame.title else ""
        return f"has the host made use of its power {rest}{title}"
    if word in ("declared", "adopted", "acquired"):
        return {
            "declared": f"has the host made the declaration {rest}",
            "adopted": f"is the element {rest} in operation",
            "acquired": f"was the element {rest} in operation on the day of admission",
        }[word]
    declared = regime.vocabulary.fact(path)
    if declared is None or declared.meaning is None:
        return path
    place = path.partition(".")[0]
    where = f" ({place})" if place in regime.vocabulary.place_instances else ""
    return f"{declared.meaning.text}{where}"
