"""Who would like what: learnt from those who agreed, served to everybody, explained truthfully.

`learning` holds the mathematics and is the only part that loads numpy; the web process never
imports it. Nothing here decides what may be seen: candidates come filtered by `can_view`.
"""
