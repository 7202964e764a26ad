"""House rules: the numbers a community may want otherwise, as one typed table of data.

Members read them at /rules. The operator's values override the defaults from their start on;
what began under an older value keeps it (`begins` says what that is for each rule): whoever starts
a clock stores the rule it started with, or asks at its end what held at its beginning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from .cursors import answered

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NONE = timedelta(0)
INSTANT = timedelta(microseconds=1)  # times are no finer
EVER = datetime.min.replace(tzinfo=UTC)
FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an operator may choose: in steps of `step` from `least` to `most`; `odd`: no ties."""

    least: Any
    most: Any
    step: Any
    odd: bool = False


def rule(
    default: Any, sentence: Any, least: Any, most: Any, *, step: Any = None, odd: bool = False
) -> Any:
    """A rule as it holds by default, in plain words, and what it may be instead."""
    limits = Limits(least, most, step or (MINUTE if isinstance(default, timedelta) else 1), odd)
    return field(default=default, metadata={"sentence": sentence, "limits": limits})


@dataclass(frozen=True, slots=True)
class HouseRules:
    """Every house rule with its default; durations are timedeltas, shares are whole percent."""

    friends_at_most: int = rule(5000, _("A member has at most this many friends."), 1, 5000)
    pictures_at_most: int = rule(9, _("A moment or listing has at most this many pictures."), 1, 9)
    moment_text_at_most: int = rule(
        5000, _("A moment's text has at most this many characters."), 100, 20_000
    )
    comment_text_at_most: int = rule(
        1000, _("A comment has at most this many characters."), 50, 5000
    )
    moments_a_day: int = rule(
        200, _("A member publishes at most this many moments a day."), 1, 1000
    )
    edit_within: timedelta = rule(
        15 * MINUTE, _("A moment's words can be changed this long after posting."), NONE, 30 * DAY
    )
    invitation_holds: timedelta = rule(
        7 * DAY, _("An invitation to become friends holds this long."), HOUR, 365 * DAY
    )
    snooze: timedelta = rule(
        30 * DAY, _("A snoozed friend comes back after this time."), HOUR, 365 * DAY
    )

    market_every: int = rule(
        5, _("Of this many cards in a row, at most one is from the market."), 2, 100
    )
    seller_gap: timedelta = rule(
        2 * HOUR, _("One seller's cards stand at least this far apart."), NONE, 7 * DAY
    )
    seller_cards_a_day: int = rule(3, _("At most this many cards of one seller a day."), 1, 50)

    digest_hour: int = rule(
        18, _("Whoever wants friends’ sales once a day gets them after this hour (0 to 23)."), 0, 23
    )

    friends_counted_from: int = rule(
        3, _("What friends chose is told as a number, and only from this many friends on."), 3, 100
    )

    digital_megabytes: int = rule(
        50, _("A file that is sold as digital goods has at most this many megabytes."), 1, 500
    )
    pay_within: timedelta = rule(
        15 * MINUTE, _("An unpaid order expires after this time."), 5 * MINUTE, 7 * DAY
    )
    pay_within_transfer: timedelta = rule(
        DAY, _("An order to be paid by bank transfer expires after this time."), HOUR, 30 * DAY
    )
    ship_within: timedelta = rule(
        48 * HOUR, _("After this time the buyer may cancel alone."), HOUR, 90 * DAY, step=HOUR
    )
    refund_unshipped_after: timedelta = rule(
        14 * DAY, _("An order that was never shipped is refunded after this time."), DAY, 180 * DAY
    )
    receive_courier: timedelta = rule(
        10 * DAY, _("A courier parcel counts as received then."), 3 * DAY, 90 * DAY
    )
    receive_post: timedelta = rule(
        30 * DAY, _("A postal parcel counts as received then."), 3 * DAY, 120 * DAY
    )
    receive_digital: timedelta = rule(
        3 * DAY, _("Digital goods count as received then."), DAY, 30 * DAY
    )
    handover: timedelta = rule(
        24 * HOUR,
        _("What was handed over in person counts as received after this time."),
        HOUR,
        30 * DAY,
    )
    answer_cancel: timedelta = rule(
        48 * HOUR,
        _("If a seller does not answer within this time, what she was asked is called off."),
        HOUR,
        30 * DAY,
    )
    receive_extension: timedelta = rule(
        7 * DAY, _("The buyer may extend that once by this time."), DAY, 60 * DAY
    )
    look_after_delivery: timedelta = rule(
        3 * DAY,
        _("A parcel that came late counts as received no sooner than this long after it came."),
        NONE,
        14 * DAY,
    )
    new_seller_orders: int = rule(
        10, _("Sellers with fewer completed orders count as new."), 0, 1000
    )
    new_seller_hold: timedelta = rule(
        7 * DAY, _("A new seller's money is released this long after receipt."), NONE, 90 * DAY
    )
    after_sale: timedelta = rule(
        15 * DAY, _("An order is completed this long after receipt."), DAY, 180 * DAY
    )
    rates_from: int = rule(
        5, _("Return and dispute rates are told from this many completed orders on."), 3, 100
    )
    quote_waits: timedelta = rule(
        14 * DAY,
        _("A request for a quote that nobody answers is over after this time."),
        DAY,
        90 * DAY,
    )
    answer_return: timedelta = rule(
        5 * DAY,
        _("A seller who does not answer a return within this time has accepted it."),
        DAY,
        30 * DAY,
    )
    ship_back: timedelta = rule(
        7 * DAY, _("A return that is not sent back within this time is closed."), DAY, 60 * DAY
    )
    coming_back: timedelta = rule(
        10 * DAY,
        _("A return on its way counts as arrived after this time, and is refunded."),
        DAY,
        60 * DAY,
    )
    refused_return: timedelta = rule(
        7 * DAY,
        _("A refused return that the buyer does not pursue is closed after this time."),
        DAY,
        60 * DAY,
    )
    dispute_talk: timedelta = rule(
        3 * DAY, _("The two sides of a dispute have this long to settle it."), HOUR, 30 * DAY
    )
    evidence: timedelta = rule(
        72 * HOUR,
        _("Then each side has this long to say what happened; who is silent loses."),
        DAY,
        30 * DAY,
    )
    panel: timedelta = rule(48 * HOUR, _("A jury has this long to vote."), HOUR, 14 * DAY)
    jury: int = rule(7, _("So many jurors are drawn for a dispute."), 3, 99, odd=True)
    jury_large: int = rule(17, _("So many where the house is large."), 3, 99, odd=True)
    large_circle: int = rule(500, _("A house is large from this many members on."), 1, 1_000_000)
    operator_decides: timedelta = rule(
        7 * DAY,
        _(
            "If the operator does not decide within this time, the buyer is refunded, against the "
            "goods where they can go back; after an appeal, what was decided before holds."
        ),
        DAY,
        60 * DAY,
    )
    dispute_at_most: timedelta = rule(
        60 * DAY, _("No dispute takes longer than this."), 7 * DAY, 365 * DAY
    )
    appeal: timedelta = rule(
        7 * DAY,
        _("A decision can be appealed once, on new evidence, within this time."),
        DAY,
        60 * DAY,
    )
    cases_of_a_line: int = rule(
        3, _("A buyer can ask for a return or open a dispute about one thing this often."), 1, 20
    )
    fake_times: int = rule(
        3, _("Whoever sold a fake pays this many times its price besides the refund."), 0, 10
    )
    fake_least: int = rule(500, _("Where prices are in yuan, at least so many yuan."), 0, 100_000)
    archive_holds: timedelta = rule(
        7 * DAY, _("The archive of a member’s own data can be fetched this long."), DAY, 90 * DAY
    )
    leave_after: timedelta = rule(
        14 * DAY,
        _("Whoever deletes their account can take that back for this long."),
        DAY,
        90 * DAY,
        step=DAY,
    )
    handle_rests: timedelta = rule(
        365 * DAY,
        _("The handle of somebody who left is given to nobody for this long."),
        NONE,
        3650 * DAY,
        step=DAY,
    )
    fee_percent: int = rule(0, _("The house keeps this share of each sale, in percent."), 0, 100)
    reserve_percent: int = rule(
        0, _("This share of a seller’s newest sales stays here for refunds, in percent."), 0, 100
    )
    reserve_for: timedelta = rule(
        30 * DAY, _("That share of a sale is kept back this long."), DAY, 365 * DAY
    )
    deposit_rests: timedelta = rule(
        30 * DAY,
        _("A seller may take her deposit out this long after her last sale was settled."),
        NONE,
        365 * DAY,
    )
    exempt_sum: int = rule(
        100_000,
        _("A private person sells for at most this much in a calendar year, in the house’s money."),
        0,
        1_000_000_000,
    )
    register_within: timedelta = rule(
        30 * DAY,
        _("Whoever sold for more has this long to be registered; then no new orders come in."),
        DAY,
        365 * DAY,
    )
    close_after: timedelta = rule(
        7 * DAY,
        _("A shop that its owner closes is closed for good after this time and its last order."),
        HOUR,
        365 * DAY,
    )
    payout_every: timedelta = rule(
        timedelta(0),
        _("Balances are paid out by themselves this often; at 0 only when their owners ask."),
        NONE,
        365 * DAY,
        step=DAY,
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """`more` is at least as much as `less` together (and `gap` more): else it could not be kept."""

    more: str
    less: tuple[str, ...]
    gap: timedelta | None = None


DISPUTE = ("dispute_talk", "evidence", "panel", "operator_decides", "appeal", "operator_decides")
BESIDE = (
    Beside("pay_within_transfer", ("pay_within",)),  # alike: a transfer has no longer
    # Whoever may cancel alone has an hour to do so before the money comes back by itself.
    Beside("refund_unshipped_after", ("ship_within",), gap=HOUR),
    Beside("after_sale", ("new_seller_hold",)),  # alike: paid and over in one moment
    Beside("jury_large", ("jury",)),  # alike: one size for every house
    # A dispute's time runs from the day of the return that it began as: refused, or sent back and
    # contested. Alike: each step has its whole time, and none has more.
    Beside("dispute_at_most", ("answer_return", "refused_return", *DISPUTE)),
    Beside("dispute_at_most", ("answer_return", "ship_back", "coming_back", *DISPUTE)),
)

# Where a chapter begins, for whoever reads them from top to bottom.
CHAPTERS = {
    "friends_at_most": _("Friends and moments"),
    "market_every": _("The market in your circle"),
    "pay_within": _("Orders, and what happens by itself"),
    "quote_waits": _("Quotes, returns and disputes"),
    "archive_holds": _("Your data and your leave"),
    "fee_percent": _("Money and who may sell"),
}


IN_FORCE = """
SELECT DISTINCT ON (name) name, value FROM kit_houserule WHERE since <= %s
 ORDER BY name, since DESC"""


def rules(now: datetime) -> HouseRules:
    """The rules in force at `now` (UTC)."""
    # Nearly every request asks; the same through a queryset takes four times as long.
    _count, rows = answered(IN_FORCE, [now])
    held = {name: typed(name, value) for name, value in rows if name in KINDS and value is not None}
    return HouseRules(**held)


@dataclass(frozen=True, slots=True)
class Span:
    """From `begin` to before `end` the rules that were asked for were as in `held`."""

    begin: datetime
    end: datetime
    held: Mapping[str, Any]


CHANGES = """
SELECT since, name, value FROM kit_houserule WHERE since <= %s AND name = ANY (%s)
 ORDER BY since, id"""


def spans(*names: str, now: datetime) -> list[Span]:
    """What these rules were up to `now` (UTC), the oldest first; the last one has no end."""
    held, begin = {name: FIELDS[name].default for name in names}, EVER
    found = []
    _count, rows = answered(CHANGES, [now, list(names)])
    for since, name, value in rows:
        if since > begin:
            found.append(Span(begin, since, dict(held)))
            begin = since
        held[name] = FIELDS[name].default if value is None else typed(name, value)
    return [*found, Span(begin, FOREVER, dict(held))]


def then(past: Sequence[Span], began: datetime) -> Span:
    """The span in which something began."""
    return next(one for one in past if one.begin <= began < one.end)


def waiting(name: str, *others: str, now: datetime) -> list[Span]:
    """When something began whose time by the rule is not over yet, each by the rule of its own
    beginning; with what `others` were then."""
    found = []
    for one in spans(name, *others, now=now):
        begin = max(one.begin, now - one.held[name] + INSTANT)
        if begin < one.end:
            found.append(Span(begin, one.end, one.held))
    return found


def table() -> list[Field[Any]]:
    """Every rule in reading order, for the page that shows them."""
    return list(fields(HouseRules))


FIELDS = {one.name: one for one in table()}
KINDS = {name: type(one.default) for name, one in FIELDS.items()}


def typed(name: str, value: int) -> Any:
    """A rule's value from the whole number in which it is kept: seconds are a timedelta."""
    return timedelta(seconds=value) if KINDS[name] is timedelta else value


def plain(value: Any) -> int:
    """The whole number in which a rule's value is kept."""
    return value // timedelta(seconds=1) if isinstance(value, timedelta) else value
