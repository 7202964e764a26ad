"""The house's dealings with its bank: members' bank details, payouts, bank files, statements; and
what sellers keep here for others: reserve, deposit and claims.

It never decides that a member owes, and never pays out below zero.
"""
