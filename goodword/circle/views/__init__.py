"""Pages and forms of the circle: load what the viewer may see, call one action, answer."""

from .friends import answer, ask, block, friend, friends, unfriend, window
from .groups import delete_group, group, groups
from .moments import audience, compose, delete_moment, picture
from .responses import comment, delete_comment, like

__all__ = [
    "answer",
    "ask",
    "audience",
    "block",
    "comment",
    "compose",
    "delete_comment",
    "delete_group",
    "delete_moment",
    "friend",
    "friends",
    "group",
    "groups",
    "like",
    "picture",
    "unfriend",
    "window",
]
