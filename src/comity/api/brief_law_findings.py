"""What the dossier on the law in force finds, and what it says of its own limits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.agreement.regimes import Regime
from comity.api.brief_law_counts import ON_REFUGEES, LawCounts
from comity.api.brief_law_people import in_titles
from comity.api.schema_people import CountPartingModel
from comity.api.schema_proofs import ProveDocument
from comity.brief.context import Assumptions, Bounds, Caveat, Finding
from comity.brief.law_context import Crossing, PartingRow, Text
from comity.brief.numbers import rounded as _rounded
from comity.brief.suppression import THRESHOLD
from comity.world.assumptions import ORDINARY

UNDER = "under the encoded texts in force"


def rounded(persons: int) -> str:
    """A number of people in a sentence; from 1 to 9, that it is few."""
    return "fewer than 10" if 0 < persons < THRESHOLD else _rounded(persons)


def assumptions() -> Assumptions:
    """The named set under which the third number stands."""
    sentences = [*(one.sentence for one in ORDINARY.assumptions), ORDINARY.rest]
    return Assumptions(ORDINARY.name, tuple(sentences))


def findings_of(counts: LawCounts, texts: Sequence[Text]) -> tuple[Finding, ...]:
    """The main findings, each with its numbers and where they stand."""
    giving = [t for t in texts if t.given is not None and t.given.assumed]
    surely = sum(t.given.certain > 0 for t in giving if t.given is not None)
    binding = [t for t in texts if t.before is not None]
    stay = next(one for one in counts.discretion if one.right == "stay")
    return (
        *_of_treaties(counts, binding),
        Finding(
            f"{_people(counts.nothing.assumed)} are guaranteed nothing by any encoded article.",
            UNDER,
            counts.nothing,
            "persons",
            f"On no right, by no text; {rounded(counts.nothing_elsewhere.assumed)} of them live in "
            "territories and areas to which a State may have extended its treaties. A decision on "
            "one's own case already counts as something. National law may give these people "
            "rights, and every State may: nothing is said of that here.",
            "covered",
        ),
        Finding(
            f"Of the binding texts ({len(binding)}), those that guarantee somebody something: "
            f"{len(giving)}; certainly, with nothing assumed: {surely}.",
            UNDER,
            None,
            "texts",
            "The others bind hosts, but what they give hangs on facts that no statistic holds: an "
            "employer, a family, a procedure. The table gives the people of each text.",
            "by-text",
        ),
        Finding(
            f"{_people(counts.lasting.assumed)} are guaranteed a stay that lasts; "
            f"{_people(counts.without_status.assumed).lower()} are shielded from return without one.",
            UNDER,
            counts.lasting,
            "persons with a stay that lasts",
            "A stay of at least a temporary permit. How long and as what people have stayed is not "
            "known for most: they are possible, not certain. Shielded without one: "
            f"{rounded(counts.without_status.certain)} certain, "
            f"{rounded(counts.without_status.possible)} possible. A State may grant what is not "
            "guaranteed, and often does.",
            "covered",
        ),
        Finding(
            f"On stay, the texts leave a State {stay.low:.1f} to {stay.high:.1f} of {stay.steps} "
            "steps to decide as it likes.",
            UNDER,
            None,
            "steps",
            "The mean over all people counted, under the set ordinary; the range is what stays "
            "unknown even so. To whom those who decide answer, and whether a person may complain, "
            "stands in the table of instruments in the words of each text.",
            "discretion",
        ),
    )


def _of_treaties(counts: LawCounts, binding: Sequence[Text]) -> tuple[Finding, ...]:
    """Who stands before a State that nothing binds not to send people back."""
    unbound = Finding(
        f"{_people(counts.unbound.assumed)} stand before a State bound by no encoded text that "
        "shields anybody from removal.",
        UNDER,
        counts.unbound,
        "persons",
        f"Of {rounded(counts.everybody.assumed)} who are surely counted. Of the binding texts "
        f"({len(binding)}), those with an article that does: {len(counts.barring)}. A further "
        f"{rounded(counts.elsewhere.assumed)} people stand before territories and areas that no "
        "list of parties names, though a State may have extended its treaties to them. A State "
        "without such a text may shield people by its own law.",
        "hosts",
    )
    if counts.no_refugee_treaty is None:
        return (unbound,)
    named = [text.title for text in binding if text.id in ON_REFUGEES]
    return (
        Finding(
            f"{_people(counts.no_refugee_treaty.assumed)} stand before a State bound by no treaty "
            "on refugees.",
            UNDER,
            counts.no_refugee_treaty,
            "persons",
            f"Members of the United Nations bound by none of: {'; '.join(named)}. Texts on torture "
            "or civil rights may bind them all the same; those shield and give no status. A State "
            "that the Convention of 1951 binds only for events in Europe counts as bound here.",
            "hosts",
        ),
        unbound,
    )


def _people(persons: int) -> str:
    if persons == 0:
        return "0 people"
    return "Fewer than 10 people" if persons < THRESHOLD else f"{rounded(persons)} people"


def caveats_of(doubts: Sequence[str]) -> tuple[Caveat, ...]:
    """Limits of the whole page, then what is disputed or overdue."""
    return (
        Caveat(
            "This page says what an encoding of these texts guarantees, on one day, under the "
            "readings named. It does not say what officers do, what a court would hold, what a "
            "national law adds, or what anybody should be given. A bound of nothing means that no "
            "guarantee was found in what is encoded; the State may still grant.",
            True,
            "What this page may not claim",
        ),
        Caveat(
            "Most treaties are encoded in part: only the articles that bear on movement. Bilateral "
            "agreements and national law are not here, though they decide most lives."
        ),
        Caveat(
            "Country of birth is not nationality: for most hosts the nationality of a migrant, and so "
            "the danger at the origin, is unknown with nothing assumed."
        ),
        Caveat(
            "Texts are set in the order of their titles, hosts by name. Nothing is scored: a number of "
            "texts is no measure of how well anybody is protected."
        ),
        *(Caveat(words) for words in doubts),
    )


# ---- where readings part, what crosses ----
def parting_row(found: CountPartingModel, regime: Regime) -> PartingRow:
    """One right and level whose people move with a reading."""
    asked = regime.questions[found.question]
    return PartingRow(
        found.question,
        asked.question or asked.name,
        found.taken,
        found.option,
        found.holder,
        found.right,
        found.level,
        None if found.hidden else _bounds(found.before),
        None if found.hidden else _bounds(found.after),
    )


def _bounds(numbers: Sequence[int]) -> Bounds:
    certain, possible, assumed = numbers
    return Bounds(certain, possible, assumed)


def crossing_of(document: ProveDocument, regime: Regime) -> Crossing:
    """The verdict on `no conflict`, in the words of `prove`."""
    proof = document.proofs[0]
    person, people = proof.case, proof.people
    few = "fewer than 10 people" if people is not None and people.suppressed else ""
    shows = [
        f"{one.right}: {one.statement}"
        + "".join(f"; {in_titles(a.key, regime)} ({a.article})" for a in one.by)
        for one in (person.rights if person is not None else ())
    ]
    return Crossing(
        proof.verdict,
        proof.claim,
        proof.limit,
        document.engines,
        proof.seconds,
        tuple(f"{in_titles(a.key, regime)} ({a.article})" for a in proof.articles),
        person.told if person is not None else "",
        (*proof.shows, *shows),
        None
        if people is None or people.suppressed
        else Bounds(people.certain, people.possible, people.assumed),
        proof.uncounted or few,
    )


def day_words(on: date) -> str:
    """`1 May 2004`."""
    return f"{on.day} {on:%B %Y}"
