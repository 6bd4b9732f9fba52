"""What a text leaves open: the bounds of its parameters, the articles that may be reserved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.agreement.cases import Case
from comity.agreement.instruments import Force, Instrument, article_of
from comity.agreement.nodes import Norm, NormException, Parameter, Power, Standstill, Unreservable
from comity.agreement.regimes import Regime
from comity.agreement.values import Range


def parameters_of(regime: Regime, day: date) -> Iterator[tuple[str, Parameter]]:
    """The parameters of a regime's own instruments as read, by `INSTRUMENT/NAME`."""
    for instrument in regime.instruments:
        for statement in instrument.statements:
            if isinstance(statement, Parameter) and regime.is_read(
                statement.under, instrument.id, day
            ):
                yield f"{instrument.id}/{statement.name}", statement


def bounds_of(parameter: Parameter) -> tuple[int, int]:
    """Least and greatest value that the text allows; a side to which it sets no bound is fixed."""
    value = parameter.value.value
    low = value if parameter.low is None else parameter.low.value
    high = value if parameter.high is None else parameter.high.value
    return min(low, value), max(high, value)


def as_varied(regime: Regime, case: Case) -> Regime:
    """The regime with the values of parameters that a case gives (`parameter INSTRUMENT/NAME`)."""
    if regime.is_fixed:
        return regime
    varied = {
        path.removeprefix("parameter "): known.low
        for path, known in case.facts.items()
        if path.startswith("parameter ") and isinstance(known, Range)
    }
    return regime.varied(varied) if varied else regime


def may_be_reserved(instrument: Instrument, article: str) -> bool:
    """Whether a party may make a reservation to an article.

    A treaty that is silent permits what is compatible with its object (Vienna Convention on the Law
    of Treaties, Article 19); a directive permits none.
    """
    if instrument.force is not Force.BINDING:
        return False
    return not any(
        isinstance(s, Unreservable) and article in s.articles for s in instrument.statements
    )


def reservable_articles(instrument: Instrument) -> tuple[str, ...]:
    """The articles with norms to which a party may make a reservation, in the order of the text."""
    articles = dict.fromkeys(
        article_of(node.id)
        for node in instrument.holdings
        if isinstance(node, (Norm, NormException, Power, Standstill))
    )
    return tuple(article for article in articles if may_be_reserved(instrument, article))
