"""The same as data: `order.json` and what lies beside it. Amounts in minor units, times in UTC."""

import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from goodword.journal.queries import TIME, Link
from goodword.kit.money import Money
from goodword.money import queries as money
from goodword.orders import sealed
from goodword.orders.models import Shipment
from goodword.orders.tracking import Stop
from goodword.people.models import Member

from .. import rules
from ..pages import CasePage
from ..schemas import amount
from ..states import Party, Reason
from .gathering import Gathered, Shown


def order(found: Gathered) -> dict[str, Any]:
    """What happened, but for the date on which it is told."""
    row, address = found.order, found.address
    return {
        "house": settings.CONFIG.public_url,
        "for": found.reader,
        "order": {
            "id": row.id,
            "reference": row.reference,
            "placed_at": row.placed_at,
            "currency": row.currency,
            "goods_minor": row.goods_minor,
            "shipping_minor": row.shipping_minor,
            "gateway": row.gateway,
            "custodian": row.custodian,
            "note": found.note,
            "terms": row.terms,
            "address": place(address.stored(), found.reader) if address else None,
        },
        "buyer": person(found.buyer),
        "seller": person(found.seller),
        "lines": [line(found, n) for n in range(1, len(found.lines) + 1)],
        "parcels": [parcel(one, way) for one, way in found.ways],
        "story": [
            {"at": one.at, "by": one.by, "verb": one.verb, "words": one.sentence,
             "detail": one.detail}
            for one in found.told()
        ],
        "money": moved(found),
        "cases": [case(one, found.shown_in(n), found.is_side)
                  for n, one in enumerate(found.cases, 1)],
        "papers": [{"number": one.reference, "kind": one.kind, "issued_at": one.issued_at,
                    "digest": one.digest} for one in found.papers],
    }  # fmt: skip


def parcel(one: Shipment, way: list[Stop]) -> dict[str, Any]:
    said = [
        {"at": stop.at, "kind": stop.kind, "place": stop.place, "words": stop.words}
        for stop in way
    ]  # fmt: skip
    return {"carrier": one.carrier, "number": one.number, "at": one.at, "said": said}


def moved(found: Gathered) -> dict[str, Any]:
    sums = ("captured", "released", "refunded", "held")
    moves = [
        {"transfer": one.transfer, "at": one.at, "kind": one.kind, "from": one.from_kind,
         "to": one.to_kind, "minor": one.amount.minor, "currency": one.amount.currency}
        for one in found.trail
    ]  # fmt: skip
    return {**{name: found.sum_of(name).minor for name in sums}, "moves": moves}


def place(stored: dict[str, str], reader: Party) -> dict[str, str]:
    """Where it goes; a phone number proves nothing, and is the buyer's to give away."""
    return stored if reader == Party.BUYER else stored | {"phone": ""}


def person(one: Member) -> dict[str, Any]:
    """Who somebody is here; of a former member only the number is left."""
    handle = "" if one.left_at else one.handle
    return {"id": one.id, "name": one.display_name, "handle": handle}


def line(found: Gathered, number: int) -> dict[str, Any]:
    """Of digital goods that they came, and how often they were fetched: what they are is hers."""
    one = found.lines[number - 1]
    times = ("paid_at", "shipped_at", "received_at", "released_at", "ended_at")
    return {
        "id": one.id,
        "name": one.name,
        "quantity": one.quantity,
        "unit_minor": one.unit_minor,
        "shipping_minor": one.shipping_minor,
        "state": one.state,
        "delivery": one.delivery,
        "promise_sha256": one.digest,
        "pictures": [shown.name for shown in found.promised_of(number)],
        "delivered": [
            {
                "id": item.id,
                "name": item.name,
                "bytes": item.size,
                "at": item.at,
                "downloads": item.downloads,
                "corrects": item.corrects,
            }
            for item in found.delivered.get(one.id, [])
        ],
        **{name: getattr(one, name) for name in times},
    }


def case(page: CasePage, pictures: list[Shown], is_side: bool) -> dict[str, Any]:
    row = page.case
    between = {
        "return_address": row.return_address, "carrier": row.carrier, "number": row.number,
        "offer": amount(page.offer), "offer_by": row.offer_by,
    }  # fmt: skip
    return {
        "id": row.id,
        "line": row.line_id,
        "reason": row.reason,
        "state": row.state,
        "opened_at": row.opened_at,
        "ended_at": row.ended_at,
        "asked": amount(row.asked),
        "words": page.words,
        "refusal": page.no,
        "objection": page.objection,
        "said": said(page),
        "pictures": [shown.name for shown in pictures],
        "commitment": page.commitment,
        "panel": panel(page),
        "appealed": row.appealed,
        "decided_by": row.decided_by,
        "decision": amount(page.decision),
        "decision_words": row.decision,
        "waits_for_goods": page.waits_for_goods,
        "stays": row.stays,
        "way_back_paid_by": rules.pays_the_way_back(Reason(row.reason)),
        "compensation": amount(page.compensation),
        "given": amount(page.given),
        "back": amount(page.back),
        **(between if is_side else {}),
    }


def said(page: CasePage) -> list[dict[str, Any]]:
    return [
        {name: getattr(one, name) for name in ("by", "at", "is_appeal", "of_return", "words")}
        for one in page.said
    ]


def panel(page: CasePage) -> dict[str, Any] | None:
    """How the jurors were drawn: by tokens that nobody can read; and how many voted."""
    drawn = page.panel
    if drawn is None:
        return None
    names = ("seed", "secret", "drawn_from", "left_out", "drawn", "seats", "votes")
    return {name: getattr(drawn, name) for name in names}


def promises(found: Gathered) -> list[dict[str, Any]]:
    return [sealed.file(one) for one in found.lines]


def deed(link: Link) -> dict[str, Any]:
    """A deed without its place in the buyer's chain, which is hers: the same in every file."""
    return {
        "owner": link.owner, "actor": link.actor, "verb": link.verb, "subject": link.subject,
        "at": link.at.strftime(TIME), "body": link.body,
    }  # fmt: skip


def places(found: Gathered) -> list[dict[str, Any]]:
    """Where each deed stands in the buyer's chain: for herself alone."""
    return [
        {"seq": one.seq, "previous": one.previous.hex(), "digest": one.digest.hex()}
        for one in found.links
    ]


def ledger(found: Gathered) -> list[dict[str, Any]]:
    """The order's transfers as the ledger's export has them, as far as this reader knows them."""
    return money.whole(found.order.id, for_buyer=found.reader != Party.SELLER)


def plain(value: Any) -> bytes:
    """JSON with one spelling: keys sorted, no blanks; ids and times as text."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=text
    ).encode()


def read(value: Any) -> bytes:
    """The same for people's eyes."""
    return json.dumps(
        value, sort_keys=True, indent=1, ensure_ascii=False, default=text
    ).encode() + b"\n"  # fmt: skip


def text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Money):
        return amount(value)
    return str(value)
