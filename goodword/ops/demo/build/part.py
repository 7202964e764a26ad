"""A part of the town that holds together: for tests, which have seconds."""

from dataclasses import replace
from typing import Any, TypeVar

from ..town.shapes import Audience, Comment, Group, Life, Listing, Order, Showing, Town

M = TypeVar("M", Life, Showing)


def part(town: Town, *, people: int, moments: int, listings: int) -> Town:
    """About so many of each, around the reader; what refers to somebody left out is left out.

    Shop owners come first, then the reader's friends; every state of an order that remains possible
    is kept.
    """
    friends = [
        tie.other if tie.one == town.reader else tie.one
        for tie in town.ties
        if town.reader in (tie.one, tie.other)
    ]
    owners = [shop.owner for shop in town.shops]
    buyers = [order.buyer for order in town.orders if order.state != "completed"]
    wanted = list(dict.fromkeys([town.reader, town.operator, *owners, *buyers, *friends]))[:people]
    here = frozenset(wanted)
    shops = tuple(shop for shop in town.shops if shop.owner in here)
    kept = _listings(town, {shop.key for shop in shops}, listings)
    keys = {listing.key for listing in kept}
    groups = _groups(town, here)
    return replace(
        town,
        people=tuple(person for person in town.people if person.handle in here),
        ties=tuple(tie for tie in town.ties if {tie.one, tie.other} <= here),
        groups=groups,
        requests=tuple(one for one in town.requests if {one.asker, one.asked} <= here),
        dials=tuple(dial for dial in town.dials if {dial.owner, dial.friend} <= here),
        shops=shops,
        listings=kept,
        life=tuple(
            _among(moment, here)
            for moment in town.life
            if moment.author in here
            and (moment.from_listing is None or moment.from_listing in keys)
            and _possible(moment.audience, moment.author, groups, here)
        )[-moments:],
        market=tuple(
            _among(showing, here)
            for showing in town.market
            if showing.author in here
            and showing.listing in keys
            and _possible(showing.audience, showing.author, groups, here)
        )[-moments:],
        orders=_orders(town, here, keys),
        quotes=tuple(one for one in town.quotes if one.buyer in here and one.listing in keys),
        **_house(town, here, {shop.key for shop in shops}, keys),
    )


def _house(town: Town, here: frozenset[str], shops: set[str], listings: set[str]) -> dict[str, Any]:
    """Who runs it, who follows, likes what and lets it learn, what is planned."""
    return {
        "operator": town.operator if town.operator in here else "",
        "follows": tuple(one for one in town.follows if one.member in here and one.shop in shops),
        "plans": tuple(one for one in town.plans if one.listing in listings),
        "likings": tuple(one for one in town.likings if one.member in here),
        "learning": tuple(one for one in town.learning if one in here),
    }


def _orders(town: Town, here: frozenset[str], listings: set[str]) -> tuple[Order, ...]:
    return tuple(
        order
        for order in town.orders
        if order.buyer in here and {line.listing for line in order.lines} <= listings
    )


def _groups(town: Town, here: frozenset[str]) -> tuple[Group, ...]:
    """The groups of who is here, without the absent; empty ones are left out."""
    groups = (
        replace(group, members=tuple(one for one in group.members if one in here))
        for group in town.groups
        if group.owner in here
    )
    return tuple(group for group in groups if group.members)


def _listings(town: Town, shops: set[str], most: int) -> tuple[Listing, ...]:
    """Those with the most orders, in the town's order, with one picture and one paper each.

    Where somebody asks for a quote counts as ten orders.
    """
    ordered = [line.listing for order in town.orders for line in order.lines]
    ordered += [quote.listing for quote in town.quotes] * 10
    ranked = sorted(
        (listing for listing in town.listings if listing.shop in shops),
        key=lambda listing: -ordered.count(listing.key),
    )[:most]
    return tuple(
        replace(listing, pictures=listing.pictures[:1], evidence=listing.evidence[:1])
        for listing in town.listings
        if listing in ranked
    )


def _possible(
    audience: Audience, author: str, groups: tuple[Group, ...], here: frozenset[str]
) -> bool:
    known = {group.key for group in groups if group.owner == author}
    return set(audience.groups) <= known and set(audience.people) <= here


def _among(moment: M, here: frozenset[str]) -> M:
    """The moment with its first picture, and the answers of those who are here."""
    comments: list[Comment] = []
    for comment in moment.comments:
        if comment.by not in here or comment.reply_to is not None:
            break
        comments.append(comment)
    likes = tuple(one for one in moment.likes if one in here)[:2]
    if isinstance(moment, Life):
        return replace(moment, likes=likes, comments=tuple(comments), pictures=moment.pictures[:1])
    return replace(moment, likes=likes, comments=tuple(comments))
