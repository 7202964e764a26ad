"""A seller's part, handed on by the gateway itself to an account of hers there, once it is hers.

Until the release the money stays with the house's custodian: what is held is never handed on.
"""
