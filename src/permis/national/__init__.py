"""The whole national file at once: Arrow in, Arrow out, the law of `droit` compiled.

One row a licence, with the list of its facts; one row a licence out, with its balance, its validity and what comes
next, and, asked for, its whole dated ledger. Nothing here decides a number: every delay, cap and date is read off
`droit`.
"""
