"""`bilateral` for a user: how many agreements on labour keep together what must go together.

Belongs here: the document of the study, whole or of a part. Does not belong here: one agreement
(`bilateral_one`), what a clause means (`profile.bilateral`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from comity.api.schema_bilateral import (
    BilateralBundleModel,
    BilateralClauseModel,
    BilateralCodedModel,
    BilateralDocument,
    BilateralPeopleModel,
    BilateralShareModel,
)
from comity.api.schema_people import CountSourceModel
from comity.api.source_models import source_models
from comity.language.faults import ComityError, Fault, did_you_mean
from comity.profile.bilateral import (
    BUNDLES,
    CLAUSES,
    NEVER_ASKED,
    Bundle,
    Clause,
    Keeps,
    keeps,
)
from comity.profile.bilateral_shares import (
    FEW,
    Share,
    corridor,
    decade,
    grouped,
    of_each_pair,
    people_under,
    present_in,
    regions,
    share_of,
    wilson,
)
from comity.world.bilateral import (
    SOURCES_OF,
    STOCK_SOURCE,
    BilateralAgreement,
    Pair,
    agreements,
    people_of_pairs,
    region_of,
)
from comity.world.countries import countries
from comity.world.tables_bilateral import FORMER

ON = date(2024, 7, 1)
"""The day of the stock of people."""
MOST_CORRIDORS = 15
LATE = 2000
"""From when an agreement is young enough to be more likely still in force; for one reading alone."""
SCHEMES = ("working holiday", "student", "trainee", "youth")
"""Words of titles that speak of others than workers."""
BUNDLE_NAMES = tuple(bundle.name for bundle in BUNDLES)
FEWEST_PEOPLE = 10
CLAIM = (
    "Counted from what the coding of 570 texts says they mention, under the reading of each topic that "
    "stands beside it. It says nothing of what the other agreements hold, of what the coding never "
    "asks, or of what was kept in practice. Whether an agreement still binds is mostly not observed."
)


def bilateral_document(
    *,
    decade_word: str = "",
    corridor_word: str = "",
    bundle: str = "",
    mirror: Path | None = None,
    cache: Path | None = None,
) -> BilateralDocument:
    """The study of all agreements, or of a decade (`1990`) and a corridor (`DEU-TUR`, `PHL`).

    bundle: one of `BUNDLE_NAMES` alone; empty for all. cache: where fetched sources are; without it
    the document names none. Raises ComityError (E457 for a place that is none, E458 where no
    agreement is of the part).
    """
    chosen, is_part = _chosen(decade_word, corridor_word), bool(decade_word or corridor_word)
    people = {} if decade_word else _people(corridor_word)
    coded = tuple(a for a in chosen if a.coded is not None)
    columns = [c.column for c in CLAUSES if c.is_guarantee]
    return BilateralDocument(
        decade=_decade(decade_word) if decade_word else "",
        corridor=corridor_word,
        formed=len(chosen),
        coded=len(coded),
        guarantees=sum(bool(a.coded and a.coded.clauses[c]) for a in coded for c in columns),
        bundles=tuple(_bundle(b, chosen, people) for b in BUNDLES if bundle in ("", b.name)),
        clauses=tuple(_clause(clause, chosen) for clause in CLAUSES),
        coverage=tuple(_coverage(chosen)),
        agreements=tuple(a.id for a in coded) if is_part else (),
        never_asked=NEVER_ASKED,
        sources=bilateral_sources(mirror, cache),
        claim=CLAIM,
    )


def bilateral_sources(mirror: Path | None, cache: Path | None) -> tuple[CountSourceModel, ...]:
    """The sources of the study as documents tell them; none without a cache."""
    if cache is None:
        return ()
    return tuple(source_models(mirror, cache, {*SOURCES_OF, STOCK_SOURCE}))


# ---- which agreements ----
def _chosen(decade_word: str, corridor_word: str) -> tuple[BilateralAgreement, ...]:
    several: Sequence[BilateralAgreement] = agreements()
    if decade_word:
        name = _decade(decade_word)
        several = [a for a in several if decade(a) == name]
    if corridor_word:
        sides = _sides(corridor_word)
        several = [a for a in several if _joins(a.pair, sides)]
    if not several:
        part = " of ".join(part for part in (corridor_word, decade_word) if part)
        raise ComityError(
            Fault(
                "E458",
                f"the data have no agreement of {part[:60]}",
                suggestion="comity bilateral shows the decades and corridors that have",
            )
        )
    return tuple(several)


def _decade(word: str) -> str:
    known = grouped(agreements(), decade)
    name = f"{word.strip().removesuffix('s')}s"
    if name not in known:
        raise ComityError(
            Fault(
                "E458",
                f"`{word[:40]}` is no decade with an agreement",
                possible=", ".join(known),
                suggestion="--decade 1990",
            )
        )
    return name


def _sides(word: str) -> tuple[str, ...]:
    """One place or two, each a State's code or a UN region."""
    sides = tuple(part.strip() for part in word.split("-"))
    named = {c.region for c in countries().values() if c.region}
    known = {*countries(), *FORMER, *named}
    for side in sides:
        if side not in known or len(sides) > 2:
            raise ComityError(
                Fault(
                    "E457",
                    f"`{word[:60]}` is no corridor",
                    possible="a State's code, a region of the United Nations, or two with a hyphen",
                    suggestion=did_you_mean(side, known) or "--corridor DEU-TUR",
                )
            )
    return sides


