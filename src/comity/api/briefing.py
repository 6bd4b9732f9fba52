"""`brief`: the dossier on a draft, from positions of invented persons and counts of real people."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import comity
from comity.agreement.cases import Case
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Kind
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.agreement.vocabulary import LevelType, Right
from comity.api.counting import STEPS_OF, Count, Records, Tally, count, hanging
from comity.api.explaining import question_text
from comity.api.regimes import Read, read_regime
from comity.api.schema import BriefDocument, FindingModel
from comity.brief.context import (
    ArticleRef,
    Assumptions,
    Bounds,
    Bridge,
    BridgeStep,
    Caveat,
    Convention,
    Coverage,
    DiscretionRow,
    DossierContext,
    EstimateRow,
    EstimateTable,
    FigureBlock,
    Finding,
    Law,
    MapFigure,
    Measure,
    OutOfScope,
    Reading,
    RightBounds,
    RightComparison,
    Situation,
    SourceNote,
)
from comity.brief.dossier import write_dossier
from comity.brief.projection import LonLat
from comity.explain.answer import Answer, Reason, RightAnswer, explain
from comity.language.case_files import read_case
from comity.language.documents import decode
from comity.language.faults import ComityError, Fault
from comity.world.assumptions import NOTHING, ORDINARY
from comity.world.bridge import BridgeRow, bridge
from comity.world.conflict import DangerReading
from comity.world.countries import country
from comity.world.listing import list_sources, sources_at
from comity.world.population import Cell, population

SITUATIONS = ("bystander", "unremovable", "settled_cook")
SHOWN = ("stay", "shield", "permit", "work", "family", "tenure", "decision", "detention", "health")
"""Rights that the dossier compares for each person, where either law speaks of them."""
BREAKS = (10_000.0, 50_000.0, 200_000.0, 1_000_000.0, 3_000_000.0)
UNKNOWN_ORIGIN = "OOO"
LAWS: tuple[Law, Law] = ("today", "draft")

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class _Side:
    """One of the two laws with its count in progress."""

    read: Read
    tally: Tally


def brief(
    regime: str,
    against: str,
    folder: Path,
    *,
    on: date,
    today: date,
    mirror: Path | None,
    cache: Path,
    readings: Mapping[str, str] | None = None,
    danger: str = "person",
    progress: Progress | None = None,
) -> BriefDocument:
    """Writes the dossier on a regime that contains a draft, beside another regime.

    danger: the reading of conflict data (`person` or `situation`). Raises ComityError and, from the
    rooms below, their coded errors. The folder is written whole or not at all.
    """
    started = time.perf_counter()
    report = progress or (lambda _what, _done, _all: None)
    chosen = DangerReading(danger)
    both = [read_regime(name, readings=readings) for name in (against, regime)]
    records = Records(both[0].regime.vocabulary, on, chosen)
    now, then = (_Side(read, Tally(read.regime, records)) for read in both)
    drafts = [i for i in then.read.regime.instruments if i.is_draft]
    if not drafts:
        raise ComityError(
            Fault(
                "E450",
                f"`{regime}` contains no draft, so there is nothing to set beside today",
                suggestion="comity brief imfc --against encoded",
            )
        )
    cells = population()
    counts = _counts(now, then, cells, report)
    figures = _figures(counts)
    context = DossierContext(
        title=drafts[0].title,
        lead="Who would be owed what if the draft Convention were in force, and who is left out today.",
        today="today's encoded instruments",
        draft="the draft Convention",
        law_on=on,
        run_on=today,
        version=comity.__version__,
        assumptions=_assumptions(now, cells, report),
        convention=_convention(drafts[0]),
        findings=_findings(counts, now, then, cells),
        situations=tuple(
            _situation(name, now.read.regime, then.read.regime, on) for name in SITUATIONS
        ),
        figures=figures,
        discretion=_discretion(now, then, cells),
        out_of_scope=_out_of_scope(counts, len(now.read.regime.instruments)),
        bridges=_bridges(bridge()),
        coverage=tuple(_coverage(i) for i in then.read.regime.instruments),
        readings=(*_readings(then.read.regime, on), _danger_reading(chosen)),
        sources=_sources(mirror, cache),
        caveats=_caveats(),
    )
    path = write_dossier(context, folder)
    written = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    return BriefDocument(
        path=str(path),
        sections=_sections(),
        files=tuple(written),
        seconds=round(time.perf_counter() - started, 1),
        findings=tuple(
            FindingModel(
                text=f.sentence,
                certain=f.bounds.certain if f.bounds else None,
                possible=f.bounds.possible if f.bounds else None,
                assumed=f.bounds.assumed if f.bounds else None,
            )
            for f in context.findings
        ),
    )


def _sections() -> tuple[str, ...]:
    return (
        "findings",
        "convention",
        "situations",
        "figures",
        "discretion",
        "not-counted",
        "bridges",
        "coverage",
        "readings",
        "sources",
        "caveats",
    )


# ---- counts ----
@dataclass(frozen=True)
class _Counts:
    """Counts by property, law and key."""

    by_host: Mapping[tuple[str, str], Mapping[str, Count]]
    by_origin: Mapping[tuple[str, str], Mapping[str, Count]]

    def total(self, prop: str, law: str) -> Count:
        """All people of a property under a law."""
        return sum(self.by_host[prop, law].values(), Count())


PROPERTIES = ("protected_without_status", "lasting", "nothing_guaranteed", "host_bound")


def _counts(now: _Side, then: _Side, cells: Sequence[Cell], report: Progress) -> _Counts:
    by_host: dict[tuple[str, str], Mapping[str, Count]] = {}
    by_origin: dict[tuple[str, str], Mapping[str, Count]] = {}
    steps, done = 2 * len(cells), 0
    for law, name in ((now, "today"), (then, "draft")):
        for number, cell in enumerate(cells):
            law.tally.standing(cell, NOTHING)
            law.tally.standing(cell, ORDINARY)
            if number % 500 == 0:
                report(f"reading {name}'s law for each distinct record", done + number, steps)
        done += len(cells)
        for prop in PROPERTIES:
            by_host[prop, name] = count(law.tally, cells, lambda c: c.host, prop)
            by_origin[prop, name] = count(
                law.tally, cells, lambda c: c.origin or UNKNOWN_ORIGIN, prop
            )
    report("writing", steps, steps)
    return _Counts(by_host, by_origin)


def _bounds(found: Count | None) -> Bounds:
    found = found or Count()
    return Bounds(found.certain, found.possible, found.assumed)


def _table(
    counts: Mapping[tuple[str, str], Mapping[str, Count]],
    prop: str,
    *,
    id_: str,
    title: str,
    by: str,
) -> EstimateTable:
    today, draft = counts[prop, "today"], counts[prop, "draft"]
    codes = sorted({*today, *draft})
    rows = tuple(
        EstimateRow(code, _name(code), _bounds(today.get(code)), _bounds(draft.get(code)))
        for code in codes
    )
    ordered = sorted(rows, key=lambda r: (-r.today.possible, r.code))
    return EstimateTable(id_, title, by, "persons", tuple(ordered))


def _name(code: str) -> str:
    return "Origin unknown" if code == UNKNOWN_ORIGIN else country(code).name


def _figures(counts: _Counts) -> tuple[FigureBlock, ...]:
    limbo = "protected_without_status"
    hosts = _table(
        counts.by_host,
        limbo,
        id_="protected-without-status-by-host",
        by="host",
        title="Protected from return, no status that lasts: by host",
    )
    origins = _table(
        counts.by_origin,
        limbo,
        id_="protected-without-status-by-origin",
        by="origin",
        title="Protected from return, no status that lasts: by origin",
    )
    lasting = _table(
        counts.by_host,
        "lasting",
        id_="lasting-status-by-host",
        by="host",
        title="A status that lasts is guaranteed: by host",
    )
    dots = _dots({row.code for table in (hosts, origins) for row in table.rows})
    used = ("un_desa_stock_2024", "unhcr_population", "unhcr_asylum_decisions", "ucdp_prio_acd")
    lead = (
        "People whose removal to the place of danger the encoded texts bar, and to whom no encoded "
        "text guarantees a status of at least a temporary stay. A State may still grant one."
    )
    return (
        FigureBlock(
            "Protected from return, without a status that lasts",
            lead,
            hosts,
            (
                *(_map(hosts, law, "assumed", dots) for law in LAWS),
                _map(hosts, "today", "possible", dots),
            ),
            15,
            used,
            _count_caveats(),
        ),
        FigureBlock(
            "Where they come from",
            "The same people by country of origin.",
            origins,
            (_map(origins, "today", "assumed", dots),),
            15,
            used,
            (),
        ),
        FigureBlock(
            "A status that lasts",
            "People to whom a stay of at least `temporary` is guaranteed by an encoded text.",
            lasting,
            (_map(lasting, "draft", "assumed", dots),),
            10,
            used,
            (),
        ),
    )


def _dots(codes: set[str]) -> dict[str, LonLat]:
    """Where a dot stands for a country without a shape on the map: its capital or main place."""
    found: dict[str, LonLat] = {}
    for code in sorted(codes - {UNKNOWN_ORIGIN}):
        place = country(code)
        if place.longitude is not None and place.latitude is not None:
            found[code] = (place.longitude, place.latitude)
    return found


_MEASURES: dict[Measure, str] = {
    "certain": "certain, nothing assumed",
    "possible": "possible, nothing assumed",
    "assumed": "under the set ordinary",
}


def _map(table: EstimateTable, law: Law, measure: Measure, dots: Mapping[str, LonLat]) -> MapFigure:
    which = "today's encoded instruments" if law == "today" else "the draft Convention"
    return MapFigure(
        f"{table.id}-{law}-{measure}",
        f"{table.title}, {which} ({_MEASURES[measure]})",
        f"World map of persons by {table.by} under {which}, {_MEASURES[measure]}. The table below "
        "holds every number.",
        law,
        measure,
        BREAKS,
        dots,
        tuple(r.code for r in table.rows if r.code == UNKNOWN_ORIGIN),
    )


def _assumptions(now: _Side, cells: Sequence[Cell], report: Progress) -> Assumptions:
    """The set with, for each sentence, the people of the first finding who hang on it."""
    report("who hangs on which assumption", 0, 1)
    sentences = []
    for one in hanging(now.tally, cells, "protected_without_status"):
        people = (
            f"{_million(one.persons)} people hang on it" if one.persons else "nobody hangs on it"
        )
        sentences.append(f"{one.sentence} ({people})")
    return Assumptions(ORDINARY.name, tuple(sentences))


# ---- findings ----
def _million(persons: int) -> str:
    return f"{persons / 1e6:.1f} million" if persons >= 100_000 else f"{persons:,}"


def _findings(
    counts: _Counts, now: _Side, then: _Side, cells: Sequence[Cell]
) -> tuple[Finding, ...]:
    limbo = {law: counts.total("protected_without_status", law) for law in LAWS}
    lasting = {law: counts.total("lasting", law) for law in LAWS}
    nothing = counts.total("nothing_guaranteed", "today")
    unbound = sum(
        c.persons
        for c in cells
        if c.is_certain and now.tally.standing(c, NOTHING).properties["host_bound"] is Truth.FALSE
    )
    stay = next(r for r in _discretion(now, then, cells) if r.right == "stay")
    today, draft = "under today's encoded instruments", "under the draft Convention"
    block = "protected-without-status-by-host"
    return (
        Finding(
            f"{_people(limbo['today'].assumed)} are protected from return and have no guaranteed "
            "status that lasts.",
            today,
            _bounds(limbo["today"]),
            "persons",
            "The texts bar their removal to the danger, and none of them guarantees a stay of at "
            "least a temporary permit. A State may still grant one.",
            block,
        ),
        Finding(
            f"By the same count {_people(limbo['draft'].assumed).lower()} would be in that position under the draft.",
            draft,
            _bounds(limbo["draft"]),
            "persons",
            "Under the draft the shield and the status come together. Its known faults leave "
            "persons between them whom no statistic shows: the proofs beside its articles do.",
            block,
        ),
        Finding(
            f"{_people(lasting['draft'].assumed)} would be owed a status that lasts; today's encoded "
            f"instruments owe one to {_people(lasting['today'].assumed).lower()}.",
            draft,
            _bounds(lasting["draft"]),
            "persons",
            "For their danger alone. Long residence, which the draft counts too, is not known for "
            "most people: they are possible, not certain.",
            "lasting-status-by-host",
        ),
        Finding(
            f"On the status of stay the texts leave a State {_steps(stay.today_low, stay.today_high)} "
            f"of {stay.steps} steps today, {_steps(stay.draft_low, stay.draft_high)} under the draft.",
            "under both laws",
            None,
            "steps of the scale",
            "The mean over all people counted, under the set ordinary; the range is what stays "
            "unknown even so. What a State may decide as it likes is its discretion.",
            "discretion",
        ),
        Finding(
            f"{_people(nothing.assumed)} are guaranteed nothing by any encoded article: "
            f"{_people(unbound).lower()} live in hosts that no encoded instrument binds.",
            today,
            _bounds(nothing),
            "persons",
            "The library is not whole yet: other treaties, regional law and national law may give "
            "these people rights. Nothing is said of them here.",
            "not-counted",
        ),
    )


def _people(persons: int) -> str:
    return "Nobody" if persons == 0 else f"{_million(persons)} people"


def _steps(low: float, high: float) -> str:
    first, last = f"{low:.1f}", f"{high:.1f}"
    return first if first == last else f"{first} to {last}"


# ---- persons ----
def read_situation(name: str, regime: Regime, on: date) -> tuple[Case, str, str]:
    """An invented person: the case on a day, the role, the story."""
    label = f"situations/{name}.yaml"
    text = decode((files("comity.api") / "situations" / f"{name}.yaml").read_bytes(), label)
    if isinstance(text, Fault):
        raise ComityError(text)
    record = read_case(text, label, regime.vocabulary, today=on)
    return record.case, record.title, record.note


def _situation(name: str, now: Regime, then: Regime, on: date) -> Situation:
    case, role, story = read_situation(name, then, on)
    answers = [explain(regime, case, why_not=False, part=False) for regime in (now, then)]
    rights = tuple(
        _comparison(answers[0].right(right), answers[1].right(right), answers)
        for right in then.vocabulary.rights
        if _worth_showing(right, answers)
    )
    conflicts = tuple(
        f"{c.guarantee} against {c.limit} on {c.right}" for a in answers for c in a.conflicts
    )
    asked = tuple(question_text(q.path, then) for q in answers[1].questions[:4])
    host = next(iter(case.host.names or ())) if hasattr(case.host, "names") else ""
    return Situation(
        name.replace("_", "-"), role, story, country(host).name, on, rights, asked, conflicts
    )


def _worth_showing(right: str, answers: Sequence[Answer]) -> bool:
    return right in SHOWN and any(answer.right(right).says_something for answer in answers)


def _comparison(
    today: RightAnswer, draft: RightAnswer, answers: Sequence[Answer]
) -> RightComparison:
    right = today.right
    levels = right.type.scale.levels if isinstance(right.type, LevelType) else ()
    return RightComparison(
        right.name,
        right.meaning.text if right.meaning else right.name,
        levels,
        _right_bounds(today, answers[0]),
        _right_bounds(draft, answers[1]),
        right.less_is_better,
    )


def _right_bounds(answer: RightAnswer, whole: Answer) -> RightBounds:
    right, bounds = answer.right, answer.bounds
    return RightBounds(
        _level(right, bounds.lower, 0),
        _level(right, bounds.upper, right.top),
        _level(right, bounds.lower_possible, 0),
        _level(right, bounds.upper_possible, right.top),
        _articles(
            [
                r
                for r in answer.reasons
                if r.kind is Kind.GUARANTEE
                and r.truth is Truth.TRUE
                and r.level >= bounds.lower > 0
            ],
            whole,
        ),
        _articles(
            [r for r in answer.reasons if r.kind is Kind.LIMIT and r.truth is Truth.TRUE], whole
        ),
        _articles(answer.defeated, whole),
        "rests on a comparison alone" if answer.comparator_alone else "",
    )


def _level(right: Right, rank: int, silent: int) -> str:
    """A level's name; for a number "" where no text sets one."""
    if not isinstance(right.type, LevelType) and rank == silent:
        return ""
    return right.name_of(rank)


