"""What runs the house: one command, its processes, its health, its demo town.

It starts and watches, looks and reports, and lets the demo's people act through the same doors as
everybody. It never owns a member's data and decides nothing between members.
"""
