"""`comity compare OLD NEW`: for whom NEW is better, worse, both or the same, right by right."""

from __future__ import annotations

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
    from comity.api.schema_compare import (
        ChangedRightModel,
        CompareDocument,
        ComparedPersonModel,
        ComparedRightModel,
        RegionModel,
    )

_CHANGES = {
    "worse": "worse: NEW guarantees less",
    "better": "better: NEW guarantees more",
    "less_room": "less room: NEW lets the State grant less",
    "more_room": "more room: NEW lets the State grant more",
}
"""The changes in the order in which they are told, each with its heading."""
_MOST_OF_BOTH = 2
"""Rights told in full, each way, of the person who both gains and loses."""
_OF_PEOPLE = {
    "better": "better",
    "worse": "worse",
    "both": "better on one right and worse on another",
    "same": "the same",
}
_IN_WORDS = {
    "some": "for some",
    "nobody": "for nobody (proved)",
    "unknown": "not known whether for anybody",
}


def compare(
    old: Annotated[str, typer.Argument(help="Ids, paths or named lists, separated by commas.")],
    new: Annotated[str, typer.Argument(help="The same, of the regime that would take its place.")],
    right: Annotated[
        list[str] | None, typer.Option("--right", help="Only these rights; may be repeated.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="QUESTION=OPTION; may be repeated.")
    ] = None,
    cross_check: Annotated[
        bool, typer.Option("--cross-check", help="Ask cvc5 too; any disagreement is an error.")
    ] = False,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.01, help="What one question may take.")
    ] = 20.0,
    count: Annotated[
        bool,
        typer.Option("--count/--no-count", help="Count people too; takes about a minute more."),
    ] = False,
    short: Annotated[
        bool, typer.Option("--short", help="No conditions and no persons, but where it is worse.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Compare two regimes: for whom NEW is better, worse, both or the same, right by right.

    What comes to nobody is proved; each change that comes to somebody is shown by an invented person.
    """
    from comity.api.comparing import compare as run
    from comity.api.proof_counts import ProofCounts

    law_day = day(on, as_json=as_json)
    with reported(as_json=as_json), progress_bar() as told:
        counts = ProofCounts(law_day, mirror=mirror(), cache=cache(), progress=told)
        document = run(
            old,
            new,
            on=law_day,
            readings=readings(reading or [], as_json=as_json),
            rights=tuple(right or ()),
            cross_check=cross_check,
            seconds=seconds,
            counts=counts if count else None,
            progress=told,
        )
    if as_json:
        print_document(document)
    else:
        print_comparison(document, short=short)


def print_comparison(document: CompareDocument, *, short: bool = False) -> None:
    """A comparison for a person: the answer first, then right by right, then what it claims."""
    _print_sides(document)
    _print_answer(document)
    told: set[int] = set()
    for right in document.rights:
        if right.regions or right.lost or right.limit:
            _print_right(right, document, told, short=short)
    say("")
    for note in document.notes:
        say(note)
    say(document.assumptions or "No people were counted; --count counts them.")
    say(document.claim)


def _print_sides(document: CompareDocument) -> None:
    say(f"{document.old.name} against {document.new.name} on {document.date}")
    before, after = document.old.instruments, document.new.instruments
    shared = [title for key, title in before.items() if key in after]
    for word, side, other in (("OLD", before, after), ("NEW", after, before)):
        own = [title for key, title in side.items() if key not in other]
        if shared:
            own.append("what both have" if own else "only what both have")
        say(f"  {word}: {'; '.join(own)}")
    if shared:
        say(f"  both: {'; '.join(shared)}")
    for warning in document.warnings:
        say(f"  ! {warning}")


def _print_answer(document: CompareDocument) -> None:
    """The whole in a few lines: to whom each change comes, and on which rights."""
    say("")
    for change, words in (("worse", "worse"), ("better", "better")):
        answer = getattr(document, change)
        say(f"NEW is {words} {_IN_WORDS[answer]}{_on_which(document, change)}.")
    both = f", such as person {document.both_person}" if document.both_person else ""
    say(f"Better on one right and worse on another: {_IN_WORDS[document.both]}{both}.")
    if document.both_person is not None:
        _print_both(document.persons[document.both_person - 1])
    say(f"The same for everybody (proved): {_same(document)}.")
    for change, words in (
        ("less_room", "The State may grant less than before"),
        ("more_room", "The State may grant more than before"),
    ):
        where = _on_which(document, change)
        say(f"{words}: {'to some' + where if where else _nobody(document, change)}.")
    _print_unreachable(document)
    for key, people in document.people.items():
        say(f"People for whom NEW is {_OF_PEOPLE[key]}: {people_words(people)}.")


def _print_both(person: ComparedPersonModel) -> None:
    """Who gains on one right and loses on another, with some of each."""
    say(f"    {person.told}")
    for change in ("worse", "better"):
        shown = [right for right in person.rights if right.change == change]
        for changed in shown[:_MOST_OF_BOTH]:
            say(f"    {change}: {changed.right}")
            _print_position(changed)
        if len(shown) > _MOST_OF_BOTH:
            say(f"    {change} too: {', '.join(r.right for r in shown[_MOST_OF_BOTH:])}")


def _on_which(document: CompareDocument, change: str) -> str:
    names = [right.right for right in document.rights if getattr(right, change) == "some"]
    return f", on {', '.join(names)}" if names else ""


def _nobody(document: CompareDocument, change: str) -> str:
    answers = {getattr(right, change) for right in document.rights}
    return "not known whether to anybody" if "unknown" in answers else "to nobody (proved)"


def _same(document: CompareDocument) -> str:
    silent = [r.right for r in document.rights if r.by_absence]
    named = [right for right in document.same if right not in silent]
    words = ", ".join(named) or "no right of which either speaks"
    return f"{words}; neither speaks of {', '.join(silent)}" if silent else words


def _print_unreachable(document: CompareDocument) -> None:
    lost = [
        f"{level.right} {level.level}{_by_person(level.person)}"
        for right in document.rights
        for level in right.lost
    ]
    answers = {right.lost_answer for right in document.rights}
    nothing = "not known" if "unknown" in answers else "none (proved)"
    say(f"Guarantees that OLD gives somebody and NEW nobody: {'; '.join(lost) or nothing}.")
    gained = [f"{r.right} {', '.join(r.gained)}" for r in document.rights if r.gained]
    if gained:
        say(f"Guarantees that NEW gives somebody and OLD nobody: {'; '.join(gained)}.")


def _by_person(number: int | None) -> str:
    return f" (person {number})" if number is not None else ""


def _print_right(
    right: ComparedRightModel, document: CompareDocument, told: set[int], *, short: bool
) -> None:
    say(f"\n{right.right}: {right.meaning}" if right.meaning else f"\n{right.right}")
    if right.limit:
        say(f"  stopped at a limit ({right.limit}), so more may differ than is told here")
    for change, heading in _CHANGES.items():
        regions = [region for region in right.regions if region.change == change]
        if regions:
            people = right.people.get(change)
            say(f"  {heading}{f' ({people_words(people)})' if people else ''}")
            for region in regions:
                _print_region(region, document, told, short=short and change != "worse")
        elif getattr(right, change) == "unknown":
            say(f"  {heading}: not known whether for anybody")
    for level in right.lost:
        say(f"  nobody is guaranteed {level.level} any more")
        if level.person is not None and level.person not in told:
            _print_person(document.persons[level.person - 1], right.right, told)
    if right.worse == "nobody":
        say("  worse for nobody (proved)")


def _print_region(
    region: RegionModel, document: CompareDocument, told: set[int], *, short: bool
) -> None:
    say(f"    {region.text}")
    if short:
        return
    where = f" ({', '.join(region.where)})" if region.where else ""
    say(f"      when {'; '.join(region.when)}{where}" if region.when else "      on no condition")
    if region.unless:
        say(f"      unless {', '.join(a.key for a in region.unless)}")
    if region.people is not None:
        say(f"      people: {people_words(region.people)}")
    if region.person is None:
        say("      no person was found within the limit")
        return
    person = document.persons[region.person - 1]
    _print_person(person, region.right, told)


def _print_person(person: ComparedPersonModel, right: str, told: set[int]) -> None:
    """Who it is, the first time in full, and what the right is under both regimes."""
    known = person.number in told
    told.add(person.number)
    say(f"      person {person.number}{' (above)' if known else f': {person.told}'}")
    for changed in person.rights:
        if changed.right == right:
            _print_position(changed)


def _print_position(changed: ChangedRightModel) -> None:
    for word, statement, by in (
        ("OLD", changed.old, changed.old_by),
        ("NEW", changed.new, changed.new_by),
    ):
        norms = ", ".join(article.key for article in by[:3])
        say(f"        {word}: {statement}{f', by {norms}' if norms else ''}")
