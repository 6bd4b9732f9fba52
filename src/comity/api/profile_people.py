"""Which people a figure of a profile is of: all of them, those before some hosts, those told apart.

Belongs here: masks over the cells of a setting. Does not belong here: what is hidden
(`profile_shown`), any figure.
"""

from __future__ import annotations

import numpy as np

from comity.api.people_counts import Held, Mask
from comity.api.profile_setting import Setting
from comity.api.profile_shown import hides

POPULATION = ("un_desa_stock_2024", "unhcr_population")
"""Sources of the people in the corridors, who are those that a sum may count as certain."""


def among(held: Held, mask: Mask) -> Held:
    """Those of some cells."""
    return Held(held.surely & mask, held.possibly & mask, held.assumed & mask)


def everybody(setting: Setting) -> Held:
    """All cells."""
    every = np.ones(len(setting.cells), dtype=np.bool_)
    return Held(every, every, every)


def before(setting: Setting, hosts: frozenset[str]) -> Mask:
    """The cells of people before some hosts."""
    cells = setting.cells
    return np.fromiter((cell.host in hosts for cell in cells), np.bool_, len(cells))


def told(people: int, every: int) -> str:
    """A number of people in a sentence; not told where they, or the others, are few."""
    return "few" if hides(people, every) else f"{people:,}"
