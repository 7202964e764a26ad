"""The evidence file of an order: all that one reader may know of it, to be taken to an authority.

One ZIP: a PDF to read, the same as data, the order's deeds, what was promised as it was signed,
what both sides showed, and a program that checks it all with nothing but Python. It tells nobody
more than their pages do, and decides nothing (docs/decisions/0090-evidence.md).
"""
