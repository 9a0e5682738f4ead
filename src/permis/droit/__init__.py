"""The points law of the Code de la route as executable, dated, cited code.

Pure functions over frozen facts; standard library only. Start with `faits` (what can happen to a licence), `rule` (how
a wording of the law is written) and `releve` (the statement that answers for a day).
"""
