"""Pages and forms of the circle: load what the viewer may see, call one action, answer."""

from .friends import answer, ask, block, friend, friends, introductions, names, unfriend, window
from .groups import delete_group, group, groups
from .invitations import invitation, invitations, invited, revoke_invitation
from .moments import audience, compose, delete_moment, edit, history, picture, take_link_off, voice
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
    "edit",
    "friend",
    "friends",
    "group",
    "groups",
    "history",
    "introductions",
    "invitation",
    "invitations",
    "invited",
    "like",
    "names",
    "picture",
    "revoke_invitation",
    "take_link_off",
    "unfriend",
    "voice",
    "window",
]
