"""Names of rights that named properties and figures speak of; nothing else here knows a right by name.

*Labour never travels alone* and *commodification* must know their rights by name, in several rooms
that do not import one another. A name that a vocabulary lacks is left out.
"""

from __future__ import annotations

MORE_THAN_LABOUR = ("family", "organise", "health", "remedy")
"""The rights that make a person more than labour: a family, a union, care, an appeal.

Source: Overbeek 2002, section 4 (temporary labour alone serves only employers)."""
