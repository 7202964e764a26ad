"""What runs the house: one command, its processes, its health, its backup, its demo town.

It starts and watches, looks and reports, gathers a member's archive, carries out a leaving, and
lets the demo's people act through the same doors as everybody. It never decides between members.
"""
