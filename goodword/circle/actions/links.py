"""What stands behind the first link of a life moment: asked for once, outside of transactions."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from goodword.journal import actions as journal
from goodword.kit import jobs, rates
from goodword.kit.errors import Refused
from goodword.kit.links import INTERNET, LinkPreview, Network, preview
from goodword.kit.pictures import discard_pictures
from goodword.people.models import Member

from ..linking import first_link
from ..models import LinkCard, LinkPicture, Moment
from ..states import LINK_MOVES, Face, LinkState, MomentState

AN_HOUR = 30  # previews that one member's moments may ask for


def ask_link(moment: Moment) -> None:
    """Have the first link of a new text asked about, in the transaction that wrote the text."""
    if link := link_of(moment):
        LinkCard.objects.create(moment=moment, author_id=moment.author_id, url=link)
        jobs.defer("circle.preview_link", lock=f"link:{moment.id}", moment=str(moment.id))


def link_of(moment: Moment) -> str:
    return first_link(moment.text) if moment.face == Face.LIFE else ""


def ask_link_again(moment: Moment) -> None:
    """After an edit: another link is asked about, the same one keeps what was decided about it."""
    card = LinkCard.objects.filter(moment=moment).first()
    if card and card.url == link_of(moment):
        return
    if card:
        forget_link(moment.id)
    ask_link(moment)


def forget_link(moment: UUID) -> None:
    """Remove the moment's card with its picture."""
    rows = LinkPicture.objects.filter(card__moment=moment)
    discard_pictures([picture.key for picture in rows])
    rows.delete()
    LinkCard.objects.filter(moment=moment).delete()


def preview_link(*, moment: UUID, now: datetime, network: Network = INTERNET) -> None:
    """Ask the page behind the moment's link what it is. NOT inside a transaction: it waits.

    Any refusal leaves the plain link. What is written is for the link that was asked about; a card
    that changed meanwhile is another one. `network` is for tests, which serve their own pages.
    """
    waiting = {"state": LinkState.WAITING, "moment__state": MomentState.PUBLISHED}
    card = LinkCard.objects.filter(moment=moment, **waiting).first()
    if card is None:
        return
    said: LinkPreview | None = None
    picture: dict[str, Any] | None = None
    with suppress(Refused):
        rates.hit(f"link:{card.author_id}", limit=AN_HOUR, per=timedelta(hours=1), now=now)
        said = preview(card.url, now=now, network=network)
    if said and said.picture:
        with suppress(Refused):
            picture = LinkPicture.values(said.picture)
    with transaction.atomic():
        locked = LinkCard.objects.select_for_update().filter(id=card.id, **waiting).first()
        if locked is None:
            discard_pictures([picture["key"]] if picture else [])
        elif said is None:
            move(locked, LinkState.NONE)
        else:
            show(locked, said, picture)


def show(card: LinkCard, said: LinkPreview, picture: dict[str, Any] | None) -> None:
    card.goal, card.title, card.description = said.url, said.title, said.description
    card.site_name, card.fetched = said.site_name, said.fetched
    move(card, LinkState.SHOWN)
    if picture:
        LinkPicture.objects.create(card=card, author_id=card.author_id, **picture)


def move(card: LinkCard, state: LinkState) -> None:
    assert state in LINK_MOVES[LinkState(card.state)]
    card.state = state
    card.save()


@transaction.atomic
def take_link_off(*, moment: Moment, author: Member, now: datetime) -> None:
    """Leave the author's moment the plain link; twice is once."""
    card = LinkCard.objects.select_for_update().filter(moment=moment, author=author).first()
    if card is None or LinkState.REMOVED not in LINK_MOVES[LinkState(card.state)]:
        return
    move(card, LinkState.REMOVED)
    rows = LinkPicture.objects.filter(card=card)
    discard_pictures([picture.key for picture in rows])
    rows.delete()
    journal.record(
        owner=author.id, actor=author.id, verb="circle.link_taken_off", subject=moment.id, now=now
    )
