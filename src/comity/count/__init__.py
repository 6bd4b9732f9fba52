"""The reader `count`: how many people, on real populations and on a user's own register.

Belongs here: the query that travels to the data (`sql`), the engines that run it (`engines`), a
register of the user's own (`register`). Does not belong here: the evaluation of many cases itself
(`agreement.many`), the population (`world`), or handing a count to another reader (`api`).
"""
