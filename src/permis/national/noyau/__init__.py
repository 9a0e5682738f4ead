"""The compiled kernel: the facts of many licences in columns, the law as tables, and one answer a licence.

It follows `permis.droit` function by function, under the same names; `tests/national` proves that they answer alike.
"""
