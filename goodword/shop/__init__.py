"""Shops: what members offer, at what price, how many, and the proof of it.

It owns shops, what sellers declare to be, who follows a shop, listings, variants, stock and its
reservations, the public price history, units sold, evidence, what parcels cost, quotes, digital
goods, and the import and export of catalogues. It never takes money, never knows an order but by
its id, and never decides who reads a moment.
"""
