"""Who did what: append-only entries, hash-chained for each owner, in the order they were written.

It never decides, never notifies, and never forgets; it knows ids, not members or orders.
"""
