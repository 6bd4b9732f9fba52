"""`list` and `show`: the library as documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from comity.agreement.instruments import Article, Instrument, article_of
from comity.agreement.statements import CaseStatement, Proof
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    DateType,
    EnumerationType,
    LevelType,
    NumberType,
    TruthType,
)
from comity.api import library as shelf
from comity.api.explaining import coverage_model
from comity.api.regimes import NAMED
from comity.api.schema import ArticleModel, InstrumentModel, ListDocument, ShowDocument
from comity.api.schema_reading import ReadingModel
from comity.language.faults import ComityError, Fault, nearest

Progress = Callable[[str, int, int], None]


def instrument_model(
    instrument: Instrument, day: date, articles: tuple[ArticleModel, ...] = ()
) -> InstrumentModel:
    """An instrument as a document."""
    return InstrumentModel(
        id=instrument.id,
        title=instrument.title,
        force=instrument.force.value,
        status=instrument.status,
        parties=len(instrument.parties_on(day)),
        coverage=coverage_model(instrument.coverage),
        cases=sum(isinstance(s, CaseStatement) for s in instrument.statements),
        proofs=sum(isinstance(s, Proof) for s in instrument.statements),
        citations=dict(instrument.citations),
        articles=articles,
    )


def list_document(day: date) -> ListDocument:
    """The library on a day."""
    library = shelf.packaged()
    if library.faults:
        raise ComityError(*library.faults)
    return ListDocument(
        date=day.isoformat(),
        named_lists=NAMED,
        instruments=tuple(instrument_model(i, day) for i in library.instruments.values()),
    )


def show_document(
    name: str,
    day: date,
    *,
    people: bool = False,
    compare: bool = False,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> ShowDocument:
    """An instrument with its articles, or with one article and its text, as the reading room has it.

    people: whether the world's population is counted. compare: whether `compare` is asked of
    versions whose verdict is not kept in `cache`. Raises ComityError (E305, E450).
    """
    from comity.api.reading_room import Room  # `list` needs none of it

    word, _, article = name.partition("/")
    library = shelf.packaged()
    if library.faults:
        raise ComityError(*library.faults)
    instrument = library.instruments.get(shelf.instrument_id(word))
    if instrument is None:
        raise shelf.no_such(word, library)
    chosen = _articles(instrument, article)
    room = Room(day, library, cache, progress)
    if people:
        room.count_people([instrument.id])
    read = room.reading(instrument.id, article=chosen[0].id if article else "", compare=compare)
    return document_of(instrument, day, read, chosen if article else ())


def document_of(
    instrument: Instrument, day: date, read: ReadingModel, chosen: Sequence[Article] = ()
) -> ShowDocument:
    """The document of an instrument that was read. chosen: articles shown with their text alone."""
    articles = tuple(
        ArticleModel(
            id=a.id,
            heading=a.heading,
            text=a.text if chosen else "",
            rules=tuple(
                instrument.key(n.id) for n in instrument.holdings if article_of(n.id) == a.id
            ),
        )
        for a in (chosen or instrument.articles)
    )
    return ShowDocument(
        date=day.isoformat(),
        instrument=instrument_model(instrument, day, articles),
        parties=tuple(sorted(instrument.parties_on(day))),
        reading=read,
    )


def _articles(instrument: Instrument, article: str) -> Sequence[Article]:
    """The article named, all if none is. Raises ComityError (E305)."""
    if not article:
        return instrument.articles
    wanted = article.replace(" ", "")
    chosen = [a for a in instrument.articles if a.id.lower() == wanted.lower()]
    if not chosen:
        known = [a.id for a in instrument.articles]
        guess = nearest(wanted, known)
        raise ComityError(
            Fault(
                "E305",
                f"`{instrument.id}` has no article `{article[:40]}`",
                possible=f"articles: {', '.join(known)}",
                suggestion=f"did you mean `{guess}`?" if guess else "",
            )
        )
    return chosen


def write_party_map(name: str, day: date, path: Path) -> tuple[str, ...]:
    """Writes the map of an instrument's parties on a day; the parties that have no place on it.

    Raises ComityError (E450, E460).
    """
    from comity.api.counts import write_map
    from comity.api.reading_parties import parties_map

    library = shelf.packaged()
    instrument = library.instruments.get(shelf.instrument_id(name.partition("/")[0]))
    if instrument is None:
        raise shelf.no_such(name, library)
    svg, lost = parties_map(instrument, day)
    write_map(path, svg)
    return lost


def words_of(what: str) -> list[dict[str, str]]:
    """The facts, rights or scales of the vocabulary with their types and meanings."""
    vocabulary = shelf.vocabulary()
    table = {"facts": vocabulary.facts, "rights": vocabulary.rights, "scales": vocabulary.scales}[
        what
    ]
    found = []
    for name, word in table.items():
        meaning = getattr(word, "meaning", None)
        found.append(
            {
                "name": name,
                "type": _type_words(getattr(word, "type", None))
                or " < ".join(getattr(word, "levels", ())),
                "meaning": meaning.text if meaning else "",
                "source": meaning.source if meaning else "",
            }
        )
    return found


def _type_words(kind: object) -> str:
    match kind:
        case LevelType(scale):
            return scale.name
        case NumberType(unit, high):
            return f"{unit} up to {high}"
        case EnumerationType(enumeration):
            return enumeration.name
        case TruthType():
            return "yes/no"
        case CountryType():
            return "country"
        case CountriesType():
            return "countries"
        case DateType():
            return "date"
        case _:
            return ""
