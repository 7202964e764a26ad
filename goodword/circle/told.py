"""The sentences in which members are told of what happened in their circle."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .visibility import VISIBLE


def asked(facts: dict[str, Any]) -> str:
    return _("%(actor)s would like to be your friend.") % facts


def accepted(facts: dict[str, Any]) -> str:
    return _("You and %(actor)s are friends now.") % facts


def liked(facts: dict[str, Any]) -> str:
    return _("%(actor)s likes your moment.") % facts


def liked_by_many(facts: dict[str, Any]) -> str:
    sentence = ngettext(
        "%(actor)s and %(others)s other like your moment.",
        "%(actor)s and %(others)s others like your moment.",
        facts["others"],
    )
    return sentence % facts


def commented(facts: dict[str, Any]) -> str:
    return _("%(actor)s said: “%(text)s”") % facts


def answered(facts: dict[str, Any]) -> str:
    return _("%(actor)s answered your comment.") % facts


def mentioned(facts: dict[str, Any]) -> str:
    return _("%(actor)s mentioned you.") % facts


def friends_page(_subject: UUID) -> str:
    return reverse("circle:friends")


def moment_page(subject: UUID) -> str:
    return f"/moments/{subject}"


KINDS: list[tuple[str, Callable[[dict[str, Any]], str], Callable[[UUID], str]]] = [
    ("circle.asked", asked, friends_page),
    ("circle.accepted", accepted, friends_page),
    ("circle.liked", liked, moment_page),
    ("circle.commented", commented, moment_page),
    ("circle.answered", answered, moment_page),
    ("circle.mentioned", mentioned, moment_page),
]

# How members set what they are told: (group, its label, by mail unless they say otherwise).
GROUPS: list[tuple[str, Any, bool]] = [
    ("circle.requests", gettext_lazy("Friend requests"), True),
    ("circle.answers", gettext_lazy("Comments and replies"), False),
    ("circle.likes", gettext_lazy("Likes"), False),
]
GROUP_OF = {
    "circle.asked": "circle.requests",
    "circle.accepted": "circle.requests",
    "circle.liked": "circle.likes",
}
CROWDS = {"circle.liked": liked_by_many}
# What is told of somebody else's moment is there as long as the moment is; one's own always is.
SEEN = f"""EXISTS (
    SELECT 1 FROM circle_moment m
     WHERE m.id = {{subject}} AND {VISIBLE.format(m="m", viewer="{owner}", now="{now}")})"""
STANDS = {"circle.answered": SEEN, "circle.mentioned": SEEN}
