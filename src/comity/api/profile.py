"""`profile` for a user: a regime, State or region on a day, as sections of figures.

Belongs here: putting the sections together, and what the document says of itself. Does not belong
here: any figure (`profile_*`, one module a section).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from comity.agreement.regimes import Regime
from comity.api.brief_folder import writable, write_folder
from comity.api.cautions import warnings_of
from comity.api.counting import assumptions_in_words
from comity.api.profile_commodification import commodification_section
from comity.api.profile_discretion import discretion_section
from comity.api.profile_elements import elements_section
from comity.api.profile_governance import governance_section
from comity.api.profile_hierarchy import hierarchy_section
from comity.api.profile_openness import openness_section
from comity.api.profile_selectivity import selectivity_section
from comity.api.profile_setting import Progress, Setting, setting_of
from comity.api.reading_people import given_in
from comity.api.reading_writing import with_reading
from comity.api.schema_profile import ProfileDocument, ProfileSectionModel
from comity.api.source_models import source_models
from comity.api.telling import article_model
from comity.api.verdict_words import open_questions
from comity.brief.profile_pages import profile_texts
from comity.language.faults import ComityError, Fault, did_you_mean
from comity.world.conflict import danger_reading

SECTIONS: Mapping[str, Callable[[Setting], ProfileSectionModel]] = {
    "governance": governance_section,
    "elements": elements_section,
    "discretion": discretion_section,
    "commodification": commodification_section,
    "openness": lambda setting: openness_section(setting, setting.mirror),
    "selectivity": selectivity_section,
    "hierarchy": hierarchy_section,
}
"""The sections of a profile by name, in the order of the page."""

CLAIM = (
    "Computed from this encoding, on this day, with these sources. It says what the encoded texts "
    "bind States to and leave to them, not what an officer does. No figure is a sum of others of "
    "another kind: there is no index."
)


def profile(
    words: str,
    *,
    on: date,
    within: str = "",
    sections: tuple[str, ...] = (),
    readings: Mapping[str, str] | None = None,
    danger: str = "person",
    mirror: Path | None = None,
    cache: Path | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
) -> ProfileDocument:
    """The profile of a regime, a State (its people under `today`) or a region.

    within: a State, region or group: its hosts alone. sections: only these; empty for all.
    cache: where fetched sources are; without it the document names none. out: a folder for the page,
    its numbers as CSV and JSON, and the articles that they rest on in `reading/`.
    Raises ComityError (E450, E451, E457 for a place, E460 for a folder, E490 for a section, faults
    of a file).
    """
    began = time.perf_counter()
    _refuse_sections(sections)
    folder = None if out is None else writable(out)
    setting = setting_of(
        words,
        on=on,
        danger=danger_reading(danger),
        within=within,
        readings=readings,
        mirror=mirror,
        report=progress,
    )
    chosen = sections or tuple(SECTIONS)
    made = []
    for number, name in enumerate(chosen):
        setting.report(f"profile: {name}", number, len(chosen))
        made.append(SECTIONS[name](setting))
    regime, subject = setting.regime, setting.subject
    figures = [f for m in made for f in (*m.figures, *m.sensitivity)]
    used = {source for figure in figures for source in figure.sources}
    nodes = dict.fromkeys(key for figure in figures for key in figure.articles)
    document = ProfileDocument(
        subject=words,
        kind=subject.kind,
        title=subject.title,
        regime=subject.regime,
        date=on.isoformat(),
        hosts=tuple(sorted(subject.hosts or ())),
        people=int(setting.counts.tables.counted.sum()),
        instruments=tuple(i.id for i in setting.standing),
        sections=tuple(made),
        articles={key: _article(key, regime) for key in nodes},
        assumptions=assumptions_in_words(setting.danger),
        reading={q: regime.reading_of(q, on) for q in open_questions(regime)},
        coverage={i.title: i.coverage.share for i in setting.standing},
        warnings=warnings_of(regime, on),
        sources=() if cache is None else tuple(source_models(mirror, cache, used)),
        claim=CLAIM,
        seconds=round(time.perf_counter() - began, 2),
    )
    if folder is not None:
        _write(document, setting, folder, cache)
    return document


def _article(key: str, regime: Regime) -> str:
    """`INSTRUMENT TITLE, ARTICLE`, of a node of the library: so pages find it in the reading room."""
    owner = regime.library.get(key.partition("/")[0])
    return f"{owner.title}, {article_model(key, regime).article}" if owner is not None else key


def _refuse_sections(sections: tuple[str, ...]) -> None:
    for name in sections:
        if name not in SECTIONS:
            raise ComityError(
                Fault(
                    "E490",
                    f"a profile has no section `{name[:40]}`",
                    possible=", ".join(SECTIONS),
                    suggestion=did_you_mean(name, SECTIONS),
                )
            )


def _write(document: ProfileDocument, setting: Setting, folder: Path, cache: Path | None) -> None:
    """The page, and the articles of the regime beside it, each with the people it gives something."""
    texts = with_reading(
        profile_texts(document.model_dump()),
        setting.read,
        given_in(setting.counts, setting.regime) if setting.cells else {},
        on=setting.day,
        title=f"Profile: {document.title}",
        whom="" if setting.subject.hosts is None else setting.subject.title,
        cache=cache,
        progress=setting.report,
    )
    write_folder(texts, folder)
