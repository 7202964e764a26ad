"""The top floor: settings, addresses, the page layout's context, the servers' entry points.

It never decides anything about members, moments or money.
"""
