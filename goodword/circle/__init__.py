"""The circle: friendships, groups, moments, likes and comments, and who may see what.

It owns `can_view`: no page, stream, count or file shows a moment on any other authority. It never
knows a price, an order or a shop; a market moment carries its listing as an id.
"""
