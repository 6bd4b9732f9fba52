"""Evaluation of many cases: the positions of every record of a table, exact and three-valued.

Belongs here: the formulas of `coding` as one straight list of gates (`rules`, `circuit`), a table's
columns and their codes (`columns`, `fields`), what a table leaves unknown or the same for all worked
out once (`program`, `levels`), blocks of records run through it by numpy (`blocked`) or, where LLVM
is installed, as machine code (`compiled`), and the front that puts these together (`evaluator`).

Does not belong here: reading or writing a file, a query for a database (`count`), the people of the
world (`world`), or what a position means to a person (`explain`).
"""
