"""The top floor: settings, addresses, the page layout's context, the servers' entry points.

It decides nothing about members, moments or money.
"""
