"""The house rules at the desk: an operator writes one, everybody reads what it was and is.

The table with its limits is data in `kit.house`; what began under an older value keeps it there.
"""
