"""How an instrument is governed: who made it, who may read it, who looks whether it is kept.

Belongs here: the qualities that an instrument states of itself, with the evidence of each. Does not
belong here: what a quality is worth, and anything that bounds a right: no reader makes a position
of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from comity.agreement.nodes import ALWAYS, Validity
from comity.agreement.spans import NOWHERE, Span

NOTHING = ("nobody", "none", "nothing")
"""Options that say that there is none: each stands alone, never beside another option."""


@dataclass(frozen=True, slots=True)
class Governed:
    """What an instrument says of one quality, on the days of `validity`.

    values: in the order of the text, as the quality's type holds them (a level as its rank); one,
    unless the quality has several. evidence: the article, document or date that shows it.
    article: id of the article under which it stands, "" for none.
    What no statement says is not observed: there is no default.
    """

    name: str
    values: tuple[bool | int | str, ...]
    evidence: str
    doubt: str = ""
    validity: Validity = ALWAYS
    article: str = ""
    span: Span = field(default=NOWHERE, compare=False)


def governed_on(statements: Iterable[object], day: date) -> dict[str, Governed]:
    """What is said of each quality on a day, by its name, in the order of the text."""
    return {
        statement.name: statement
        for statement in statements
        if isinstance(statement, Governed) and statement.validity.on(day)
    }
