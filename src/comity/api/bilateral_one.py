"""One bilateral labour agreement for a user: clauses, guarantees, what is not observed, the nearest.

Belongs here: the document of `comity bilateral ID`. Does not belong here: the study (`bilateral`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Kind, Norm, Power
from comity.agreement.vocabulary import Vocabulary
from comity.api import library as shelf
from comity.api.bilateral import CLAIM, FEWEST_PEOPLE, bilateral_sources
from comity.api.bilateral_instruments import instrument_of, pair_names, rank_of, rule_of
from comity.api.schema_bilateral import (
    BilateralAgreementDocument,
    BilateralClauseOfModel,
    BilateralGuaranteeModel,
    BilateralNearModel,
)
from comity.language.faults import ComityError, Fault
from comity.language.printer import statement_text
from comity.profile.bilateral import (
    BUNDLES,
    BY_COLUMN,
    CLAUSES,
    NEVER_ASKED,
    Distance,
    apart,
    distance,
    keeps,
)
from comity.profile.bilateral_shares import regions
from comity.world.bilateral import BilateralAgreement, agreements, people_of_pairs

NEAREST = 5
_ENDS = {
    "until_terminated": "valid until somebody terminates it; whether anybody has is not observed",
    "silent": "the text does not say when it ends; not observed",
    "other": "its term is of another kind; not observed",
}


def agreement_document(
    word: str, *, mirror: Path | None = None, cache: Path | None = None, most: int = NEAREST
) -> BilateralAgreementDocument:
    """One agreement, named `bla_7` or `7`. Raises ComityError (E458)."""
    one = _named(word)
    vocabulary, coded = shelf.vocabulary(), one.coded
    people = people_of_pairs().get(one.pair, 0) if one.is_of_today else None
    hidden = people is not None and 0 < people < FEWEST_PEOPLE
    others = [a.id for a in agreements() if a.pair == one.pair and a.id != one.id]
    made = instrument_of(one, vocabulary) if coded is not None and one.year is not None else None
    return BilateralAgreementDocument(
        id=one.id,
        title=coded.title if coded is not None else "not coded: no title in the data",
        states=one.pair,
        names=pair_names(one),
        regions=regions(one),
        year=one.year,
        signed="" if one.signed is None else one.signed.isoformat(),
        binds_from="" if made is None or made.in_force is None else made.in_force.isoformat(),
        ends="" if one.ends is None else one.ends.isoformat(),
        end_says=_end_says(one),
        term_ends="" if one.term_ends is None else one.term_ends.isoformat(),
        ending="" if made is None else _ending_of(made, vocabulary),
        language=coded.language if coded is not None else "",
        has_copy=one.has_copy,
        is_coded=coded is not None,
        amends=coded.amends if coded is not None else None,
        replaces=coded.replaces if coded is not None else None,
        quota=coded.quota if coded is not None else None,
        recruiters=coded.recruiters if coded is not None else (),
        clauses=tuple(_clauses(one)),
        guarantees=() if made is None else tuple(_guarantees(made, vocabulary)),
        bundles={b.name: keeps(coded, b).value for b in BUNDLES} if coded is not None else {},
        never_asked=NEVER_ASKED,
        nearest=tuple(_nearest(one, most)),
        nearest_texts=tuple(_nearest_texts(one, vocabulary, most)),
        people=None if hidden else people,
        hidden=hidden,
        others=tuple(others),
        sources=bilateral_sources(mirror, cache),
        claim=CLAIM,
    )


def _named(word: str) -> BilateralAgreement:
    by_id = {one.id: one for one in agreements()}
    name = word.strip().lower()
    found = by_id.get(name) or by_id.get(f"bla_{name}")
    if found is None:
        raise ComityError(
            Fault(
                "E458",
                f"`{word[:40]}` is no bilateral labour agreement",
                possible=f"bla_1 to {agreements()[-1].id}, not every number between",
                suggestion="comity bilateral --corridor DEU-TUR lists those of a corridor",
            )
        )
    return found


def _end_says(one: BilateralAgreement) -> str:
    coded = one.coded
    if coded is None:
        return "not coded; not observed"
    if coded.duration != "years":
        return _ENDS[coded.duration]
    if not coded.years:
        return "valid for a number of years that is given as nought; not observed"
    term = f"valid for {coded.years} year{'s' if coded.years != 1 else ''}"
    match coded.renews:
        case True:
            return f"{term} and renews itself; whether it was ended is not observed"
        case None:
            return f"{term}; whether it renews itself is missing; not observed"
        case False:
            return f"{term} and does not renew itself"


def _clauses(one: BilateralAgreement) -> Iterator[BilateralClauseOfModel]:
    words = {True: "present", False: "absent", None: "not observed"}
    for clause in CLAUSES:
        value = one.coded.clauses[clause.column] if one.coded is not None else None
        yield BilateralClauseOfModel(
            name=clause.column,
            number=clause.number,
            title=clause.title,
            value=words[value],
            rule=rule_of(clause) if value and clause.is_guarantee else "",
        )


def _guarantees(made: Instrument, vocabulary: Vocabulary) -> Iterator[BilateralGuaranteeModel]:
    for node in made.holdings:
        if not isinstance(node, Norm):
            continue
        bounding = node.boundings[0]
        assert isinstance(bounding.level, int)
        yield BilateralGuaranteeModel(
            rule=made.key(node.id),
            right=bounding.right,
            level=vocabulary.rights[bounding.right].name_of(bounding.level),
            doubt=node.frame.doubt,
            text=statement_text(node, vocabulary, instrument=made.id),
        )


def _ending_of(made: Instrument, vocabulary: Vocabulary) -> str:
    """The power by which it may have been ended, as text; empty where it has none."""
    powers = [node for node in made.holdings if isinstance(node, Power)]
    return "".join(statement_text(node, vocabulary, instrument=made.id) for node in powers)


# ---- the nearest ----
def _nearest(one: BilateralAgreement, most: int) -> Iterator[BilateralNearModel]:
    """Coded agreements by Jaccard's distance, then Hamming's, then number."""
    if one.coded is None:
        return
    found = sorted(
        (
            (distance(one.coded, other.coded), other.number, other)
            for other in agreements()
            if other.coded is not None and other.number != one.number
        ),
        key=lambda entry: (entry[0].jaccard, entry[0].hamming, entry[1]),
    )
    for far, _, other in found[:most]:
        assert other.coded is not None
        seen = one.coded.observed & other.coded.observed
        yield _near(
            other.id,
            other.coded.title,
            other.pair,
            other.year,
            far,
            one.coded.present & seen,
            other.coded.present & seen,
        )


def _nearest_texts(
    one: BilateralAgreement, vocabulary: Vocabulary, most: int
) -> Iterator[BilateralNearModel]:
    """Texts of the library on the rights that a clause can become, those that give none left out."""
    if one.coded is None:
        return
    asked = {c.column for c in CLAUSES if c.is_guarantee}
    if not asked <= one.coded.observed:
        return
    here = one.coded.present & asked
    if not here:
        return
    found = []
    for instrument in shelf.packaged().instruments.values():
        there = frozenset(_given(instrument, asked, vocabulary))
        if there:
            far = apart(here, there, len(asked))
            found.append((far, instrument, there))
    found.sort(key=lambda entry: (entry[0].jaccard, entry[0].hamming, entry[1].id))
    for far, instrument, there in found[:most]:
        year = instrument.adopted.year if instrument.adopted is not None else None
        yield _near(instrument.id, instrument.title, (), year, far, here, there)


def _given(instrument: Instrument, asked: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The clauses whose level some rule of a text guarantees to somebody, on whatever day."""
    for column in sorted(asked):
        clause = BY_COLUMN[column]
        least = rank_of(clause, vocabulary)
        for node in instrument.holdings:
            if not isinstance(node, Norm) or node.kind is not Kind.GUARANTEE or node.soft:
                continue
            levels = [b.level for b in node.boundings if b.right == clause.right]
            if any(isinstance(level, int) and level >= least for level in levels):
                yield column
                break


def _near(
    name: str,
    title: str,
    states: tuple[str, ...],
    year: int | None,
    far: Distance,
    here: frozenset[str],
    there: frozenset[str],
) -> BilateralNearModel:
    return BilateralNearModel(
        id=name,
        title=title,
        states=states,
        year=year,
        jaccard=far.jaccard,
        hamming=far.hamming,
        of=far.of,
        only_here=tuple(c.column for c in CLAUSES if c.column in here - there),
        only_there=tuple(c.column for c in CLAUSES if c.column in there - here),
    )
