"""The tools every domain stands on: ids, time, money, errors, jobs, pictures, house rules, pages.

It owns no domain table and knows no member, moment, listing or order.
"""
