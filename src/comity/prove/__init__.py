"""What an agreement guarantees to everyone: properties proved or refuted by a solver.

Belongs here: properties as questions about all cases (`properties`), questions as SMT-LIB text
(`script`, `fields`), solvers in processes of their own (`solvers`, `worker`), and models read back
as persons (`persons`). Does not belong here: what an article means (that is the shared coding),
and the check that a person found is really one (that is `explain`'s, asked by the api).
"""
