"""Engines that run a query where the data are: DuckDB in this process, PostgreSQL, Spark.

Belongs here: how a table of a user is handed to an engine for one run (`columns`, `files`,
`copying`), how a query's rows come back (`engine`), what each engine needs to answer as the others
do (`duck`, `postgres`, `spark`), and what may go wrong, in one set of coded errors (`faults`).
Does not belong here: what the query says (that is the compiler's), and what a column means (that is
the schema's).
"""
