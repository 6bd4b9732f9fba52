"""The persons that `prove` invents, as a dossier tells them: in words, two of them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from comity.agreement.regimes import Regime
from comity.agreement.values import exactly
from comity.agreement.vocabulary import CountriesType, CountryType
from comity.api.brief_words import Plain, country_name, plain
from comity.api.explaining import possible_words, question_text
from comity.api.schema_proofs import ArticleModel, PersonModel, ToldFactModel, ToldRightModel
from comity.brief.context import ArticleRef
from comity.brief.guarantees import Articles, InventedPerson, ToldFact, ToldRight

_HOST, _NATIONALITY = "host", "nationality"
_BLOCKER = re.compile(r"(\S+) is (?=[^;]*, would have to be )")
"""A fact that stands in the way, as `why_not` names it: by its path."""


def persons(
    first: PersonModel, second: PersonModel | None, regime: Regime
) -> tuple[InventedPerson, InventedPerson | None]:
    """The person of a refutation; of two, what both share and in what they part."""
    words = Plain(regime)
    if second is None:
        return _person(first, _facts(first.facts, words), (), words), None
    one, other = ({f.fact: f for f in person.facts} for person in (first, second))
    apart = [
        path
        for path in dict.fromkeys((*one, *other))
        if path not in one or path not in other or one[path].value != other[path].value
    ]
    shared = _facts((f for f in first.facts if f.fact not in apart), words)
    return (
        _person(first, shared, _apart(apart, one, words), words),
        _person(second, shared, _apart(apart, other, words), words),
    )


def _person(
    told: PersonModel, facts: tuple[ToldFact, ...], differs: tuple[ToldFact, ...], words: Plain
) -> InventedPerson:
    return InventedPerson(_who(told), facts, tuple(_right(r, words) for r in told.rights), differs)


def _who(told: PersonModel) -> str:
    """`Nationality: Syrian Arab Republic. Host: Sweden`."""
    known = {fact.fact: _countries(fact.value) for fact in told.facts}
    of, host = known.get(_NATIONALITY, ""), known.get(_HOST, "")
    named = "Stateless" if of == "none" else f"Nationality: {of}" if of else ""
    return ". ".join(part for part in (named, f"Host: {host}" if host else "") if part)


def _countries(codes: str) -> str:
    """Codes of countries, joined by commas or `or`, as names."""
    return re.sub(r"\b[A-Z]{3}\b", lambda found: country_name(found[0]), codes)


def _facts(facts: Iterable[ToldFactModel], words: Plain) -> tuple[ToldFact, ...]:
    return tuple(
        _fact(fact.fact, fact.value, words)
        for fact in facts
        if fact.fact not in (_HOST, _NATIONALITY)
    )


def _fact(path: str, value: str, words: Plain) -> ToldFact:
    declared = words.vocabulary.fact(path)
    is_country = declared is not None and isinstance(declared.type, (CountryType, CountriesType))
    meaning = question_text(path, words.regime) if " " in path else words.fact(path)
    return ToldFact(meaning, _countries(value) if is_country else plain(value))


def _apart(
    paths: Iterable[str], known: Mapping[str, ToldFactModel], words: Plain
) -> tuple[ToldFact, ...]:
    """The facts in which two persons part, as one of them has them: told or ordinary."""
    return tuple(
        _fact(path, known[path].value if path in known else _ordinary(path, words), words)
        for path in paths
    )


def _ordinary(path: str, words: Plain) -> str:
    declared = words.vocabulary.fact(path)
    if declared is None:
        return "no"
    if declared.ordinary is None:
        return "as usual"
    return possible_words(exactly(declared.ordinary), declared.type)


def _right(told: ToldRightModel, words: Plain) -> ToldRight:
    return ToldRight(
        words.right(told.right),
        plain(told.statement),
        references(told.by, words.regime),
        references(told.missing, words.regime),
        _why_not(told.why_not, words),
        tuple(plain(grant) for grant in told.may_grant),
    )


def _why_not(text: str, words: Plain) -> str:
    """What stands in the way, facts by what they mean."""

    def meaning(found: re.Match[str]) -> str:
        path = found[1]
        return f"{words.fact(path)}: " if words.vocabulary.fact(path) else found[0]

    return plain(_BLOCKER.sub(meaning, text))


# ---- articles ----
def references(articles: Iterable[ArticleModel], regime: Regime) -> tuple[ArticleRef, ...]:
    """Articles that fire, or that would have had to: the text, the rule, the heading above it."""
    return tuple(
        ArticleRef(_title(a.key, regime), a.key.partition("/")[2], a.article) for a in articles
    )


def by_instrument(
    articles: Iterable[ArticleModel], regime: Regime, first: str
) -> tuple[Articles, ...]:
    """Rules and definitions gathered by text and article, in the order of each text.

    first: id of the text that is named before the others.
    """
    found: dict[str, list[str]] = {}
    for article in sorted(articles, key=lambda a: a.key.partition("/")[0] != first):
        found.setdefault(article.key.partition("/")[0], []).append(article.article)
    gathered = []
    for instrument, headings in found.items():
        text = regime.library.get(instrument)
        order = {a.heading: n for n, a in enumerate(text.articles)} if text is not None else {}
        known = sorted(dict.fromkeys(headings), key=lambda h: order.get(h, len(order)))
        names = tuple(dict.fromkeys(heading.partition(". ")[0] for heading in known))
        gathered.append(Articles(text.title if text is not None else instrument, names))
    return tuple(gathered)


def _title(key: str, regime: Regime) -> str:
    instrument = regime.library.get(key.partition("/")[0])
    return instrument.title if instrument is not None else key
