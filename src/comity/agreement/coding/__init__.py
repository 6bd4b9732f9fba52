"""Threshold coding: the one lowering of the typed form, shared by the readers.

What the text makes of a case becomes formulas over tests of single facts (`facts`, `conditions`,
`norms`), each test naming the values that it allows (`allowed`). The values that no test tells
apart are one code (`codes`), so that a record is a few small numbers and a condition a test on
them. Belongs here: what the text alone decides. Does not belong here: a person, a solver, an array.
"""
