"""A dossier's main findings, the people on whom each assumption hangs, and who is not counted."""

from __future__ import annotations

from collections.abc import Sequence

from comity.agreement.values import Truth
from comity.api.brief_counts import LAWS, Counts, Side, bounds_of, discretion_of
from comity.api.counting import Hanging
from comity.brief.context import (
    Assumptions,
    Bounds,
    Bridge,
    BridgeStep,
    Finding,
    OutOfScope,
)
from comity.brief.guarantees import Guarantees
from comity.world.assumptions import NOTHING, ORDINARY
from comity.world.bridge import BridgeRow, bridge
from comity.world.population import Cell


def assumptions_of(found: Sequence[Hanging]) -> Assumptions:
    """The set with, for each sentence, the people of the first finding who hang on it."""
    sentences = []
    for one in found:
        people = (
            f"{_million(one.persons)} people hang on it" if one.persons else "nobody hangs on it"
        )
        sentences.append(f"{one.sentence} ({people})")
    return Assumptions(ORDINARY.name, tuple(sentences))


def _million(persons: int) -> str:
    return f"{persons / 1e6:.1f} million" if persons >= 100_000 else f"{persons:,}"


def findings_of(
    counts: Counts, now: Side, then: Side, cells: Sequence[Cell]
) -> tuple[Finding, ...]:
    """The five main findings on people, each with its law, its numbers and where they stand."""
    limbo = {law: counts.total("protected_without_status", law) for law in LAWS}
    lasting = {law: counts.total("lasting", law) for law in LAWS}
    nothing = counts.total("nothing_guaranteed", "today")
    unbound = sum(
        c.persons
        for c in cells
        if c.is_certain and now.tally.standing(c, NOTHING).properties["host_bound"] is Truth.FALSE
    )
    stay = next(r for r in discretion_of(now, then, cells) if r.right == "stay")
    today, draft = "under today's encoded instruments", "under the draft Convention"
    block = "protected-without-status-by-host"
    return (
        Finding(
            f"{_people(limbo['today'].assumed)} are protected from return and have no guaranteed "
            "status that lasts.",
            today,
            bounds_of(limbo["today"]),
            "persons",
            "The texts bar their removal to the danger, and none of them guarantees a stay of at "
            "least a temporary permit. A State may still grant one.",
            block,
        ),
        Finding(
            f"By the same count {_people(limbo['draft'].assumed).lower()} would be in that position "
            "under the draft.",
            draft,
            bounds_of(limbo["draft"]),
            "persons",
            "Under the draft the shield and the status come together. Whom it leaves between them "
            "all the same no statistic shows: the proofs of its text do.",
            block,
        ),
        Finding(
            f"{_people(lasting['draft'].assumed)} would be owed a status that lasts; today's encoded "
            f"instruments owe one to {_people(lasting['today'].assumed).lower()}.",
            draft,
            bounds_of(lasting["draft"]),
            "persons",
            "For their danger alone. Long residence, which the draft counts too, is not known for "
            "most people: they are possible, not certain.",
            "lasting-status-by-host",
        ),
        Finding(
            f"On the status of stay the texts leave a State {_steps(stay.today_low, stay.today_high)} "
            f"of {stay.steps} steps today, {_steps(stay.draft_low, stay.draft_high)} under the draft.",
            "under both laws",
            None,
            "steps of the scale",
            "The mean over all people counted, under the set ordinary; the range is what stays "
            "unknown even so. What a State may decide as it likes is its discretion.",
            "discretion",
        ),
        Finding(
            f"{_people(nothing.assumed)} are guaranteed nothing by any encoded article: "
            f"{_people(unbound).lower()} live in hosts that no encoded instrument binds.",
            today,
            bounds_of(nothing),
            "persons",
            "The library is not whole yet: other treaties, regional law and national law may give "
            "these people rights. Nothing is said of them here.",
            "not-counted",
        ),
    )


def finding_of_duties(found: Guarantees) -> tuple[Finding, ...]:
    """How many of the duties that the draft sets itself hold, under it and today; none without any.

    What holds by absence is counted apart: nothing was done for it.
    """
    if not found.duties:
        return ()
    both = [duty.draft for duty in found.duties]
    asked = [duty.today for duty in found.duties if duty.today is not None]
    carried = [sum(p.kind == "proved" for p in proofs) for proofs in (both, asked)]
    absent = [sum(p.kind in ("by_absence", "vacuous") for p in proofs) for proofs in (both, asked)]
    return (
        Finding(
            f"Of {len(both)} duties that the draft sets itself, its articles carry {carried[0]} for "
            f"everyone; today's encoded instruments carry {carried[1]} of the {len(asked)} that can "
            "be asked of them.",
            "under both laws",
            None,
            "duties",
            f"A further {absent[0]} and {absent[1]} hold only since no article mentions the fact, or "
            "nobody is in the position. Of the others, an invented person or the limit that was hit "
            "is shown. A verdict is of the encoding; it says nothing about what an officer will do.",
            "duties",
        ),
    )


def _people(persons: int) -> str:
    return "Nobody" if persons == 0 else f"{_million(persons)} people"


def _steps(low: float, high: float) -> str:
    first, last = f"{low:.1f}", f"{high:.1f}"
    return first if first == last else f"{first} to {last}"


def out_of_scope(counts: Counts, encoded: int) -> tuple[OutOfScope, ...]:
    """Who is within the scope of no encoded instrument, or in no count."""

    def persons(words: str) -> Bounds | None:
        found = [row.persons for row in bridge() if words in row.label]
        return Bounds(found[0], found[0], found[0]) if found else None

    return (
        OutOfScope(
            "People to whom no encoded article guarantees anything",
            bounds_of(counts.total("nothing_guaranteed", "today")),
            f"{encoded} instruments in force are encoded so far. Other treaties, regional and "
            "national law may give these people rights: nothing is said of them.",
        ),
        OutOfScope(
            "People displaced inside their own country",
            persons("displaced inside their own country"),
            "They have no host State. The Kampala Convention says what their own State owes them; "
            "these counts ask hosts alone.",
        ),
        OutOfScope(
            "Others of concern to UNHCR",
            persons("others of concern to UNHCR"),
            "The figure does not say in what position they are.",
        ),
        OutOfScope(
            "Palestine refugees under UNRWA's mandate",
            None,
            "About 5.9 million; not part of UNHCR's figures and not yet in the population.",
        ),
        OutOfScope(
            "People without papers whom no register counts",
            None,
            "No source in use counts them; they are part of the migrant stock only where a "
            "census reached them.",
        ),
    )


def bridges_of(rows: Sequence[BridgeRow]) -> tuple[Bridge, ...]:
    """Each published total with the parts into which it goes."""
    made = []
    index = 0
    while index < len(rows):
        total = rows[index]
        parts = []
        index += 1
        while index < len(rows) and rows[index].level > 0:
            parts.append(rows[index])
            index += 1
        if parts and sum(p.persons for p in parts) == total.persons:
            made.append(
                Bridge(
                    total.label,
                    BridgeStep(total.label, total.persons, total.source),
                    tuple(BridgeStep(p.label, -p.persons, p.source) for p in parts),
                    BridgeStep("left over", 0),
                )
            )
    return tuple(made)
