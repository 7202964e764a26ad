"""What must hold after every step: read from the tables themselves, by arithmetic of its own.

`check` reads one order whole: its entries are replayed, and nothing is taken from a cached sum.
`check_whole` replays every account there is and asks the house's own reconciliation.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.money import queries as money
from goodword.money.banking import reconciling

ONE = """
SELECT o.id,
 (SELECT json_agg(json_build_array(
    l.id, l.state, l.quantity * l.unit_minor, l.shipping_minor, l.paid_at IS NOT NULL,
    l.shipped_at IS NOT NULL, l.released_at IS NOT NULL, l.paused_at IS NOT NULL, l.quantity,
    coalesce(l.snapshot -> 'parcel' ->> 'template', l.listing_id::text),
    (SELECT json_agg(t.kind) FROM orders_timer t
      WHERE t.order_id = o.id AND t.line_id = l.id AND t.done_at IS NULL),
    (SELECT json_build_array(c.id, c.state, c.offer_by, c.asked_minor, c.currency,
      c.offer_minor, c.return_address)
       FROM care_case c WHERE c.line_id = l.id AND c.ended_at IS NULL),
    (SELECT sum(s.quantity) FROM shop_sale s WHERE s.line = l.id),
    (SELECT r.state FROM shop_reservation r WHERE r."order" = o.id AND r.variant_id = l.variant_id),
    h.state, h.fee, h.captured, h.released, h.refunded) ORDER BY l.id)
    FROM orders_orderline l LEFT JOIN money_hold h ON h.id = l.id WHERE l.order_id = o.id),
 (SELECT json_agg(json_build_array(
    t.id, t.kind, t.lines, a.kind, e.direction * e.amount, e.currency, a.currency))
    FROM money_transfer t JOIN money_entry e ON e.transfer_id = t.id
    JOIN money_account a ON a.id = e.account_id WHERE t."order" = o.id),
 (SELECT -sum(e.direction * e.amount) FROM money_entry e WHERE e.account_id = o.id),
 (SELECT json_agg(json_build_array(p.state, p.amount, p.gateway, c.taken, c.refunded, c.reversed,
    w.arrived)) FROM money_payment p
    LEFT JOIN money_sandboxcharge c ON c.key = p.id::text
    LEFT JOIN money_awaitedtransfer w ON w.key = p.id::text WHERE p."order" = o.id),
 (SELECT json_agg(json_build_array(r.state, r.amount)) FROM money_refund r
    JOIN money_payment p ON p.id = r.payment_id WHERE p."order" = o.id)
  FROM unnest(%s::uuid[]) AS o(id)"""
STOCK = """
SELECT v.id, v.stock + coalesce(sum(r.quantity) FILTER (WHERE r.state <> 'released'), 0)
  FROM shop_variant v LEFT JOIN shop_reservation r ON r.variant_id = v.id GROUP BY v.id"""
BELOW = """
SELECT a.holder_id, a.kind FROM money_account a JOIN money_entry e ON e.account_id = a.id
 WHERE a.kind IN ('payable', 'payout', 'reserve', 'refund', 'deposit', 'escrow')
 GROUP BY a.id HAVING -sum(e.direction * e.amount) < 0"""

UNPAID = ("awaiting_payment", "expired")
GOING = ("held", "shipped", "handed_over", "received")  # paid, and nobody's yet
SOLD = ("released", "completed")
OFF = ("expired", "cancelled", "refunded")
FINAL = ("completed", *OFF)
RINGING = {
    "awaiting_payment": "pay", "held": "unshipped", "shipped": "receive",
    "handed_over": "handover", "received": "release", "released": "complete",
}  # fmt: skip
ARRIVED = ("captured", "refunded", "reversed")


class Broken(AssertionError):
    """Something that must always hold does not."""


def must(holds: bool, *what: Any) -> None:
    if not holds:
        raise Broken(" ".join(map(str, what)))


@dataclass(frozen=True, slots=True)
class Line:
    """An order line, its hold (None in `hold`: nothing was captured), and what hangs on it."""

    id: str
    state: str
    goods: int
    shipping: int
    paid: bool
    shipped: bool
    released_once: bool
    paused: bool
    quantity: int
    parcel: str
    clocks: list[str] | None
    case: list[Any] | None
    counted: int | None  # among the units sold
    pieces: str  # the state of what is reserved for it
    hold: str | None
    fee: int
    captured: int
    released: int
    refunded: int

    @property
    def total(self) -> int:
        return self.goods + self.shipping

    @property
    def held(self) -> int:
        return self.captured - self.released - self.refunded if self.hold else 0

    @property
    def is_open(self) -> bool:
        return self.state not in FINAL


@dataclass(frozen=True, slots=True)
class Entry:
    transfer: str
    kind: str
    lines: int
    account: str
    signed: int  # debits above zero
    currency: str
    takes: str  # the account's currency


class Books:
    def __init__(self) -> None:
        self.seen: dict[UUID, list[Line]] = {}
        self.at_first: dict[UUID, int] = {}  # pieces of each variant
        self.checked = self.whole = 0

    def check(self, orders: Collection[UUID]) -> None:
        """Everything about these orders. Raises Broken."""
        if not orders:
            return
        with connection.cursor() as cursor:
            cursor.execute(ONE, [list(orders)])
            rows = cursor.fetchall()
        for id_, lines, entries, escrow, payments, refunds in rows:
            self.checked += 1
            order = [
                Line(*[value if value is not None else NOTHING[at] for at, value in enumerate(one)])
                for one in lines or ()
            ]
            self.seen[id_] = order
            try:
                check_entries([Entry(*one) for one in entries or ()], order, int(escrow or 0))
                check_machines(
                    [Entry(*one) for one in entries or ()], payments or [], refunds or []
                )
                check_lines(order)
            except Broken as broken:
                raise Broken(
                    f"order {id_}: {broken}\n{order}\n{entries}\n{payments}\n{refunds}"
                ) from None

    def check_whole(self) -> None:
        """Every account, every piece, every open payout and refund. Raises Broken."""
        self.whole += 1
        must(all(line.difference == 0 for line in money.trial_balance()), "trial balance")
        must(money.drift() == [], "balances are not the replay of their entries")
        for find in (reconciling.uneven, reconciling.escrow, reconciling.on_the_way):
            found = list(find())
            must(not found, found)
        with connection.cursor() as cursor:
            cursor.execute(BELOW)
            below = cursor.fetchall()
            cursor.execute(STOCK)
            stock = {id_: int(pieces) for id_, pieces in cursor.fetchall()}
        must(all(kind == "payable" for _holder, kind in below), "below zero:", below)
        must(not self.at_first or stock == self.at_first, "pieces were lost or made")
        self.at_first = stock


NOTHING: dict[int, Any] = dict.fromkeys(range(19))
NOTHING |= {12: 0, 15: 0, 16: 0, 17: 0, 18: 0}


def check_entries(entries: Sequence[Entry], lines: Sequence[Line], escrow: int) -> None:
    """Double entry, and that the holds are what the entries say."""
    transfers: dict[str, list[Entry]] = defaultdict(list)
    moved: dict[tuple[str, str], int] = defaultdict(int)
    for one in entries:
        transfers[one.transfer].append(one)
        moved[one.kind, one.account] += one.signed
        must(one.currency == one.takes, "an account took another currency")
    for parts in transfers.values():
        must(sum(one.signed for one in parts) == 0, "a transfer does not sum to zero")
        must(len(parts) == parts[0].lines >= 2, "a transfer is not whole")
        must(len({one.currency for one in parts}) == 1, "a transfer mixes currencies")
    captures = {one.transfer for one in entries if one.kind == "capture"}
    must(len(captures) <= 1, "an order was captured twice")
    held = sum(line.held for line in lines)
    must(escrow == -sum(one.signed for one in entries if one.account == "escrow"), "escrow")
    must(escrow == held >= 0, "escrow", escrow, "held", held)
    captured = sum(line.captured for line in lines)
    must(-moved["capture", "escrow"] == captured, "captured is not what the holds say")
    released = moved["release", "escrow"] + moved["take_back", "escrow"]
    must(released == sum(line.released for line in lines), "released is not what the holds say")
    refunded = moved["refund", "escrow"]
    must(refunded == sum(line.refunded for line in lines), "refunded is not what the holds say")
    fees = -moved["release", "fees"] - moved["take_back", "fees"]
    due = sum(kept(line) for line in lines if line.hold == "released")
    must(fees == due, "the fee is", fees, "and not", due)


def kept(line: Line) -> int:
    """The fee of a hold after what was refunded of it, by largest remainder: the half is kept."""
    left = line.captured - line.refunded
    whole, rest = divmod(line.fee * left, line.captured)
    return whole + (2 * rest >= line.captured)


def check_machines(
    entries: Sequence[Entry], payments: Sequence[Sequence[Any]], refunds: Sequence[Sequence[Any]]
) -> None:
    """Nothing is booked that no machine has done; what goes back is what was decided."""
    arrived = [amount for state, amount, *_rest in payments if state in ARRIVED]
    captured = sum(
        -one.signed for one in entries if (one.kind, one.account) == ("capture", "escrow")
    )
    must(captured == 0 or captured in arrived, "captured is not what was paid", captured, arrived)
    back = sum(
        -one.signed
        for one in entries
        if one.account == "refund" and one.signed < 0 and one.kind in ("refund", "late")
    )
    must(back == sum(amount for _state, amount in refunds), "refunds are not what was decided")
    left = -sum(one.signed for one in entries if one.account == "refund")
    open_ = sum(amount for state, amount in refunds if state != "done")
    must(left == open_, "on its way back", left, "open", open_)
    came = sum(
        one.signed
        for one in entries
        if one.account == "gateway" and one.kind in ("capture", "late")
    )
    taken = sum((taken or 0) + (came_in or 0) for *_rest, taken, _back, _lost, came_in in payments)
    must(came <= taken, "booked", came, "but only", taken, "came")


def check_lines(lines: Sequence[Line]) -> None:
    """Each line's money, pieces, count and clocks are those of its state."""
    for line in lines:
        check_money(line, lines)
        check_pieces(line)
        ringing = line.clocks or []
        must(
            line.paused == (line.case is not None), "paused without a case, or a case without pause"
        )
        if line.paused:
            must(ringing == ["care"], "a case has clocks", ringing)
        elif line.is_open:
            must(RINGING[line.state] in ringing, line.state, "has only the clocks", ringing)
        else:
            must(not ringing, line.state, "still has the clocks", ringing)


