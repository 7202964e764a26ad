"""Shops: what members offer, at what price, how many, and the proof of it.

It owns shops, what sellers declare to be, who follows a shop, listings, variants, stock and its
reservations, the public price history, units sold, evidence and the import of old shops. It never
takes money, never knows an order but by its id, and never decides who reads a moment.
"""
