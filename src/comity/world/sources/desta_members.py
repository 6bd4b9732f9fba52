"""DESTA: the members of each agreement."""

from __future__ import annotations

from dataclasses import replace

from comity.world.sources import desta_agreements

SOURCE = replace(
    desta_agreements.SOURCE,
    id="desta_members",
    title="Design of Trade Agreements, members of each agreement 02.01",
    mirror_path="trade_agreements/desta_members.csv",
    sha256="95c9ed640fe6a15be3becb07606e52e4fcd84a45f22b9c272f1164a0c4a44ede",
    bytes=96739,
)
