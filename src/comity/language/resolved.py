"""What came of reading documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.agreement.instruments import Instrument
from comity.agreement.vocabulary import Vocabulary
from comity.language.documents import Document
from comity.language.faults import Fault
from comity.language.outline import Outline


@dataclass
class Library:
    """What came of reading documents: instruments by id, the document of each, and every fault.

    outlines: the names that each declares, for a property that is read beside them.
    """

    vocabulary: Vocabulary
    instruments: dict[str, Instrument] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    outlines: Mapping[str, Outline] = field(default_factory=dict, repr=False)
