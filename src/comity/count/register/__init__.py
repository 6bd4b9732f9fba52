"""A register of the user's own: read where it lies, checked before anybody is counted, never sent on.

Belongs here: the map that says which column is which fact (`schema`, `reading_map`, `template`), how
columns become what is known of each person (`data`, `columns`, `dates`, `register`), what is wrong
with them (`validation`, `impossible`, `report`), and the positions written beside them (`writing`).
Does not belong here: what the facts mean (that is the vocabulary's), or a number of people (`api`).
"""
