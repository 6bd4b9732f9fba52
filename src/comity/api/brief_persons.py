"""Invented persons of a dossier: their positions under two laws, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.resources import files

from comity.agreement.cases import Case
from comity.agreement.nodes import Kind
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.agreement.vocabulary import LevelType, Right
from comity.api.explaining import question_text
from comity.brief.context import (
    ArticleRef,
    RightBounds,
    RightComparison,
    Situation,
)
from comity.explain.answer import Answer, Reason, RightAnswer, explain
from comity.language.case_files import read_case
from comity.language.documents import decode
from comity.language.faults import ComityError, Fault
from comity.world.countries import country

SITUATIONS = ("bystander", "unremovable", "settled_cook")
SHOWN = ("stay", "shield", "permit", "work", "family", "tenure", "decision", "detention", "health")
"""Rights that the dossier compares for each person, where either law speaks of them."""


def read_situation(name: str, regime: Regime, on: date) -> tuple[Case, str, str]:
    """An invented person: the case on a day, the role, the story."""
    label = f"situations/{name}.yaml"
    text = decode((files("comity.api") / "situations" / f"{name}.yaml").read_bytes(), label)
    if isinstance(text, Fault):
        raise ComityError(text)
    record = read_case(text, label, regime.vocabulary, today=on)
    return record.case, record.title, record.note


def situation_of(name: str, now: Regime, then: Regime, on: date) -> Situation:
    """One invented person under both laws."""
    case, role, story = read_situation(name, then, on)
    answers = [explain(regime, case, why_not=False, part=False) for regime in (now, then)]
    rights = tuple(
        _comparison(answers[0].right(right), answers[1].right(right), answers)
        for right in then.vocabulary.rights
        if _worth_showing(right, answers)
    )
    conflicts = tuple(
        f"{c.guarantee} against {c.limit} on {c.right}" for a in answers for c in a.conflicts
    )
    asked = tuple(question_text(q.path, then) for q in answers[1].questions[:4])
    host = next(iter(case.host.names or ())) if hasattr(case.host, "names") else ""
    return Situation(
        name.replace("_", "-"), role, story, country(host).name, on, rights, asked, conflicts
    )


def _worth_showing(right: str, answers: Sequence[Answer]) -> bool:
    """Always the status; of the rest what either law guarantees, or where the two part."""
    if right == "stay":
        return True
    bounds = [answer.right(right).bounds for answer in answers]
    moves = bounds[0] != bounds[1]
    return right in SHOWN and (moves or any(b.lower for b in bounds))


def _comparison(
    today: RightAnswer, draft: RightAnswer, answers: Sequence[Answer]
) -> RightComparison:
    right = today.right
    levels = right.type.scale.levels if isinstance(right.type, LevelType) else ()
    return RightComparison(
        right.name,
        right.meaning.text if right.meaning else right.name,
        levels,
        _right_bounds(today, answers[0]),
        _right_bounds(draft, answers[1]),
        right.less_is_better,
    )


def _right_bounds(answer: RightAnswer, whole: Answer) -> RightBounds:
    right, bounds = answer.right, answer.bounds
    return RightBounds(
        _level(right, bounds.lower, 0),
        _level(right, bounds.upper, right.top),
        _level(right, bounds.lower_possible, 0),
        _level(right, bounds.upper_possible, right.top),
        _articles(
            [
                r
                for r in answer.reasons
                if r.kind is Kind.GUARANTEE
                and r.truth is Truth.TRUE
                and r.level >= bounds.lower > 0
            ],
            whole,
        ),
        _articles(
            [r for r in answer.reasons if r.kind is Kind.LIMIT and r.truth is Truth.TRUE], whole
        ),
        _articles(answer.defeated, whole),
        "rests on a comparison alone" if answer.comparator_alone else "",
    )


def _level(right: Right, rank: int, silent: int) -> str:
    """A level's name; for a number "" where no text sets one."""
    if not isinstance(right.type, LevelType) and rank == silent:
        return ""
    return right.name_of(rank)


def _articles(reasons: Sequence[Reason], whole: Answer) -> tuple[ArticleRef, ...]:
    found: dict[tuple[str, str], ArticleRef] = {}
    for reason in reasons:
        title = whole.regime.by_id[reason.instrument].title
        found[reason.instrument, reason.article] = ArticleRef(
            title, reason.node.partition("/")[2], reason.heading
        )
    return tuple(found.values())
