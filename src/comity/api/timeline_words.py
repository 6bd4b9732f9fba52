"""What the figures of a timeline are, what they rest on, and the paper's claims they stand beside."""

from __future__ import annotations

from collections.abc import Mapping

from comity.agreement.vocabulary import Vocabulary
from comity.api.schema_timeline import TimelineDefinitionModel
from comity.api.timeline_governance import QUALITIES
from comity.world.history import ASYLUM_SEEKERS_FROM, BREAK

_FORCES = {
    "binding": "Binding texts",
    "directive": "Directives",
    "political": "Political texts",
    "informal": "Informal texts",
}

_STATES = {
    "states.bound": (
        "States bound by some guarantee",
        "States of the place on 1 July that at least one guarantee of at least one right binds: the text "
        "is binding, in force for the State that day, and the State has not reserved the article.",
    ),
    "states.soft": (
        "States in a political or informal text",
        "States of the place on 1 July that take part in a political or informal text.",
    ),
    "states.soft_only": (
        "States in soft texts alone",
        "States of the place that take part in a political or informal text and are bound by no "
        "guarantee of any right.",
    ),
}

_PEOPLE = {
    "people.all": ("People", "People of the year's cells whose host is of the place."),
    "people.bound_host": (
        "Before a bound host",
        "People whose host some guarantee of some right binds, whether or not it covers them.",
    ),
    "people.anything": (
        "Guaranteed something",
        "People to whom at least one level above the bottom of at least one right is guaranteed.",
    ),
    "people.stay": (
        "Guaranteed a stay",
        "People to whom `stay` is guaranteed at least `temporary`.",
    ),
    "people.work": (
        "Guaranteed access to work",
        "People to whom `work` is guaranteed at `any`, or `employment` at least as to nationals.",
    ),
    "people.shield": (
        "Guaranteed not to be removed",
        "People to whom `shield` is guaranteed at `not_there`: removal to their destination is barred.",
    ),
    "people.shield_without_stay": (
        "Shielded without a status",
        "People to whom `shield` is guaranteed at `not_there` and no `stay` of at least `temporary` is.",
    ),
    "people.soft_only": (
        "Spoken of, guaranteed nothing",
        "People whose host takes part in a political or informal text, and to whom no right is "
        "guaranteed at any level.",
    ),
}

_WIDTHS = {
    "width.stay": ("Discretion over stay", "stay"),
    "width.work": ("Discretion over work", "work"),
}


def definitions_of(vocabulary: Vocabulary) -> tuple[TimelineDefinitionModel, ...]:
    """Every figure that a timeline may hold, in the order in which they are told."""

    def made(name: str, title: str, unit: str, weight: str, text: str) -> TimelineDefinitionModel:
        return TimelineDefinitionModel(
            id=name, title=title, unit=unit, weight=weight, definition=text
        )

    found = [
        made(
            f"texts.{force}",
            title,
            "texts",
            "law",
            f"Encoded texts of force `{force}` in force, or pressing, on 1 July, in which at least one "
            "host of the place takes part that day. Out of all such texts.",
        )
        for force, title in _FORCES.items()
    ]
    found += [made(n, title, "States", "law", text) for n, (title, text) in _STATES.items()]
    found += [
        made(
            f"right.{name}",
            f"States bound: {name.replace('_', ' ')}",
            "States",
            "law",
            f"States of the place that some guarantee of the right `{name}` binds on 1 July.",
        )
        for name in vocabulary.rights
    ]
    found.append(
        made(
            "governance.observed",
            "Texts whose governance is stated",
            "texts",
            "law",
            "Texts of the place on 1 July that state how they are governed. Out of all its texts.",
        )
    )
    found += [
        made(
            one.id,
            one.title,
            "texts",
            "law",
            f"Texts of the place on 1 July that {one.words}. Out of those that state `{one.quality}`; "
            "what a text does not state is not observed.",
        )
        for one in QUALITIES
    ]
    found += [made(n, title, "persons", "people", text) for n, (title, text) in _PEOPLE.items()]
    found += [
        made(
            name,
            title,
            "steps",
            "people",
            f"The width that the texts leave the host over `{right}`: upper bound minus lower bound, in "
            f"steps of the scale (0 to {vocabulary.rights[right].top}), averaged over people. Low takes "
            "the highest lower and the lowest upper bound that are possible, high the reverse.",
        )
        for name, (title, right) in _WIDTHS.items()
    ]
    return tuple(found)


BREAKS: Mapping[int, str] = {
    BREAK[1]: (
        f"until {BREAK[0]} the World Bank's stocks, from {BREAK[1]} those of UN DESA; the years "
        "between lie on a line from one to the other"
    ),
    1992: (
        "the Soviet Union and Yugoslavia were dissolved in 1991 and 1992: people who had moved inside "
        "one State came to stand before a foreign one without having moved"
    ),
}

DEFECTS = (
    "The library holds the texts that are encoded: national law and texts that are not encoded, many "
    "bilateral ones among them, are in no figure. A State without an encoded guarantee may grant much.",
    "Of the texts' articles the earlier wordings are encoded only where the encoding says so: most texts "
    "are read in the wording of today for every year since they entered into force.",
    "Parties are listed by their codes of today: the Soviet Union, Yugoslavia, Czechoslovakia and the "
    "German Democratic Republic are in no list, so that hosts of today on their soil stand as unbound "
    "until they acceded (or succeeded) themselves. Colonies and territories are bound by nothing of "
    "their own.",
    "A stock between two published years lies on a straight line, corridor by corridor: what rose and "
    "fell between is not seen. UNHCR's people and the law are those of the year itself.",
    "People whose origin and host were one State in a year are in no figure about law (16.1 million "
    "in 1960, 28.7 million in 1990); those of overseas territories are.",
    "The World Bank's stock does not tell birth from citizenship: before 1990 the nationality of "
    "migrants is unknown, and only the set `ordinary` fills it.",
    f"Asylum seekers by country exist from {ASYLUM_SEEKERS_FROM}: before, they are unknown, not none. "
    "Stateless people and people refused asylum, who have no series, are left out of every year.",
    "Danger at origin is read from the conflicts of the year and the two before it. Where a war between "
    "States or a colonial war was fought was decided one by one, from general knowledge.",
)

CLAIM = (
    "Read of this encoding, on 1 July of each year, with these sources. It says what the encoded texts "
    "guarantee, not what an officer does, nor what a State grants beyond them; and that one line rises "
    "while another falls is no proof that the one caused the other."
)
