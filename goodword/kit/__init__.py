"""The tools every domain stands on: ids, time, money, errors, jobs, pictures, house rules, pages.

It never owns a domain table, and knows no member, moment, listing or order.
"""
