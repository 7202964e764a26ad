"""Closing a shop: it takes no new orders at once, and ends for good when its last order is over.

The shop's own domain knows no order, so what waits for one is asked here.
"""