def _articles(reasons: Sequence[Reason], whole: Answer) -> tuple[ArticleRef, ...]:
    found: dict[tuple[str, str], ArticleRef] = {}
    for reason in reasons:
        title = whole.regime.by_id[reason.instrument].title
        found[reason.instrument, reason.article] = ArticleRef(
            title, reason.node.partition("/")[2], reason.heading
        )
    return tuple(found.values())


# ---- discretion, scope ----
def _discretion(now: _Side, then: _Side, cells: Sequence[Cell]) -> tuple[DiscretionRow, ...]:
    rows = []
    certain = [c for c in cells if c.is_certain]
    people = sum(c.persons for c in certain)
    for name in STEPS_OF:
        right = now.read.regime.vocabulary.rights[name]
        means = []
        for law in (now, then):
            low = high = 0
            for cell in certain:
                b = law.tally.standing(cell, ORDINARY).bounds[name]
                low += cell.persons * max(0, b.upper - b.lower_possible)
                high += cell.persons * max(0, b.upper_possible - b.lower)
            means += [low / people, high / people]
        rows.append(
            DiscretionRow(name, right.meaning.text if right.meaning else name, right.top, *means)
        )
    return tuple(rows)


def _out_of_scope(counts: _Counts, encoded: int) -> tuple[OutOfScope, ...]:
    def persons(words: str) -> Bounds | None:
        found = [row.persons for row in bridge() if words in row.label]
        return Bounds(found[0], found[0], found[0]) if found else None

    return (
        OutOfScope(
            "People to whom no encoded article guarantees anything",
            _bounds(counts.total("nothing_guaranteed", "today")),
            f"{encoded} instruments in force are encoded so far. Other treaties, regional and "
            "national law may give these people rights: nothing is said of them.",
        ),
        OutOfScope(
            "People displaced inside their own country",
            persons("displaced inside their own country"),
            "They have no host State; no encoded instrument speaks of them.",
        ),
        OutOfScope(
            "Others of concern to UNHCR",
            persons("others of concern to UNHCR"),
            "The figure does not say in what position they are.",
        ),
        OutOfScope(
            "Palestine refugees under UNRWA's mandate",
            None,
            "About 5.9 million; not part of UNHCR's figures and not yet in the population.",
        ),
        OutOfScope(
            "People without papers whom no register counts",
            None,
            "No source in use counts them; they are part of the migrant stock only where a "
            "census reached them.",
        ),
    )


