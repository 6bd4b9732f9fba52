"""The law figures of one year and place: texts by force, States bound, States by right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.agreement.instruments import Force, Instrument, article_of
from comity.agreement.nodes import Kind
from comity.agreement.regimes import Regime
from comity.api.brief_law_texts import is_on
from comity.api.timeline_places import Place
from comity.world.countries import countries


@dataclass(frozen=True)
class Figure:
    """One figure of one year and place. Of persons: low certain, high possible, value ordinary.

    of: out of how many; of_high: persons, those who may stand twice included. articles: its nodes.
    """

    value: float | None
    low: float | None
    high: float | None
    of: int | None = None
    of_high: int | None = None
    hidden: bool = False
    articles: tuple[str, ...] = field(default=())


def exact(number: float, of: int | None, articles: tuple[str, ...] = ()) -> Figure:
    """A figure that rests on no unknown fact."""
    return Figure(number, number, number, of, articles=articles)


class LawOfDay:
    """A regime on one day: who is bound by which guarantee, read once for every place."""

    def __init__(self, regime: Regime, day: date) -> None:
        self.regime, self.day = regime, day
        self.standing = tuple(i for i in regime.instruments if is_on(i, day))
        self.bound: dict[str, dict[str, frozenset[str]]] = {}
        for right in regime.vocabulary.rights:
            nodes = {
                unit.node: regime.bound_states(
                    unit.node.partition("/")[0],
                    article_of(unit.node.partition("/")[2]),
                    day,
                )
                for unit in regime.units_on(right, day)
                if unit.kind is Kind.GUARANTEE
            }
            self.bound[right] = {node: states for node, states in nodes.items() if states}

    def guarantees(self, right: str, place: Place) -> Mapping[str, frozenset[str]]:
        """The guarantees of a right that bind a host of the place, and which hosts."""
        return {
            node: states & place.hosts
            for node, states in self.bound[right].items()
            if states & place.hosts
        }

    def bound_hosts(self, place: Place) -> frozenset[str]:
        """The hosts of a place that some guarantee of some right binds."""
        return frozenset().union(
            *(s for right in self.bound for s in self.guarantees(right, place).values())
        )

    def soft_hosts(self, place: Place) -> frozenset[str]:
        """The hosts of a place that take part in a political or informal text."""
        return frozenset().union(
            *(i.parties_on(self.day) & place.hosts for i in self.standing if not i.force.binds)
        )

    def texts(self, place: Place) -> tuple[Instrument, ...]:
        """The texts in force, or pressing, in which a host of the place takes part."""
        return tuple(i for i in self.standing if i.parties_on(self.day) & place.hosts)

    def states(self, place: Place) -> frozenset[str]:
        """The States of the place on the day: members of the United Nations of today that existed."""
        states = self.regime.vocabulary.states
        return frozenset(
            code
            for code in place.hosts
            if countries()[code].is_un_member and code in states and states[code].existed(self.day)
        )


def law_figures(law: LawOfDay, place: Place) -> Iterator[tuple[str, Figure]]:
    """Every law figure of a place, by its id."""
    texts = law.texts(place)
    for force in Force:
        named = tuple(i.id for i in texts if i.force is force)
        yield f"texts.{force.value}", exact(len(named), len(texts), named)
    states, bound, soft = law.states(place), law.bound_hosts(place), law.soft_hosts(place)
    yield "states.bound", exact(len(states & bound), len(states))
    yield "states.soft", exact(len(states & soft), len(states))
    yield "states.soft_only", exact(len(states & (soft - bound)), len(states))
    for right in law.bound:
        nodes = law.guarantees(right, place)
        held = frozenset().union(*nodes.values()) & states
        if nodes:
            yield f"right.{right}", exact(len(held), len(states), tuple(nodes))
