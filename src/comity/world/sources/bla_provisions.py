"""Bilateral labour agreements whose text was coded: which topics of the ILO's list each mentions."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="bla_provisions",
    title="Bilateral Labor Agreements Dataset: coded provisions",
    publisher="A. Chilton and B. Woda, Harvard Dataverse",
    citation=(
        "Chilton, A. & Woda, B. (2022) The expanding universe of bilateral labor agreements. "
        "Theoretical Inquiries in Law 23(2); Chilton, A., Posner, E. & Woda, B., Bilateral Labor "
        "Agreements Dataset."
    ),
    landing_page="https://dataverse.harvard.edu/dataverse/BLA",
    download="https://dataverse.harvard.edu/dataverse/BLA",
    version="1928-2020",
    accessed="2026-11-24",
    licence=Licence(
        "CC0-1.0 (Harvard Dataverse default)", "https://creativecommons.org/publicdomain/zero/1.0/"
    ),
    redistribution=Redistribution.YES,
    mirror_path="bilateral_labour_agreements/bla_provisions_coded.csv",
    sha256="9162d2cd82c7911565eacb9b4615bf978a34fd1588830fc0c88831d4aa14de60",
    bytes=206953,
    publisher_sha256=None,
    defects=(
        Defect(
            id="not-a-sample",
            years=None,
            reason=(
                "570 of 1,222 agreements are coded: those whose text was found and read, 431 of them "
                "written in English"
            ),
            effect="a share speaks of the coded agreements; bounds for all formed stand beside it",
        ),
        Defect(
            id="mentioned-not-how-much",
            years=None,
            reason="the coding says that a text mentions a topic, not what it promises, nor to whom",
            effect="a guarantee is read at the lowest level that the topic's words carry, and in doubt",
        ),
        Defect(
            id="what-is-not-asked",
            years=None,
            reason=(
                "family, length of stay, change of employer, access to work and the way back are no "
                "topics of the list"
            ),
            effect="of them nothing is observed, and they are never counted as absent",
        ),
        Defect(
            id="force-not-coded",
            years=None,
            reason="a treaty and a memorandum of understanding are not told apart",
            effect="all are read as binding; the same figures without memoranda stand beside them",
        ),
        Defect(
            id="renewal-missing",
            years=None,
            reason="of five agreements (10, 30, 161, 614, 1225) it is missing whether they renew",
            effect="their end is not observed",
        ),
        Defect(
            id="quota-missing",
            years=None,
            reason="of agreement 334 it is missing whether it sets a quota",
            effect="its quota is not observed",
        ),
        Defect(
            id="nought-years",
            years=None,
            reason="one agreement is valid for a number of years that is nought",
            effect="its end is not observed",
        ),
        Defect(
            id="part-without-whole",
            years=None,
            reason=(
                "the part of a topic is coded present and the topic absent: detailed protection of "
                "women without protection of women (4), terms or a model of a contract without a "
                "contract (9), standards or inspection of housing without housing (13)"
            ),
            effect="each stands as coded",
        ),
        Defect(
            id="coded-without-copy",
            years=None,
            reason="one agreement is coded although no copy of it is said to be available",
            effect="it stands as coded",
        ),
        Defect(
            id="no-topic-at-all",
            years=None,
            reason="66 agreements mention none of the topics; 31 of them amend another text",
            effect="they count as agreements; the same figures without amendments stand beside them",
        ),
        Defect(
            id="not-only-workers",
            years=None,
            reason=(
                "exchanges of students and trainees and working holidays are among the agreements (73 "
                "titles name a working holiday)"
            ),
            effect="a share speaks of all; the same figures without such titles stand beside them",
        ),
    ),
)