def check_money(line: Line, lines: Sequence[Line]) -> None:
    if line.hold:
        must(line.captured == line.total, "a hold is not what the line costs")
        must(min(line.captured, line.released, line.refunded, line.held) >= 0, "below zero")
        must((line.hold == "held") == (line.held > 0), "a hold is resolved, and not whole")
    if line.state in GOING:
        must(line.hold == "held" and line.held == line.total, line.state, "without its money held")
    elif line.state in SOLD:
        must(line.hold is not None and line.held == 0, line.state, "and still held")
    elif line.state in OFF and line.held:
        siblings = [one for one in lines if one.parcel == line.parcel and one.is_open]
        must(line.held == line.shipping and bool(siblings), "called off, and", line.held, "is held")
    if line.state in UNPAID:
        must(not line.paid, line.state, "and paid")
    if line.state == "expired":
        must(line.hold is None, "expired, and money was held")


def check_pieces(line: Line) -> None:
    sold = line.paid and (line.state not in OFF or line.shipped)
    if line.state != "awaiting_payment":
        must(
            line.pieces == ("sold" if sold else "released"),
            line.state,
            "its pieces are",
            line.pieces,
        )
    counted = line.quantity if line.paid and line.state not in OFF else 0
    must(line.counted == counted, line.state, "counts", line.counted, "as sold")
