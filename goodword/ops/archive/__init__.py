"""A member's own archive: everything of theirs in one file, made by a job, theirs alone to fetch.

Each domain gives its part (`exports.py`); this package only gathers, writes and serves.
"""
