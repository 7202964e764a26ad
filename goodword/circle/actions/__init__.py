"""The circle's verbs: lock, decide, write, journal, defer. Each runs in one transaction."""

from .dials import (
    block,
    hide_mine,
    introduce,
    set_dials,
    set_nickname,
    set_note,
    set_window,
    snooze,
    unblock,
)
from .friendship import accept, ask, decline, unfriend, withdraw
from .groups import delete_group, make_group, rename_group, set_groups, set_members
from .invitations import invite, revoke, take
from .links import preview_link, take_link_off
from .moments import (
    allow_upload,
    audience_kind,
    delete_moment,
    edit_moment,
    forget_pictures,
    narrow,
    publish,
)
from .responses import comment, delete_comment, like, unlike
from .words import rebuild_words

__all__ = [
    "accept",
    "allow_upload",
    "ask",
    "audience_kind",
    "block",
    "comment",
    "decline",
    "delete_comment",
    "delete_group",
    "delete_moment",
    "edit_moment",
    "forget_pictures",
    "hide_mine",
    "introduce",
    "invite",
    "like",
    "make_group",
    "narrow",
    "preview_link",
    "publish",
    "rebuild_words",
    "rename_group",
    "revoke",
    "set_dials",
    "set_groups",
    "set_members",
    "set_nickname",
    "set_note",
    "set_window",
    "snooze",
    "take",
    "take_link_off",
    "unblock",
    "unfriend",
    "unlike",
    "withdraw",
]
