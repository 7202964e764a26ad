"""The ledger: accounts, transfers that sum to zero, escrow holds, payments and their gateways.

It knows orders by their id only, never decides whether goods arrived, and never forgets a posting.
"""
