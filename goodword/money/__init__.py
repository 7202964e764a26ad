"""The ledger: accounts, transfers that sum to zero, escrow holds, payments and their gateways.

It also owns the house's dealings with its bank, members' payouts and deposits, and the papers about
what was sold. It knows orders by their id only, never decides whether goods arrived, and never
forgets a posting.
"""
