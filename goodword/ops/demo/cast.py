"""Who a visitor of the demo may be, and from where."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from goodword.people import queries as people
from goodword.people.models import Member

from ..health import is_loopback
from ..models import Town

FACES = 6  # people who are offered with their face; the others are a list


def is_open(request: HttpRequest) -> bool:
    """Whether this visitor may sign in as one of the demo's people.

    Only where the operator started the demo, and only from this machine or at a host name that she
    put into GOODWORD_HOSTS: a demo that can be reached from outside was meant to be.
    """
    if not settings.CONFIG.demo:
        return False
    name = request.get_host().rsplit(":", 1)[0]
    return is_loopback(request) or name in settings.CONFIG.hosts


@dataclass(frozen=True, slots=True)
class Role:
    """One of the people on offer, as a page shows them to a stranger."""

    handle: str
    display_name: str
    line: str
    avatar_url: str


@dataclass(frozen=True, slots=True)
class Door:
    """What the pages for strangers need: where to send the choice, and among whom."""

    action: str
    people: list[Role]
    others: list[Member]


def door(request: HttpRequest) -> Door | None:
    """The demo's own way in, where this visitor may take it."""
    if not is_open(request):
        return None
    everybody = cast()
    people = [
        Role(
            handle=member.handle,
            display_name=member.display_name,
            line=first_sentence(member.bio),
            avatar_url=reverse("ops:demo_face", args=[member.handle]),
        )
        for member in everybody[:FACES]
    ]
    return Door(reverse("ops:demo_sign_in"), people, everybody[FACES:]) if people else None


def cast() -> list[Member]:
    """The people on offer, in the order of the town's own list; none before it is built."""
    town = Town.objects.exclude(built_at=None).first()
    if town is None:
        return []
    found = people.members(town.cast)
    return [found[id_] for id_ in town.cast if id_ in found]


def role(handle: str) -> Member | None:
    """The one of them with this handle."""
    return next((member for member in cast() if member.handle == handle), None)


def first_sentence(text: str) -> str:
    """What stands before the first full stop, in either script."""
    return re.split(r"(?<=。)|(?<=\.) ", text, maxsplit=1)[0]
