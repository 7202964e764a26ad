from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import Conflict, Invalid
from goodword.people.models import Member

from ..drafts import one_line
from ..models import Shop
from ..queries import ShopMissing
from ..states import Level

ABOUT = 2_000  # characters
PROMISE = 300


class HasShop(Conflict):
    """One open shop a member."""

    def __init__(self, name: str) -> None:
        super().__init__(_("You have a shop already: “%(name)s”.") % {"name": name})


class BadShop(Invalid):
    """A field of the shop cannot be used; `fields` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence, fields={field: sentence})


@transaction.atomic
def open_shop(
    *,
    owner: Member,
    name: str,
    about: str = "",
    promise: str = "",
    public: bool = True,
    now: datetime,
) -> Shop:
    """Open the member's shop, at first as an individual's. Raises HasShop, BadShop."""
    name, about, promise = _proper(name, about, promise)
    try:
        with transaction.atomic():
            shop = Shop.objects.create(
                owner=owner, name=name, about=about, promise=promise, public=public,
                level=Level.INDIVIDUAL, opened_at=now,
            )  # fmt: skip
    except IntegrityError:
        open_one = Shop.objects.get(owner=owner, closed_at=None)
        raise HasShop(open_one.name) from None
    _note(shop, "shop.opened", now, public=public)
    return shop


@transaction.atomic
def edit_shop(
    *, owner: Member, name: str, about: str, promise: str, public: bool, now: datetime
) -> Shop:
    """Change what the owner's open shop says, and to whom. Raises ShopMissing, BadShop."""
    shop = _own(owner)
    shop.name, shop.about, shop.promise = _proper(name, about, promise)
    shop.public = public
    shop.save(update_fields=["name", "about", "promise", "public"])
    _note(shop, "shop.edited", now, public=public)
    return shop


@transaction.atomic
def close_shop(*, owner: Member, now: datetime) -> Shop:
    """End the shop: nothing in it can be bought, its record stays readable. Raises ShopMissing."""
    shop = _own(owner)
    shop.closed_at = now
    shop.save(update_fields=["closed_at"])
    _note(shop, "shop.closed", now)
    return shop


@transaction.atomic
def set_level(*, shop: Shop, level: Level, actor: Member, now: datetime) -> None:
    """What the house has checked about the seller; the operator's verb."""
    Shop.objects.filter(id=shop.id).update(level=level)
    journal.record(
        owner=shop.owner_id, actor=actor.id, verb="shop.level_set", subject=shop.id, now=now,
        level=level,
    )  # fmt: skip


def _own(owner: Member) -> Shop:
    shop = Shop.objects.select_for_update(no_key=True).filter(owner=owner, closed_at=None).first()
    if shop is None:
        raise ShopMissing
    return shop


def _proper(name: str, about: str, promise: str) -> tuple[str, str, str]:
    name, promise = one_line(name, 61), one_line(promise, PROMISE)
    about = about.replace("\x00", "").replace("\r\n", "\n").strip()
    if not 1 <= len(name) <= 60:
        raise BadShop("name", _("Give your shop a name of 1 to 60 characters."))
    if len(about) > ABOUT:
        raise BadShop(
            "about", _("That is longer than %(most)s characters. Shorten it.") % {"most": ABOUT}
        )
    return name, about, promise


def _note(shop: Shop, verb: str, now: datetime, **facts: object) -> None:
    journal.record(
        owner=shop.owner_id, actor=shop.owner_id, verb=verb, subject=shop.id, now=now, **facts
    )