def _joins(pair: Pair, sides: tuple[str, ...]) -> bool:
    places = [{code, region_of(code)} for code in pair]
    if len(sides) == 1:
        return any(sides[0] in place for place in places)
    return any(sides[0] in one and sides[1] in other for one, other in (places, reversed(places)))


def _people(corridor_word: str) -> dict[Pair, int]:
    sides = _sides(corridor_word) if corridor_word else ()
    found = people_of_pairs()
    return {p: n for p, n in found.items() if not sides or _joins(p, sides)}


# ---- what is said of them ----
def share_model(group: str, of: Share) -> BilateralShareModel:
    """A share with its intervals."""
    (low, high), (least, most) = of.interval, of.bounds
    return BilateralShareModel(
        group=group,
        all=of.all,
        some=of.some,
        none=of.none,
        not_observed=of.not_observed,
        coded=of.coded,
        formed=of.formed,
        is_few=of.coded < FEW,
        share=of.share,
        low=low,
        high=high,
        least=least,
        most=most,
    )


def _bundle(
    bundle: Bundle, several: tuple[BilateralAgreement, ...], people: dict[Pair, int]
) -> BilateralBundleModel:
    def by(
        key: Callable[[BilateralAgreement], str | None],
    ) -> dict[str, Share]:
        return {name: share_of(group, bundle) for name, group in grouped(several, key).items()}

    pairs = sorted(by(corridor).items(), key=lambda pair: (-pair[1].coded, pair[0]))
    return BilateralBundleModel(
        name=bundle.name,
        title=bundle.title,
        source=bundle.source,
        clauses=bundle.clauses,
        not_observed=bundle.unseen,
        total=share_model("all", share_of(several, bundle)),
        kept_by=tuple(
            f"{a.id} {corridor(a)} {a.year}"
            for a in several
            if a.coded is not None and keeps(a.coded, bundle) is Keeps.ALL
        ),
        by_decade=tuple(share_model(name, of) for name, of in by(decade).items()),
        by_regions=tuple(share_model(name, of) for name, of in by(regions).items()),
        corridors=tuple(share_model(n, of) for n, of in pairs[:MOST_CORRIDORS] if of.coded),
        sensitivity=tuple(_sensitivity(bundle, several)),
        people=tuple(_people_models(bundle, several, people)) if people else (),
    )


