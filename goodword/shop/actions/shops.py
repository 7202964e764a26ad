from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import Conflict, Invalid
from goodword.people.models import Member

from ..drafts import one_line
from ..models import Follow, Shop
from ..queries import ShopMissing
from ..sellers import limits

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
    followable: bool = False,
    now: datetime,
) -> Shop:
    """Open the member's shop, at the level that she has. Raises HasShop, BadShop.

    It takes no orders while its owner has sold too much without being registered.
    """
    name, about, promise = _proper(name, about, promise)
    try:
        with transaction.atomic():
            shop = Shop.objects.create(
                owner=owner, name=name, about=about, promise=promise, public=public,
                followable=followable, opened_at=now,
                stopped_at=now if limits.stopped(owner.id) else None,
                **limits.level_facts(owner.id),
            )  # fmt: skip
    except IntegrityError:
        open_one = Shop.objects.get(owner=owner, closed_at=None)
        raise HasShop(open_one.name) from None
    note(shop, "shop.opened", now, public=public)
    return shop


@transaction.atomic
def edit_shop(
    *,
    owner: Member,
    name: str,
    about: str,
    promise: str,
    public: bool,
    followable: bool = False,
    now: datetime,
) -> Shop:
    """Change what the owner's open shop says, and to whom. Raises ShopMissing, BadShop.

    Whoever follows it does so no longer once it may not be followed.
    """
    shop = own(owner)
    shop.name, shop.about, shop.promise = _proper(name, about, promise)
    shop.public, shop.followable = public, followable
    shop.save(update_fields=["name", "about", "promise", "public", "followable"])
    if not (public and followable):
        Follow.objects.filter(shop=shop).delete()
    note(shop, "shop.edited", now, public=public, followable=followable)
    return shop


def own(owner: Member) -> Shop:
    """The owner's open shop, locked. Raises ShopMissing."""
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


def note(shop: Shop, verb: str, now: datetime, **facts: object) -> None:
    journal.record(
        owner=shop.owner_id, actor=shop.owner_id, verb=verb, subject=shop.id, now=now, **facts
    )
