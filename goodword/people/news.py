"""Letters about what a member has not read: who and what kind of news, never what was said.

A letter cannot be taken back, so it holds nothing that the house may have to hide later.
"""

from collections import Counter
from datetime import datetime
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit import formats
from goodword.notices import actions as notices
from goodword.notices import kinds
from goodword.notices import queries as notices_queries
from goodword.notices.queries import News

from . import letters, queries, stopping
from .models import Member

NAMES = 3  # that one line of a letter gives
DRAFT = letters.Draft(
    gettext_lazy("News in your circle"), gettext_lazy("This waits for you:\n\n%(news)s"), "url"
)


def send_letters(now: datetime) -> int:
    """Write to whoever has news that are worth it; returns how many letters that were.

    Without a confirmed address nothing is sent.
    """
    waiting = notices_queries.waiting_for_letters(now)
    found = queries.members([news.owner for news in waiting])
    addresses = queries.confirmed_addresses(list(found))
    for news in waiting:
        with transaction.atomic():
            if news.owner in addresses:
                letters.post(addresses[news.owner], letter(found[news.owner], news))
            notices.note_letter(owner=news.owner, until=news.until, now=now)
    return len(addresses)


def letter(member: Member, news: News) -> letters.Letter:
    """What `member` is written, in the member's language."""
    with translation.override(member.language or settings.LANGUAGE_CODE):
        people = queries.members({actor for _group, actor in news.items if actor})
        counted = Counter(group for group, _actor in news.items)
        known = kinds.groups()
        lines = [
            _("%(what)s: %(count)s") % {"what": known[group].label, "count": formats.number(count)}
            + said_by(people, [actor for each, actor in news.items if each == group and actor])
            for group, count in counted.items()
        ]
        url = urljoin(settings.CONFIG.public_url, reverse("notices:index"))
        written = letters.write(DRAFT, {"news": "\n".join(lines), "url": url})
        stop = stopping.link(member.id, list(counted))
        return letters.ending(written, stop=stop) if stop else written


def said_by(people: dict[UUID, Member], actors: list[UUID]) -> str:
    names = [people[one].display_name for one in dict.fromkeys(actors) if one in people]
    if not names:
        return ""
    return _(" (%(names)s)") % {"names": _(", ").join(names[:NAMES])}