def _bridges(rows: Sequence[BridgeRow]) -> tuple[Bridge, ...]:
    """Each published total with the parts into which it goes."""
    made = []
    index = 0
    while index < len(rows):
        total = rows[index]
        parts = []
        index += 1
        while index < len(rows) and rows[index].level > 0:
            parts.append(rows[index])
            index += 1
        if parts and sum(p.persons for p in parts) == total.persons:
            made.append(
                Bridge(
                    total.label,
                    BridgeStep(total.label, total.persons, total.source),
                    tuple(BridgeStep(p.label, -p.persons, p.source) for p in parts),
                    BridgeStep("left over", 0),
                )
            )
    return tuple(made)


# ---- the rest of the page ----
def _convention(draft: Instrument) -> Convention:
    points = tuple(
        (article.heading, _opening(article.text))
        for article in draft.articles
        if article.id in ("1", "10", "11", "13", "14", "16", "22", "25", "27", "42")
    )
    return Convention(
        draft.title,
        (
            "A proposal for a treaty of all States on the movement of people. It is a draft: no State is "
            "party to it, and it is read here as if it were in force everywhere.",
            "It protects by the immediacy and the degree of life-threatening violence, puts victims, "
            "activists and targets on an equal footing, lets nobody stay both unreturnable and without "
            "status, sets minimum criteria for voluntary migration, and lets regional agreements operate "
            "only as a whole.",
        ),
        points,
    )


