"""The house's dealings with its bank: members' bank details, payouts, bank files, statements.

It never decides what a member has; it only moves what stands on a balance, and never below zero.
"""
