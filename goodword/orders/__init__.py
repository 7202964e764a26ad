"""Orders: the cart, checkout, paying, shipping, receipt, and the timers that act when nobody does.

It owns each order line's state and what was promised for it, addresses, parcels and what carriers
say of them, and when a shop may close. It never posts money (money does, when told), never changes
stock (shop does), and never decides a dispute.
"""
