"""A case with articles out of the way, by changing the text, as `why_not` does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.agreement.cases import Case
from comity.agreement.instruments import Instrument, Statement
from comity.agreement.nodes import ALWAYS, Extension, Kind, Norm, Power, Standstill
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime, Unit
from comity.agreement.values import Truth
from comity.explain.evaluate import Evaluation


def with_articles_out(
    drawn: Regime,
    case: Case,
    articles: frozenset[str],
    made: dict[frozenset[str], Regime] | None = None,
) -> Evaluation:
    """The evaluation of a case once the articles are gone, or bind where they are guarantees.

    made: keeps the changed texts of one regime, for a caller that tries many cases.
    """
    if not articles:
        return Evaluation(drawn, case)
    made = {} if made is None else made
    lifted = {key for key in articles if _is_guarantee(drawn, key)}
    if articles not in made:
        instruments = tuple(_changed(i, articles, lifted) for i in drawn.instruments)
        library = {i.id: i for i in instruments}
        made[articles] = replace(drawn, instruments=instruments, library=library)
    return _Lifted(made[articles], case, frozenset(lifted), drawn)


def _is_guarantee(drawn: Regime, key: str) -> bool:
    node = drawn.nodes[key][0]
    return isinstance(node, Norm) and node.kind is Kind.GUARANTEE


def _changed(instrument: Instrument, articles: frozenset[str], lifted: set[str]) -> Instrument:
    body: list[Statement] = []
    for statement in instrument.statements:
        key = instrument.key(getattr(statement, "id", ""))
        if key in lifted and isinstance(statement, Norm):
            frame = replace(statement.frame, validity=ALWAYS)
            body.append(replace(statement, element="", soft=False, frame=frame))
        elif key not in articles:
            body.append(statement)
        else:
            assert not isinstance(statement, (Extension, Standstill))
            assert isinstance(statement, (Norm, Power)) or hasattr(statement, "targets")
    return replace(instrument, statements=tuple(body))


class _Lifted(Evaluation):
    """Guarantees that bind whoever the host is, in every instrument, on every day."""

    def __init__(
        self,
        regime: Regime,
        case: Case,
        lifted: frozenset[str],
        drawn: Regime,
        *,
        on: date | None = None,
        without_standstills: bool = False,
    ) -> None:
        super().__init__(regime, case, on=on, without_standstills=without_standstills)
        self.lifted, self.drawn = lifted, drawn

    def of_sponsor(self, right: str) -> Bounds | None:
        """The sponsor's own position is what the text gives: articles are out for the person."""
        unchanged = Evaluation(
            self.drawn, self.case, on=self.on, without_standstills=self.without_standstills
        )
        return unchanged.of_sponsor(right)

    def bound(self, key: str) -> Truth:
        return Truth.TRUE if key in self.lifted else super().bound(key)

    def units(self, right: str) -> tuple[Unit, ...]:
        units = super().units(right)
        more = [
            Unit(key, Kind.GUARANTEE, right, bounding.level)
            for key in sorted(self.lifted)
            for node in (self.regime.node(key, self.on),)  # as read; a reading is no article
            if isinstance(node, Norm)
            for bounding in node.boundings
            if bounding.right == right
        ]
        return (*units, *(unit for unit in more if unit not in units))

    def standstill_day(self, key: str) -> date | None:
        """Earlier days are asked with the same articles out of the way."""
        day = super().standstill_day(key)
        if day is not None and day not in self._earlier:
            self._earlier[day] = _Lifted(
                self.regime,
                self.case,
                self.lifted,
                self.drawn,
                on=day,
                without_standstills=True,
            )
        return day
