"""The words of the vocabulary by which the named properties are said.

A property such as *labour never travels alone* speaks of certain rights, so it must know them by
name; everything else in this room takes its words from the vocabulary. A word that a vocabulary
lacks is left out, and a property that is left without words is refused (E4xx at the api).
"""

from __future__ import annotations

from comity.agreement.lexicon_of_rights import MORE_THAN_LABOUR as MORE_THAN_LABOUR

STAY = "stay"
SHIELD = "shield"

ESSENTIALS = ("stay", "health", "schooling", "schooling_stage", "relief", "relief_floor", "housing")
"""What no market may take: the essential spheres. Source: Overbeek 2002, p. 14; IMFC 25 ter."""

ACCESS_TO_WORK = ("work", "employment")
"""The rights of which one, above its bottom, opens work: at a level, or as others have it."""

PRICES = (
    "salary",
    "work.pay_ratio",
    "work.tied_by_terms",
    "status.bought",
    "family.resources",
    "means.insured",
)
"""Facts of the market on which the essentials may not depend at all: pay, employer, fee, means."""

LOSSES = ("employment.lost", "means.lost", "sponsor.lost")
"""Losses that may lower none of the essentials, whenever in a life they come. Source: IMFC 25 ter."""

ONLY_ORIGIN = ("destination.is_origin", "origin2.exists")
"""Whoever is protected from the first and has no second is returned nowhere."""

LIFE = ("residence.lawful",)
"""The counters that grow in any life that a text lets last."""

LONGEST_LIFE = 240
"""Months of the longest life that is looked at: twenty years."""

DEVIATIONS = (
    "conduct.",
    "cessation.",
    "expulsion.",
    "removal.",
    "return.",
    "residence.absence_",
    "absent",
    "prison",
    "ban.",
)
"""Facts that are ordinary in an ordinary life, unless a proof names them."""