def _opening(text: str, most: int = 420) -> str:
    """The first paragraph of an article in whole sentences, without marks of emphasis."""
    plain = " ".join(text.split("\n\n")[0].replace("*", "").split())
    if len(plain) <= most:
        return plain
    cut = plain[:most].rfind(". ")
    return f"{plain[: cut + 1]} [...]" if cut > 0 else f"{plain[:most].rsplit(' ', 1)[0]} [...]"


def _coverage(instrument: Instrument) -> Coverage:
    c = instrument.coverage
    return Coverage(
        instrument.id,
        instrument.title,
        instrument.force.value,
        c.total,
        c.encoded,
        sum(c.without_rule.values()),
        c.counted_from,
    )


def _readings(regime: Regime, on: date) -> tuple[Reading, ...]:
    found = []
    for key, question in regime.questions.items():
        name = key.partition("/")[0]
        if name not in regime.by_id:
            continue
        taken = regime.reading_of(key, on)
        option = next((o for o in question.options if o.name == taken), None)
        others = tuple(f"{o.name} ({o.holder})" for o in question.options if o.name != taken)
        found.append(
            Reading(
                regime.by_id[name].title,
                question.question or question.name,
                taken,
                option.holder if option else "",
                others,
            )
        )
    return tuple(found)


def _danger_reading(chosen: DangerReading) -> Reading:
    others = tuple(f"{r.value}: {r.meaning}" for r in DangerReading if r is not chosen)
    return Reading(
        "Conflict data",
        "What a conflict in the country says of a person from it",
        chosen.value,
        chosen.meaning,
        others,
    )


