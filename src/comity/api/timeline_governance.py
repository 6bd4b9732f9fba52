"""The law figures of a year that say how its texts are governed: who reads, watches, answers, hears."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from comity.agreement.governance import Governed
from comity.agreement.vocabulary import Vocabulary
from comity.api.timeline_law import Figure, LawOfDay, exact
from comity.api.timeline_places import Place
from comity.profile.governance import INWARD, JUDGES, OUTWARD

Holds: TypeAlias = Callable[[Vocabulary, Governed], bool]

EXECUTIVES = OUTWARD - JUDGES
"""Of those outside, who decide or pay. Bodies of treaties are external too, and open to reasons: here
they are told apart, as in the profile's sensitivity."""
APART_FROM_EXECUTIVES = frozenset({"experts", "parliament", "court", "public"})


def _among(options: frozenset[str]) -> Holds:
    return lambda _vocabulary, said: bool(options & {str(v) for v in said.values})


def _only(options: frozenset[str]) -> Holds:
    return lambda _vocabulary, said: {str(v) for v in said.values} <= options


def _at_least(scale: str, level: str) -> Holds:
    return lambda vocabulary, said: int(said.values[0]) >= vocabulary.scales[scale].rank(level)


@dataclass(frozen=True)
class Quality:
    """A figure: how many of the texts that state a quality have it in this way."""

    id: str
    title: str
    quality: str
    holds: Holds
    words: str


QUALITIES = (
    Quality(
        "governance.inward",
        "Answer inward",
        "answers_to",
        _among(INWARD),
        "answer, among others, to the own parliament, courts or public, to the persons concerned, or to "
        "an assembly",
    ),
    Quality(
        "governance.outward",
        "Answer outward",
        "answers_to",
        _among(EXECUTIVES),
        "answer, among others, to other executives, a stronger party or those who pay",
    ),
    Quality(
        "governance.outward_only",
        "Answer outward alone",
        "answers_to",
        _only(EXECUTIVES),
        "answer to other executives, a stronger party or those who pay, and to nobody else",
    ),
    Quality(
        "governance.judged",
        "Answer to a body of the treaty",
        "answers_to",
        _among(JUDGES),
        "answer, among others, to a treaty body or a regional court",
    ),
    Quality(
        "governance.complaint",
        "Hear a person's complaint",
        "complaint",
        _at_least("route", "committee"),
        "let a person complain to a committee or a court",
    ),
    Quality(
        "governance.published",
        "Published in full",
        "published",
        _at_least("publicity", "full"),
        "are published in full, acts included",
    ),
    Quality(
        "governance.debated",
        "Debated before",
        "debated",
        _at_least("debate", "some_parliaments"),
        "were debated by at least some parliaments before the State was bound",
    ),
    Quality(
        "governance.watched",
        "Watched from outside",
        "monitor",
        _among(APART_FROM_EXECUTIVES),
        "are watched by experts, a parliament, a court or the public",
    ),
)


def governance_figures(law: LawOfDay, place: Place) -> Iterator[tuple[str, Figure]]:
    """Every figure of governance of a place, by its id; out of the texts that state the quality.

    What a text does not state is not observed, and counts neither way.
    """
    vocabulary = law.regime.vocabulary
    said: dict[str, Mapping[str, Governed]] = {
        text.id: text.governance_on(law.day) for text in law.texts(place)
    }
    stated = [name for name, qualities in said.items() if qualities]
    if not stated:
        return
    yield "governance.observed", exact(len(stated), len(said), tuple(stated))
    for one in QUALITIES:
        known = {name: q[one.quality] for name, q in said.items() if one.quality in q}
        holding = {
            name: said_of for name, said_of in known.items() if one.holds(vocabulary, said_of)
        }
        if known:
            nodes = tuple(f"{name}/{said_of.article}" for name, said_of in holding.items())
            yield one.id, exact(len(holding), len(known), nodes)
