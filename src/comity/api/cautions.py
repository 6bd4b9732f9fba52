"""What a reader must know before any answer: reviews that are due, contested encodings, drafts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.language.faults import ComityError, Fault


def refuse_after_review(regime: Regime, today: date) -> None:
    """E452: personal answers stop once an instrument's review date has passed."""
    passed = [i for i in regime.instruments if i.review_by is not None and i.review_by < today]
    if passed:
        raise ComityError(
            *(
                Fault(
                    "E452",
                    f"`{i.id}` was to be reviewed by {i.review_by}; answers for a person "
                    "stop until somebody has",
                    i.span,
                    suggestion="review the encoding and set a new `review_by`",
                )
                for i in passed
            )
        )


def warnings_of(
    regime: Regime, day: date, touching: Collection[str] | None = None
) -> tuple[str, ...]:
    """What a reader of any result must know first: contested encodings, drafts, doubtful dates.

    touching: ids of the instruments on which the result may hang; None: those that bind somebody.
    """
    bound = {i.id for i in regime.instruments if i.force.binds} if touching is None else touching
    found = [*contest_warnings(i for i in regime.instruments if i.id in bound)]
    found += [
        f"{i.title} is a draft that binds nobody; it is read here as if in force everywhere."
        for i in regime.instruments
        if i.id in regime.for_every_host
    ]
    return (*found, *review_warnings(regime.instruments, day))


def contest_warnings(instruments: Iterable[Instrument]) -> tuple[str, ...]:
    """What every reader says of an encoding that is disputed."""
    return tuple(f"{i.title}: contested. {i.contested}" for i in instruments if i.contested)


def review_warnings(instruments: Iterable[Instrument], day: date) -> tuple[str, ...]:
    """What readers that answer for no single person say after a review date has passed."""
    return tuple(
        f"{i.title} was to be reviewed by {i.review_by}."
        for i in instruments
        if i.review_by is not None and i.review_by < day
    )