def _sources(mirror: Path | None, cache: Path) -> tuple[SourceNote, ...]:
    sources = sources_at(mirror, cache)
    notes = []
    for listing in list_sources(sources):
        if not listing.in_snapshot:
            continue
        record = sources.record(listing.id)
        notes.append(
            SourceNote(
                listing.id,
                listing.title,
                listing.publisher,
                listing.landing_page,
                listing.licence,
                listing.version,
                date.fromisoformat(record.accessed),
                record.sha256,
                listing.state.value,
                tuple(f"{d.reason}; {d.effect}" for d in listing.defects),
            )
        )
    return tuple(notes)


def _count_caveats() -> tuple[Caveat, ...]:
    return (
        Caveat(
            "Country of birth is not nationality: for most hosts the nationality of a migrant, and so "
            "the danger at the origin, is unknown with nothing assumed."
        ),
        Caveat(
            "People refused since 2020 may have left: they are possible, never certain.",
            True,
            "Not known whether present",
        ),
        Caveat(
            "UNHCR's people beyond UN DESA's stock are counted as further persons; some may stand in "
            "the stock under a third country of birth."
        ),
        Caveat("Cells under 10 people are not shown."),
    )


def _caveats() -> tuple[Caveat, ...]:
    return (
        Caveat(
            "Everything here is said of the encoded texts, on the day of the law, under the readings "
            "named. It says nothing about what an officer will do.",
            True,
            "What is claimed",
        ),
        Caveat("A draft that binds nobody is read as if every State had joined it."),
    )
