"""The section `governance` of a profile: who decides, who reads, who watches, before whom one answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from comity.agreement.instruments import Force
from comity.api.brief_law_texts import kind_of
from comity.api.profile_chains import chain_figures, chain_table
from comity.api.profile_given import class_figures, class_table
from comity.api.profile_setting import Setting
from comity.api.schema_profile import Cell, FigureModel, ProfileSectionModel, ProfileTableModel
from comity.profile.governance import (
    GOVERNANCE,
    IN,
    INWARD,
    JUDGE,
    JUDGES,
    NOT_OBSERVED,
    OUT,
    OUTWARD,
    Told,
    classes,
    left_at_once,
    months_of_notice,
    without_a_parliament,
)

DEFINITION = (
    "Of each text that stands, what it states of itself (`governance`), on the day, with the evidence "
    "of each word; what no statement says is not observed, and never a default. Formal is what binds "
    "(force binding or directive). Answerability is divided once: inward are "
    f"{', '.join(sorted(INWARD))}, before whom the governed or those they elect can make a government "
    f"answer; outward are {', '.join(sorted(OUTWARD))}, whom they neither choose nor remove. A text "
    f"that names both is `{IN} and {OUT}`. The sensitivity sets {' and '.join(sorted(JUDGES))} apart "
    f"as `{JUDGE}`. Lock-in: months of notice, how one may leave, what is made to hang on keeping the "
    "text, what leaving costs. Weighed by rights: each guarantee of a right in force on the day "
    "counts once, under the class of its text. Weighed by people: those to whom some text of the "
    "class guarantees anything at all. Conclusions that became law are the links (`carried`) that "
    "lead from texts that bind nobody."
)
EXAMPLE = (
    "Two texts. One answers to own_courts and regional_court and guarantees three rights by two "
    "rules, of which one gives two: 3 guarantees. The other answers to other_executives and "
    "guarantees one. Inward and outward: 1 text of 2, 3 guarantees of 4. Outward: 1 text, 1 "
    "guarantee. With judges apart the first is `inward and outside judge`. A third text that states "
    "nothing of the kind is not observed: 1 of 3, and in neither class."
)
ASKS = "Who decides, who can read and debate it, who watches, and before whom does it answer?"
WIDE = ("decided_by", "decision", "published", "debated", "monitor", "complaint", "answers_to")
LOCK = ("withdrawal", "notice", "conditionality", "leaving_costs")


def governance_section(setting: Setting) -> ProfileSectionModel:
    """How the texts that stand are governed, over texts, rights given, and people."""
    found = setting.texts
    tables = (
        _texts_table("governance.texts", "Who decides, reads, watches, and hears", found, WIDE),
        _texts_table("governance.lock_in", "What it takes to leave", found, LOCK),
        class_table(setting, found),
        _values_table(found),
        chain_table(setting),
        _evidence_table(found),
    )
    return ProfileSectionModel(
        id="governance",
        title="Governance",
        asks=ASKS,
        definition=DEFINITION,
        example=EXAMPLE,
        figures=(
            *_text_figures(found),
            *class_figures(setting, found),
            *chain_figures(setting),
        ),
        tables=tuple(table for table in tables if table.rows),
        sensitivity=tuple(_sensitivity(setting, found)),
        not_observed=tuple(_not_observed(setting, found)),
        notes=tuple(_notes(setting, found)),
    )


# ---- texts ----
def _counted(
    id_: str,
    title: str,
    found: Sequence[Told],
    quality: str,
    holds: Callable[[Told], bool | None],
) -> FigureModel:
    """Texts of which something holds, of those that state it."""
    stating = [(one, verdict) for one in found if (verdict := holds(one)) is not None]
    own = [one for one, verdict in stating if verdict]
    doubtful = sum(1 for one in own if quality in one.said and one.said[quality].doubt)
    silent = len(found) - len(stating)
    return FigureModel(
        id=id_,
        title=title,
        value=len(own) if stating else None,
        unit="texts",
        low=float(len(own)) if stating else None,
        high=float(len(own) + silent) if stating else None,
        of=len(stating) if stating else None,
        articles=tuple(one.key(quality) for one in own if quality in one.said)[:12],
        evidence=f"{silent} do not say; {doubtful} of these rest on a doubtful statement",
    )


def _is(quality: str, *values: str) -> Callable[[Told], bool | None]:
    def holds(one: Told) -> bool | None:
        return bool(set(values) & set(one.of(quality))) if one.of(quality) else None

    return holds


def _text_figures(found: Sequence[Told]) -> Iterator[FigureModel]:
    formal = [one for one in found if one.instrument.force.binds]
    yield FigureModel(
        id="governance.formal",
        title="texts that bind",
        value=len(formal),
        unit="texts",
        of=len(found),
        evidence=", ".join(
            f"{sum(1 for one in found if one.instrument.force is force)} {force.value}"
            for force in Force
        ),
    )
    figures: tuple[tuple[str, str, str, Callable[[Told], bool | None]], ...] = (
        ("published", "texts published in full", "published", _is("published", "full")),
        ("undebated", "texts that no parliament debated", "debated", _is("debated", "never")),
        (
            "debated",
            "texts that every parliament debated before its State was bound",
            "debated",
            _is("debated", "every_parliament"),
        ),
        (
            "without_a_parliament",
            "texts decided by no parliament and no vote of the people",
            "decided_by",
            without_a_parliament,
        ),
        ("unwatched", "texts over which nobody watches", "monitor", _is("monitor", "nobody")),
        (
            "watched_by_makers",
            "texts watched by executives jointly or by officials",
            "monitor",
            _is("monitor", "executives_jointly", "officials"),
        ),
        ("no_route", "texts with no way to complain", "complaint", _is("complaint", "none")),
        (
            "person_route",
            "texts of which a person can complain to a committee or a court",
            "complaint",
            _is("complaint", "committee", "national_court", "regional_court"),
        ),
        ("left_at_once", "texts that may be left at once", "withdrawal", left_at_once),
        (
            "conditional",
            "texts on whose keeping something else is made to hang",
            "conditionality",
            lambda one: (
                None if not one.of("conditionality") else "none" not in one.of("conditionality")
            ),
        ),
    )
    for id_, title, quality, holds in figures:
        yield _counted(f"governance.{id_}", title, found, quality, holds)
    months = sorted(m for one in found if (m := months_of_notice(one)) is not None)
    if months:
        middle = len(months) // 2
        median = months[middle] if len(months) % 2 else (months[middle - 1] + months[middle]) / 2
        yield FigureModel(
            id="governance.notice",
            title="months between notice and leaving, the median of the texts that state them",
            value=median,
            unit="months",
            low=float(months[0]),
            high=float(months[-1]),
            of=len(months),
            articles=tuple(one.key("notice") for one in found if "notice" in one.said)[:12],
        )


def _texts_table(
    id_: str, title: str, found: Sequence[Told], qualities: tuple[str, ...]
) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        cells = (", ".join(one.of(quality)) or None for quality in qualities)
        doubtful = sum(
            1 for quality in qualities if quality in one.said and one.said[quality].doubt
        )
        also = (one.answers(),) if "answers_to" in qualities else ()
        rows.append((one.instrument.title, kind_of(one.instrument), *cells, *also, doubtful))
    more = ("answers",) if "answers_to" in qualities else ()
    return ProfileTableModel(
        id=id_,
        title=title,
        columns=("text", "kind", *qualities, *more, "doubtful"),
        rows=tuple(rows),
        note="not observed: no statement says it; `none`, `nobody` and `nothing` are statements",
    )


def _values_table(found: Sequence[Told]) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = []
    for quality in GOVERNANCE:
        stating = [one for one in found if one.of(quality)]
        if quality == "notice" or not stating:
            continue
        counts: dict[str, list[Told]] = {}
        for one in stating:
            for value in one.of(quality):
                counts.setdefault(value, []).append(one)
        for value, own in sorted(counts.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            binding = sum(1 for one in own if one.instrument.force.binds)
            rows.append((quality, value, len(own), binding, len(stating), len(found)))
    return ProfileTableModel(
        id="governance.values",
        title="How many texts state each word",
        columns=("quality", "word", "texts", "of them binding", "texts that say", "texts"),
        rows=tuple(rows),
        note="a text may state several words of decided_by, monitor, answers_to, conditionality and "
        "leaving_costs",
    )


def _evidence_table(found: Sequence[Told]) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = [
        (
            one.instrument.title,
            quality,
            ", ".join(one.of(quality)),
            one.key(quality),
            one.said[quality].evidence,
            one.said[quality].doubt or "none",
        )
        for one in found
        for quality in GOVERNANCE
        if quality in one.said
    ]
    return ProfileTableModel(
        id="governance.evidence",
        title="Every statement with its evidence",
        columns=("text", "quality", "words", "article", "evidence", "doubt"),
        rows=tuple(rows),
    )


# ---- other choices ----
def _sensitivity(setting: Setting, found: Sequence[Told]) -> Iterator[FigureModel]:
    yield from class_figures(setting, found, judges_apart=True)
    sure = [
        Told(
            one.instrument,
            {q: s for q, s in one.said.items() if not s.doubt},
            {q: w for q, w in one.words.items() if not one.said[q].doubt},
        )
        for one in found
    ]
    treaties = [one for one in found if kind_of(one.instrument) != "directive"]
    for also, title, few in (
        ("sure", "doubtful statements left out", sure),
        ("treaties", "the acts of the Union left out", treaties),
    ):
        for figure in _text_figures(few):
            if figure.id in _REPEATED:
                yield figure.model_copy(
                    update={"id": f"{figure.id}.{also}", "title": f"{figure.title}; {title}"}
                )
        for name in classes():
            own = [one for one in few if one.answers() == name]
            yield FigureModel(
                id=f"governance.answers.{name.replace(' ', '_')}.{also}",
                title=f"texts that answer {name}; {title}"
                if name != NOT_OBSERVED
                else f"texts of which it is not observed before whom they answer; {title}",
                value=len(own),
                unit="texts",
                of=len(few),
            )


_REPEATED = (
    "governance.published",
    "governance.undebated",
    "governance.without_a_parliament",
    "governance.no_route",
    "governance.left_at_once",
)


def _not_observed(setting: Setting, found: Sequence[Told]) -> Iterator[str]:
    if not found:
        yield f"no text stands for this subject on {setting.day}"
    for quality in GOVERNANCE:
        silent = [one.instrument.title for one in found if quality not in one.said]
        if quality == "notice":
            silent = [
                one.instrument.title
                for one in found
                if quality not in one.said and one.of("withdrawal") in ((), ("on_notice",))
            ]
        if silent:
            yield f"{quality}: {', '.join(silent)}"


def _notes(setting: Setting, found: Sequence[Told]) -> Iterator[str]:
    if any(one.instrument.is_draft for one in found):
        yield "A draft binds nobody: what it states of itself is what it would do."
    if found:
        doubtful, every = (
            sum(one.doubtful for one in found),
            sum(len(one.said) for one in found),
        )
        yield f"{doubtful} of {every} statements carry a doubt of the encoder."
    if setting.day.year != 2024:
        yield "The people are those of 2024, whatever the day."