def _sensitivity(
    bundle: Bundle, several: tuple[BilateralAgreement, ...]
) -> Iterator[BilateralShareModel]:
    """The total without what the data mix in. Each keeps those formed that it can tell apart."""

    def without(name: str, leaves: Callable[[BilateralAgreement], bool]) -> BilateralShareModel:
        coded = [a for a in several if a.coded is not None and not leaves(a)]
        return share_model(name, share_of(coded, bundle))

    yield without("without amendments", lambda a: bool(a.coded and a.coded.amends))
    yield without("without memoranda", lambda a: bool(a.coded and a.coded.is_memorandum))
    yield without(
        "without holidays, students, trainees, youth",
        lambda a: bool(a.coded and any(w in a.coded.title.casefold() for w in SCHEMES)),
    )
    yield without("in English only", lambda a: bool(a.coded and a.coded.language != "English"))
    yield without("not in English", lambda a: bool(a.coded and a.coded.language == "English"))
    yield share_model("each pair once, its texts together", of_each_pair(several, bundle))
    for name in bundle.clauses:
        rest = tuple(other for other in bundle.clauses if other != name)
        asked = replace(bundle, clauses=rest)
        yield share_model(f"without asking for {name}", share_of(several, asked))


def _people_models(
    bundle: Bundle, several: tuple[BilateralAgreement, ...], people: dict[Pair, int]
) -> Iterator[BilateralPeopleModel]:
    sure = tuple(a for a in several if a.term_ends is not None and a.term_ends > ON)
    late = tuple(a for a in several if a.year is not None and a.year >= LATE)
    for reading, read, together in (
        ("the agreements of a pair together", several, True),
        ("the best single agreement of a pair", several, False),
        (f"as the first, of agreements since {LATE} alone", late, True),
        ("as the first, certain: of agreements in their stated term alone", sure, True),
    ):
        found = asdict(people_under(read, bundle, people, ON, together=together))
        few = [name for name, persons in found.items() if 0 < persons < FEWEST_PEOPLE]
        yield BilateralPeopleModel(
            reading=reading,
            everybody=None if few else sum(people.values()),
            hidden=bool(few),
            **{name: None if name in few else persons for name, persons in found.items()},
        )


def _clause(clause: Clause, several: tuple[BilateralAgreement, ...]) -> BilateralClauseModel:
    present, coded = present_in(several, clause.column)
    low, high = wilson(present, coded)
    return BilateralClauseModel(
        name=clause.column,
        number=clause.number,
        title=clause.title,
        right=clause.right,
        level=clause.level_words,
        doubt=clause.doubt,
        why_no_right=clause.why,
        present=present,
        coded=coded,
        share=present / coded if coded else None,
        low=low,
        high=high,
    )


def _coverage(several: tuple[BilateralAgreement, ...]) -> Iterator[BilateralCodedModel]:
    for by, key in (
        ("all", lambda _: "all"),
        ("decade", decade),
        ("regions", regions),
        ("collection", lambda a: a.collection or "not stated"),
    ):
        for group, members in grouped(several, key).items():
            coded = sum(a.coded is not None for a in members)
            yield BilateralCodedModel(
                by=by,
                group=group,
                formed=len(members),
                with_copy=sum(a.has_copy for a in members),
                coded=coded,
                share=coded / len(members),
            )


# ---- files ----
def write_out(document: BilateralDocument, path: Path) -> Path:
    """A CSV of the shares where the path ends in `.csv`, else a folder with a page; what was written.

    Raises ComityError (E460) if something is in the way.
    """
    from comity.api.brief_folder import writable, write_folder, write_whole
    from comity.brief.bilateral_pages import shares_csv, study_texts

    values = document.model_dump()
    if path.suffix == ".csv":
        write_whole(path, shares_csv(values))
        return path
    return write_folder(study_texts(values), writable(path))
