"""Settings of a profile on agreements and people that can be counted by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from comity.agreement.values import Truth
from comity.api.profile_setting import Setting, setting_of
from comity.api.schema_profile import FigureModel, ProfileSectionModel
from comity.world.conflict import DangerReading
from comity.world.population import Category, Cell

ON = date(2026, 12, 1)
HEAD = """---
id: {id}
title: {title}
force: {force}
in_force: 2000-01-01
parties: [{parties}]
paragraphs: unknown
counted_from: a test agreement
review_by: 2027-11-30
---

# An agreement

"""


def text_of(body: str, *, force: str = "binding", parties: str = "KEN, SWE") -> str:
    """An agreement with some articles."""
    return HEAD.format(id="made", title="Made", force=force, parties=parties) + body


def people(*, host: str, origin: str, persons: int, is_certain: bool = True) -> Cell:
    """Migrants of one corridor; in two places at once, where they are not certain."""
    return Cell(
        host=host,
        origin=origin,
        sex=None,
        category=Category.MIGRANT,
        persons=persons,
        presence=Truth.TRUE,
        in_stock=Truth.TRUE,
        overlap=Truth.FALSE if is_certain else Truth.UNKNOWN,
        stateless=Truth.UNKNOWN,
        sources=("un_desa_stock_2024",),
        note="",
    )


def made(body: str, cells: tuple[Cell, ...], *, on: date = ON, **how: str) -> Setting:
    """The setting of an agreement with some articles and some people."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.md"
        path.write_text(text_of(body, **how), encoding="utf-8")
        setting = setting_of(str(path), on=on, danger=DangerReading.PERSON)
    setting.population = cells
    return setting


def figure(section: ProfileSectionModel, id_: str) -> FigureModel:
    """A figure by its id, wherever it stands."""
    found = [f for f in (*section.figures, *section.sensitivity) if f.id == id_]
    assert len(found) == 1, f"{len(found)} figures of {id_}"
    return found[0]
