"""Digital goods: what is attached to a listing for its buyers, and who may fetch it.

What becomes of it in an order is `orders`' to say. It never opens a file and never shows one.
"""
