"""The society simulator: a town of agents that lives some weeks by the app's own doors.

It owns a model of behaviour (docs/algorithms/society.md) and what came of it. Agents post, read,
open, buy, mute and block through the actions and queries that pages use, on scratch databases that
are thrown away; no instance is touched. Nothing in the app asks for it.
"""
