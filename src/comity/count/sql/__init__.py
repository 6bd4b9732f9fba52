"""The query that travels to the data: a regime's positions as one SQL text over a documented table.

`schema` says which columns the table has; `asking` makes a test of the circuit a test of columns,
never NULL; `stages` lays shared gates out as columns; `positions` bounds each right; `cells` and
`suppression` count people and hide small numbers; `query` puts these together. The text needs no
extension and no function of ours, and nothing here runs it.
"""
