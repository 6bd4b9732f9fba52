"""`comity prove REGIME`: what its texts guarantee to everyone, and who falls through."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.output import (
    JSON_HELP,
    ON_HELP,
    cache,
    day,
    mirror,
    people_words,
    print_document,
    readings,
    reported,
    say,
)
from comity.cli.progress import progress_bar

if TYPE_CHECKING:
    from comity.api.schema_proofs import PersonModel, ProofModel, ProveDocument

_MOST_ARTICLES = 8


def prove(
    regime: Annotated[str, typer.Argument(help="Ids, paths or named lists, separated by commas.")],
    property_: Annotated[
        list[str] | None,
        typer.Option(
            "--property", help="Asked of the regime itself, such as `no gap`; repeatable."
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only the proof of this label; repeatable.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="QUESTION=OPTION; may be repeated.")
    ] = None,
    cross_check: Annotated[
        bool, typer.Option("--cross-check", help="Ask cvc5 too; any disagreement is an error.")
    ] = False,
    save: Annotated[
        Path | None, typer.Option("--save", help="Folder for the persons found, as case files.")
    ] = None,
    count: Annotated[
        bool,
        typer.Option("--count/--no-count", help="Count the people whom a refutation concerns."),
    ] = True,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.01, help="What one question may take.")
    ] = 20.0,
    list_: Annotated[
        bool, typer.Option("--list", help="Show what the texts state, and ask nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Prove what a regime guarantees to everyone, or show the person who falls through.

    Exit 0 when every verdict is the one stated (a property named with --property is stated proved).
    """
    from comity.api.proof_counts import ProofCounts
    from comity.api.proving import make_folder, stated
    from comity.api.proving import prove as run
    from comity.api.proving import save as save_cases

    if list_ and (property_ or only or as_json):
        raise typer.BadParameter("--list shows all that the texts state, as text, and asks nothing")
    if property_ and only:
        raise typer.BadParameter("--only chooses among stated proofs, --property asks another")
    law_day = day(on, as_json=as_json)
    with reported(as_json=as_json):
        chosen = readings(reading or [], as_json=as_json)
        if list_:
            for name, text, verdict in stated(regime, readings=chosen):
                say(f"{name}{', refuted' if verdict == 'refuted' else ''}: {text}")
            return
        if save is not None:
            make_folder(save)
        with progress_bar() as told:
            counts = ProofCounts(law_day, mirror=mirror(), cache=cache(), progress=told)
            document = run(
                regime,
                on=law_day,
                readings=chosen,
                properties=tuple(property_ or ()),
                only=tuple(only or ()),
                cross_check=cross_check,
                seconds=seconds,
                counts=counts if count else None,
                progress=told,
            )
        if save is not None:
            document = save_cases(document, save)
    if as_json:
        print_document(document)
    else:
        print_proofs(document)
    raise typer.Exit(0 if all(proof.as_stated for proof in document.proofs) else 1)


def print_proofs(document: ProveDocument) -> None:
    """Verdicts for a person, each with what it claims, refutations with their person."""
    for warning in document.warnings:
        say(f"! {warning}")
    for proof in document.proofs:
        print_proof(proof)
    for elements in document.elements:
        say(
            f"\nElements of {elements.instrument}: {elements.adoptions:,} ways to adopt them lead to "
            f"{len(elements.operating_sets)} sets that operate"
        )
        for name, others in elements.brings.items():
            with_ = f"always with {', '.join(others)}" if others else "needs no other"
            say(f"    {name} operates in {elements.operates_in[name]:,}, {with_}")
    wrong = [p for p in document.proofs if p.instrument and not p.as_stated]
    tally = {
        v: sum(p.verdict == v for p in document.proofs) for v in ("proved", "refuted", "unknown")
    }
    say("")
    say(", ".join(f"{n} {verdict}" for verdict, n in tally.items() if n) or "nothing is stated")
    if wrong:
        say(f"{len(wrong)} not as stated: {'; '.join(p.name for p in wrong[:12])}")
    say(f"Encoded: {'; '.join(f'{n}: {c.share}' for n, c in document.coverage.items())}")
    if document.assumptions:
        say(f"People: {document.assumptions}")
    say(
        "A verdict is of this encoding, on this day. It says nothing about what an officer will do."
    )


def print_proof(proof: ProofModel) -> None:
    """One property: its verdict, the articles or the person that carry it, and what it claims."""
    is_asked = not proof.instrument  # a property asked by name was stated by nobody
    mark = "" if proof.as_stated or is_asked else f"   (stated: {proof.stated})"
    how = [
        word
        for word, holds in (("by absence", proof.by_absence), ("vacuous", proof.vacuous))
        if holds
    ]
    how += [word for word in (proof.reason, proof.limit) if word]
    extra = f" ({'; '.join(how)})" if how else ""
    owner = f"{proof.instrument} · " if proof.instrument else ""
    say(f"\n{owner}{proof.name}: {proof.verdict.upper()}{extra}{mark}")
    if proof.property != proof.name:
        say(f"    {proof.property}")
    if proof.readings:
        say(f"    under {', '.join(f'{q}={o}' for q, o in proof.readings.items())}")
    if proof.by_absence:
        say("    no article on which these rights depend mentions the fact")
    if proof.vacuous:
        say("    nobody can be in the situation that it presupposes, so it says nothing")
    if proof.articles:
        shown = [a.key for a in proof.articles[:_MOST_ARTICLES]]
        more = len(proof.articles) - len(shown)
        say(f"    needs {', '.join(shown)}{f' and {more} more' if more else ''}")
    for article in proof.dead:
        say(f"    decides nothing: {article.key}, {article.article}")
    for line in proof.shows:
        say(f"    {line}")
    if proof.life:
        say(f"    {proof.life}")
    if proof.case is not None:
        print_person(proof.case, "who")
    if proof.other is not None:
        print_person(proof.other, "and")
    if proof.people is not None:
        say(f"    people: {people_words(proof.people)}")
    elif proof.uncounted:
        say(f"    people: not counted, since {proof.uncounted}")
    say(f"    {proof.claim}")


def print_person(person: PersonModel, word: str) -> None:
    """An invented person: who, what they get and by which article, and what is missing."""
    say(f"    {word}: {person.told}")
    for right in person.rights:
        by = ", ".join(f"{a.key} ({a.article})" for a in right.by[:3])
        say(f"      {right.right}: {right.statement}{f', by {by}' if by else ''}")
        if right.why_not:
            missing = "".join(f" ({a.key}, {a.article})" for a in right.missing)
            say(f"        {right.why_not}{missing}")
        for grant in right.may_grant:
            say(f"        {grant}")
    if person.file:
        say(f"      saved in {person.file}")
