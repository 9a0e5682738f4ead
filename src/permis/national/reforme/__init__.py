"""What if the law changed: a draft law as data, run beside today's law on the same file.

A draft is read strictly (`lecture`), becomes other wordings (`regles`) and another reading of the points of offences
(`bareme`); both laws answer for every licence (`execution`), and what differs is counted (`mesures`), explained on
examples (`exemples`) and written (`sorties`).
"""
