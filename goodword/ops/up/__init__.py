"""`goodword up`: one supervisor, and the processes that it forks from its own warm image.

The supervisor loads Django once and never opens a connection of its own through it, so what it
forks shares its memory and starts in milliseconds (docs/decisions/0022-one-supervisor.md). It holds
the listening sockets itself: while a web process is started again, callers wait instead of failing.
"""
