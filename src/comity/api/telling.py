"""Persons found by `prove`, told in plain words: what is unusual about them, what they get, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from comity.agreement.cases import Case
from comity.agreement.instruments import Instrument, article_of
from comity.agreement.regimes import Regime
from comity.agreement.values import Possible, Truth, exactly
from comity.api.explaining import possible_words, question_text, statement_of
from comity.api.schema_proofs import ArticleModel, PersonModel, ToldFactModel, ToldRightModel
from comity.explain.answer import Answer, RightAnswer, explain
from comity.explain.why_not import WhyNot
from comity.language.case_files import CaseRecord, write_case

_MOST_TOLD = 6
"""Rights told of one person; the others are in the record."""


def article_model(key: str, regime: Regime) -> ArticleModel:
    """The article of a node (`imfc/14.1`) or a definition (`imfc/term tier`)."""
    name, _, rest = key.partition("/")
    instrument = regime.library.get(name)
    if instrument is None:
        return ArticleModel(key=key, article=key)
    if rest.startswith("term "):
        return ArticleModel(key=key, article=_heading_above(instrument, rest.split()[1]))
    found = instrument.article(article_of(rest))
    node = next(iter(regime.nodes.get(key, ())), None)
    title = node.frame.title if node is not None else ""
    return ArticleModel(key=key, article=found.heading if found else rest, title=title)


def _heading_above(instrument: Instrument, name: str) -> str:
    definition = next((d for d in instrument.definitions if d.name == name), None)
    if definition is None:
        return name
    above = [a for a in instrument.articles if a.span.line <= definition.span.line]
    return above[-1].heading if above else name


def unusual(case: Case, regime: Regime) -> Iterator[ToldFactModel]:
    """The facts that are not ordinary, in the order of the vocabulary, then those of the law."""
    vocabulary = regime.vocabulary
    order = {path: n for n, path in enumerate(vocabulary.concrete_paths())}
    for path in sorted(case.facts, key=lambda p: (order.get(p, len(order)), p)):
        known = case.facts[path]
        declared = vocabulary.fact(path)
        if _is_ordinary(path, known, case, regime):
            continue
        words = possible_words(known, declared.type if declared else None)
        meaning = question_text(path, regime) if declared or " " in path else ""
        yield ToldFactModel(fact=path, value=words, meaning=meaning)


def _is_ordinary(path: str, known: Possible, case: Case, regime: Regime) -> bool:
    declared = regime.vocabulary.fact(path)
    if declared is None:
        return known is Truth.FALSE
    if declared.ordinary is not None:
        return known == exactly(declared.ordinary)
    place, _, field = path.partition(".")
    if field == "state":  # a copy of what nationality says, or of a place that is not there
        return place != "destination" or known == case.facts.get("origin1.state")
    return False


def told(facts: tuple[ToldFactModel, ...], case: Case) -> str:
    """One sentence that says who this is."""
    host = possible_words(case.host, None)
    of = possible_words(case.facts.get("nationality", Truth.UNKNOWN), None)
    who = {"unknown": "", "none": "stateless "}.get(of, f"of {of} ")
    parts = [
        f"{(fact.meaning or fact.fact).replace('(origin1)', '(origin)')}: {fact.value}"
        for fact in facts
        if fact.fact not in ("host", "nationality")
    ]
    return f"An invented person {who}before {host}. {'; '.join(parts) or 'All else is ordinary'}"


def person_model(case: Case, regime: Regime, rights: tuple[str, ...], title: str) -> PersonModel:
    """An invented person with the rights that show the finding."""
    answer = explain(regime, case, ask=False, part=False)
    facts = tuple(unusual(case, regime))
    named = tuple(r for r in rights if r in regime.vocabulary.rights)[:_MOST_TOLD]
    record = CaseRecord(replace(case, title=title), title, told(facts, case), invented=True)
    return PersonModel(
        told=told(facts, case),
        facts=facts,
        rights=tuple(_right(answer.right(name), answer, regime) for name in named),
        case=write_case(record, regime.vocabulary, instruments=regime.library),
    )


def _right(found: RightAnswer, answer: Answer, regime: Regime) -> ToldRightModel:
    firing = [r.node for r in found.reasons if r.truth is Truth.TRUE]
    why = found.why_not[0] if found.why_not else None
    return ToldRightModel(
        right=found.right.name,
        statement=statement_of(found),
        by=tuple(article_model(key, regime) for key in dict.fromkeys(firing)),
        missing=() if why is None or why.by is None else (article_model(why.by, regime),),
        why_not=_words(why, answer) if why is not None else _nothing(found),
        may_grant=tuple(
            f"{grant.node} ({grant.heading}) may grant {found.right.name_of(rank)}"
            for grant in answer.grants
            for name, rank in grant.rights
            if name == found.right.name and grant.why == "may grant"
        ),
    )


def _nothing(found: RightAnswer) -> str:
    """Where no article speaks of a right on the person's side, that is the whole reason."""
    return "" if found.bounds.lower else "no article of these texts guarantees any level of it"


def _words(why: WhyNot, answer: Answer) -> str:
    """What stands between the person and the next level."""
    right = answer.regime.vocabulary.rights[why.right]
    level = right.name_of(why.rank)
    if why.nobody_grants:
        return f"no article of these texts gives {level}"
    parts = []
    for blocker in why.blockers:
        declared = answer.regime.vocabulary.fact(blocker.path_or_key)
        kind = declared.type if declared else None
        if blocker.kind == "article" or blocker.needed is None or blocker.now is None:
            parts.append(f"{blocker.path_or_key} stands in the way")
        else:
            now, needed = (possible_words(v, kind) for v in (blocker.now, blocker.needed))
            parts.append(f"{blocker.path_or_key} is {now}, would have to be {needed}")
    return f"{level} is not reached: {'; '.join(parts) or 'nothing simple would do'}"
