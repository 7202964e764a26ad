"""Who sells: what sellers declare, what the house has checked, and how much a person may sell.

The papers of a business are for operators' eyes alone. What was sold is counted by the ledger
(docs/decisions/0080-who-sells.md).
"""
