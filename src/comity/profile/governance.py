"""Governance: before whom a text makes its makers answer, how fast it locks in, who decided.

Belongs here: the one place that divides answerability into inward and outward, and the counts made of
what texts state. Does not belong here: what a text states (`agreement.governance`), people (`api`).

The division. *Inward* are those before whom the governed or their representatives can make a
government answer: its own parliament, its own courts, its own public, the persons concerned, an
elected assembly of the text's own. *Outward* are those who are not chosen by them and whom they
cannot remove: other executives, a stronger party, funders, a treaty body, a court of the region. A
treaty body and a regional court hear persons, and are yet no part of the people's own order; so that
no result hangs on that choice, `JUDGES` can be set apart as a class of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from comity.agreement.governance import Governed
from comity.agreement.instruments import Instrument
from comity.agreement.vocabulary import Vocabulary

INWARD = frozenset({"own_parliament", "own_courts", "own_public", "persons_concerned", "assembly"})
OUTWARD = frozenset(
    {"other_executives", "stronger_party", "funders", "treaty_body", "regional_court"}
)
JUDGES = frozenset({"treaty_body", "regional_court"})
"""Who hears persons from outside: outward, or in the sensitivity a class of its own."""

IN, OUT, JUDGE = "inward", "outward", "outside judge"
NOT_OBSERVED = "not observed"
PEOPLE_DECIDE = frozenset({"parliaments", "referendum"})
"""Deciders who are elected, or the people themselves."""

GOVERNANCE = (
    "published",
    "debated",
    "decided_by",
    "decision",
    "monitor",
    "answers_to",
    "complaint",
    "withdrawal",
    "notice",
    "conditionality",
    "leaving_costs",
)
"""The qualities of this section, in the order of its tables; openness has the others."""


def classes(*, judges_apart: bool = False) -> tuple[str, ...]:
    """The classes of answerability, in the order in which they are told."""
    if not judges_apart:
        return (IN, f"{IN} and {OUT}", OUT, NOT_OBSERVED)
    return (
        IN,
        f"{IN} and {JUDGE}",
        f"{IN} and {OUT}",
        f"{IN}, {JUDGE} and {OUT}",
        JUDGE,
        f"{JUDGE} and {OUT}",
        OUT,
        NOT_OBSERVED,
    )


def class_of(answers_to: Iterable[str], *, judges_apart: bool = False) -> str:
    """The class of those before whom a text answers; `not observed` where it names nobody.

    Raises ValueError for a word that stands in neither division: a new word is decided here first.
    """
    named = set(answers_to)
    strange = named - INWARD - OUTWARD
    if strange:
        raise ValueError(f"neither inward nor outward: {', '.join(sorted(strange))}")
    judges = named & JUDGES if judges_apart else set()
    there = (
        (IN, named & INWARD),
        (JUDGE, judges),
        (OUT, (named & OUTWARD) - judges),
    )
    parts = [word for word, members in there if members]
    if not parts:
        return NOT_OBSERVED
    return ", ".join([*parts[:-2], " and ".join(parts[-2:])])


@dataclass(frozen=True)
class Told:
    """What one text states of its governance on a day, by quality."""

    instrument: Instrument
    said: Mapping[str, Governed]
    words: Mapping[str, tuple[str, ...]]

    def of(self, quality: str) -> tuple[str, ...]:
        """The values of a quality in words; none where it is not observed."""
        return self.words.get(quality, ())

    def key(self, quality: str) -> str:
        """`INSTRUMENT/ARTICLE` of the statement. Raises KeyError for what is not stated."""
        return self.instrument.key(self.said[quality].article)

    def answers(self, *, judges_apart: bool = False) -> str:
        """Its class of answerability."""
        return class_of(self.of("answers_to"), judges_apart=judges_apart)

    @property
    def doubtful(self) -> int:
        """How many of the statements carry a doubt of the encoder."""
        return sum(1 for one in self.said.values() if one.doubt)


def told(instrument: Instrument, vocabulary: Vocabulary, day: date) -> Told:
    """What a text states of the qualities of this section on a day."""
    said = {name: one for name, one in instrument.governance_on(day).items() if name in GOVERNANCE}
    words = {
        name: tuple(vocabulary.qualities[name].name_of(value) for value in one.values)
        for name, one in said.items()
    }
    return Told(instrument, said, words)


def months_of_notice(one: Told) -> int | None:
    """Months between notice and leaving; None where it is not stated."""
    said = one.said.get("notice")
    if said is None:
        return None
    value = said.values[0]
    assert isinstance(value, int)
    return value


def left_at_once(one: Told) -> bool | None:
    """Whether a party may leave from one day to the next; None where neither word is stated.

    Leaving is free, or the notice is of no month.
    """
    months, leaving = months_of_notice(one), one.of("withdrawal")
    if months is None and not leaving:
        return None
    return months == 0 or leaving == ("free",)


def without_a_parliament(one: Told) -> bool | None:
    """Whether neither a parliament nor a vote of the people decided; None where it is not stated."""
    deciders = one.of("decided_by")
    return None if not deciders else not PEOPLE_DECIDE & set(deciders)
