"""The query that travels to the data: a regime's positions as one SQL text over a documented table.

Belongs here: which columns the table has (`schema`), a test of the circuit as tests of columns that
are never NULL (`asking`), shared gates laid out as columns (`stages`), the bounds of each right
(`positions`), people counted with small numbers hidden (`cells`, `suppression`), and what puts these
together (`query`). The text needs no extension and no function of ours.

Does not belong here: running a query (`count.engines`), or the people of the world (`world`).
"""
