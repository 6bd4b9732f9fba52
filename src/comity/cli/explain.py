"""`comity explain REGIME --case FILE`: a person's position, with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.output import JSON_HELP, ON_HELP, day, print_document, readings, reported, say

if TYPE_CHECKING:
    from comity.api.schema import ExplainDocument, LineModel, ReasonModel, WhyNotModel
    from comity.api.schema_lineage import PressureModel

MOST_PERHAPS = 3
"""Norms that may apply, shown for each right unless `--all` is given."""


def explain(
    regime: Annotated[str, typer.Argument(help="Ids, paths or named lists, separated by commas.")],
    case: Annotated[Path, typer.Option("--case", help="A record in YAML or JSON.")],
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="QUESTION=OPTION; may be repeated.")
    ] = None,
    assume: Annotated[
        str, typer.Option("--assume", help="`ordinary` fills what the record does not say.")
    ] = "nothing",
    right: Annotated[
        list[str] | None, typer.Option("--right", help="Only these rights; may be repeated.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also every norm that may apply, and every question.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Explain what a regime means for one person, by which article, and why not more."""
    from comity.api.people import explain_file

    if assume not in ("nothing", "ordinary"):
        raise typer.BadParameter("`nothing` or `ordinary`", param_hint="--assume")
    named = day(on, as_json=as_json) if on is not None else None
    with reported(as_json=as_json):
        document = explain_file(
            regime,
            case,
            on=named,
            today=day(None, as_json=as_json),
            readings=readings(reading or [], as_json=as_json),
            rights=tuple(right or ()),
            assume=assume,
        )
    if as_json:
        print_document(document)
    else:
        print_answer(document, everything=everything)


def print_answer(document: ExplainDocument, *, everything: bool = False) -> None:
    """An answer for a person: positions first, then reasons, then what stands in the way."""
    title = f" for {document.title}" if document.title else ""
    say(f"Position{title} under {document.regime} on {document.date}")
    for warning in document.warnings:
        say(f"  ! {warning}")
    bound = [name for name, truth in document.bound_by.items() if truth == "true"]
    perhaps = [name for name, truth in document.bound_by.items() if truth == "unknown"]
    say(f"  the host is bound by: {', '.join(bound) or 'none of the instruments named'}")
    if perhaps:
        say(f"  perhaps by: {', '.join(perhaps)}")
    for name, right in document.rights.items():
        say(f"\n{name}: {right.statement}")
        _print_reasons(right.reasons, everything=everything)
        for reason in right.defeated:
            say(
                f"    defeated: {reason.norm} ({reason.kind} {reason.level}) by "
                f"{', '.join(reason.defeated_by)}"
            )
        for why in right.why_not:
            _print_why_not(why)
    for conflict in document.conflicts:
        word = "conflict" if conflict.certain else "possible conflict"
        say(
            f"\n{word} on {conflict.right}: {conflict.guarantee} against {conflict.limit}; "
            "nothing settles it"
        )
    if document.may_grant:
        say("\nThe host may, and nobody can claim it:")
        for words in document.may_grant:
            say(f"    {words}")
    _print_pressure(document.pressure, everything=everything)
    if document.partings:
        say("\nWhere readings part:")
        for parting in document.partings:
            under = "; ".join(f"{level} under {name}" for name, level in parting.under.items())
            say(f"    {parting.right}: {under}")
    if document.questions:
        say("\nAnswers that would change something, most decisive first:")
        for question in document.questions if everything else document.questions[:12]:
            say(f"    {question.fact}: {question.meaning} (settles {question.settles})")
        if len(document.questions) > 12 and not everything:
            say(f"    and {len(document.questions) - 12} more (--all lists them)")
    say("\nEncoded: " + "; ".join(f"{n}: {c.share}" for n, c in document.coverage.items()))
    say(document.claim)


def _print_pressure(pressure: Sequence[PressureModel], *, everything: bool) -> None:
    """What binds nobody and speaks of the case; what it became by that day."""
    if not pressure:
        return
    say("\nPressure, which binds nobody (soft rules, political and informal texts):")
    certain = [one for one in pressure if one.certain]
    shown = pressure if everything else certain
    for one in shown:
        perhaps = "" if one.certain else "perhaps "
        levels = ", ".join(f"{name} {level}" for name, level in one.levels.items())
        title = f" ({one.title})" if one.title else ""
        say(f"    {perhaps}{one.force}: {levels or 'nothing measurable'}, {one.norm}{title}")
        for became in one.became:
            say(f"      carried into {became}")
    if len(shown) < len(pressure):
        say(f"    and {len(pressure) - len(shown)} more that may speak of it (--all shows them)")


def _print_reasons(reasons: Sequence[ReasonModel], *, everything: bool) -> None:
    """Norms that surely make a bound, line by line; of those that may, what is still open."""
    certain = [reason for reason in reasons if reason.certain]
    perhaps = [reason for reason in reasons if not reason.certain]
    for reason in certain:
        say(f"    {reason.kind} {reason.level} by {reason.norm}, {reason.article}")
        for line in (*reason.lines, *_that_matter(reason.exceptions)):
            say(f"      {_mark(line.truth)} {line.text}")
        if reason.doubt:
            say(f"      doubtful: {reason.doubt}")
    shown = perhaps if everything else perhaps[:MOST_PERHAPS]
    for reason in shown:
        open_ = [line.text for line in reason.lines if line.truth == "unknown"]
        open_ += [line.text for line in _that_matter(reason.exceptions)]
        say(f"    perhaps {reason.kind} {reason.level} by {reason.norm}, {reason.article}")
        say(f"      open: {'; '.join(open_) or 'whether it prevails'}")
        if reason.doubt and everything:
            say(f"      doubtful: {reason.doubt}")
    if len(shown) < len(perhaps):
        say(f"    and {len(perhaps) - len(shown)} more that may apply (--all shows them)")


def _that_matter(exceptions: Sequence[LineModel]) -> list[LineModel]:
    from comity.api.schema import LineModel

    return [
        LineModel(text=f"but for {line.text}", truth=line.truth)
        for line in exceptions
        if line.truth != "false"
    ]


def _mark(truth: str) -> str:
    return {"true": "yes", "false": "no ", "unknown": "?  "}[truth]


def _print_why_not(why: WhyNotModel) -> None:
    kind = "forbidden" if why.kind == "forbidden" else "not granted"
    if why.nobody_grants:
        say(f"    why not {why.level}: {kind}; no article of these texts gives it")
        return
    parts = []
    for blocker in why.blockers:
        if blocker.kind == "article":
            parts.append(f"article {blocker.name}")
        else:
            now = f" (is {blocker.now}, would need {blocker.needed})" if blocker.needed else ""
            parts.append(f"{blocker.name}{now}")
    if not parts and not why.exact:  # "nothing" would say that nothing stands in the way
        parts.append("not worked out, too much is unknown")
    by = f", then by {why.by}" if why.by else ""
    say(f"    why not {why.level}: {kind}; in the way: {'; '.join(parts) or 'nothing found'}{by}")
