"""Figures of power, balance and people, by definition: how a regime is governed, and what it leaves open.

Belongs here: the definitions of the profile's figures, computed from the typed form and from positions
that are handed in as arrays (persons, lower, upper). Does not belong here: opening a file or loading
people (`api`), the meaning of a norm (`agreement`), a page or a chart (`brief`), any composite index.
"""
