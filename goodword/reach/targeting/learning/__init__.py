"""The mathematics of targeting on sparse matrices: no database, no clock, no settings of Django.

Only the bench and the process that trains import it; numpy never stays in the web or the worker.
"""
