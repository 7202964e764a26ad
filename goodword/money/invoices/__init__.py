"""Papers about what was sold: invoices of businesses, receipts of private sellers, credit notes.

A paper is written once and never changed; its numbers have no gaps. It is told what was sold as
plain values, keeps them with a digest, and makes a PDF/A-3 of them that carries the same as data
(EN 16931). It never decides what was sold, what is due or who may sell.
"""
