"""Bilateral labour agreements that were formed, 1927 to 2020: which two States, and when."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="bla_formation",
    title="Bilateral Labor Agreements Dataset: agreements formed",
    publisher="A. Chilton and B. Woda, Harvard Dataverse",
    citation=(
        "Chilton, A. & Woda, B. (2022) The expanding universe of bilateral labor agreements. "
        "Theoretical Inquiries in Law 23(2); Chilton, A., Posner, E. & Woda, B., Bilateral Labor "
        "Agreements Dataset."
    ),
    landing_page="https://dataverse.harvard.edu/dataverse/BLA",
    download="https://dataverse.harvard.edu/dataverse/BLA",
    version="1927-2020",
    accessed="2026-11-24",
    licence=Licence(
        "CC0-1.0 (Harvard Dataverse default)", "https://creativecommons.org/publicdomain/zero/1.0/"
    ),
    redistribution=Redistribution.YES,
    mirror_path="bilateral_labour_agreements/bla_formation_1945_2020.csv",
    sha256="9defe82f97dff06c859219e75efdbd3223394cc5ed1831d68e4547f3c5810fdd",
    bytes=81946,
    publisher_sha256=None,
    defects=(
        Defect(
            id="no-direction",
            years=None,
            reason="it does not say which of the two States sends workers and which receives them",
            effect="an agreement is read as binding both, for workers of either in the other",
        ),
        Defect(
            id="known-agreements-only",
            years=None,
            reason=(
                "agreements are often not registered or published; the authors say that the list is "
                "not complete"
            ),
            effect="a pair of States without an agreement here may have one",
        ),
        Defect(
            id="one-year-unknown",
            years=None,
            reason="agreement 1079 (Ireland and New Zealand) has no year",
            effect="it stands in no decade and in no year",
        ),
        Defect(
            id="signed-in-another-year",
            years=(1999, 2019),
            reason=(
                "of seven agreements the day of signature lies in another year than the year of the "
                "agreement, once in the year 2997"
            ),
            effect="the year counts; such a day is not used",
        ),
        Defect(
            id="ratified-before-signed",
            years=(1951, 2008),
            reason="of eighteen agreements the day of ratification lies before that of signature",
            effect="no day of ratification is used",
        ),
        Defect(
            id="end-not-recorded",
            years=None,
            reason="no agreement has a day on which it ended",
            effect=(
                "an end is known only where the text states a number of years without renewal; of "
                "all others it is not observed whether they still bind"
            ),
        ),
        Defect(
            id="serbia-as-yugoslavia",
            years=(2003, 2020),
            reason="three agreements with Serbia bear the code of Yugoslavia",
            effect="they stand under Serbia",
        ),
        Defect(
            id="former-states",
            years=(1947, 2003),
            reason="Yugoslavia, Czechoslovakia and the German Democratic Republic are parties",
            effect="their agreements are in decades and regions, and in no corridor of today",
        ),
        Defect(
            id="before-the-state",
            years=(1947, 1992),
            reason="in nineteen agreements a party was not yet a State in that year",
            effect="the agreement is taken as written, as one of the territory that bears the name",
        ),
    ),
)
