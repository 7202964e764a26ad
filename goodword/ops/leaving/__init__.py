"""Deleting an account: what keeps a member here, what goes, what the law wants kept.

What goes is found by the tables themselves: a row whose key to the member cascades is the member's
own and goes with its files; one whose key protects the member is a record of a trade and stays,
pointing to a former member without a name (docs/decisions/0036-leaving.md).
"""
