"""Which nodes of an instrument preserve earlier law, and since when a party is bound."""

from __future__ import annotations

from datetime import date

from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Standstill
from comity.agreement.vocabulary import Member


def standstills_of(instrument: Instrument) -> list[str]:
    """Ids of its standstills, each once, in the order of the text."""
    return list(dict.fromkeys(n.id for n in instrument.holdings if isinstance(n, Standstill)))


def is_before(member: Member, day: date) -> bool:
    """Whether the spell began on a day that is known and not later."""
    return member.since is not None and member.since <= day
