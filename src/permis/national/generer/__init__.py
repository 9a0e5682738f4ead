"""A France that does not exist: licences drawn one by one, whose totals look like the published figures.

The bytes depend on the number of licences, the seed, the day and the size of a part, and on nothing else: every
licence draws from numbers of its own (`hasard`), and parts are written apart.
"""
