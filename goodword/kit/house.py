"""House rules: the numbers a community may want otherwise, as one typed table of data.

Members read them at /rules. The operator's values override the defaults from their start on;
what began under an older value keeps it, so whoever starts a clock stores the rule it started with.
"""

from dataclasses import Field, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from .cursors import answered

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def rule(default: Any, sentence: Any) -> Any:
    return field(default=default, metadata={"sentence": sentence})


@dataclass(frozen=True, slots=True)
class HouseRules:
    """Every house rule with its default; durations are timedeltas, shares are whole percent."""

    friends_at_most: int = rule(5000, _("A member has at most this many friends."))
    pictures_at_most: int = rule(9, _("A moment or listing has at most this many pictures."))
    moment_text_at_most: int = rule(5000, _("A moment's text has at most this many characters."))
    comment_text_at_most: int = rule(1000, _("A comment has at most this many characters."))
    moments_a_day: int = rule(200, _("A member publishes at most this many moments a day."))
    edit_within: timedelta = rule(
        15 * MINUTE, _("A moment's words can be changed this long after posting.")
    )
    invitation_holds: timedelta = rule(
        7 * DAY, _("An invitation to become friends holds this long.")
    )
    snooze: timedelta = rule(30 * DAY, _("A snoozed friend comes back after this time."))

    market_every: int = rule(5, _("Of this many cards in a row, at most one is from the market."))
    seller_gap: timedelta = rule(2 * HOUR, _("One seller's cards stand at least this far apart."))
    seller_cards_a_day: int = rule(3, _("At most this many cards of one seller a day."))

    digest_hour: int = rule(
        18, _("Whoever wants friends’ sales once a day gets them after this hour (0 to 23).")
    )

    friends_counted_from: int = rule(
        3, _("What friends chose is told as a number, and only from this many friends on.")
    )

    digital_megabytes: int = rule(
        50, _("A file that is sold as digital goods has at most this many megabytes.")
    )
    pay_within: timedelta = rule(15 * MINUTE, _("An unpaid order expires after this time."))
    pay_within_transfer: timedelta = rule(
        DAY, _("An order to be paid by bank transfer expires after this time.")
    )
    ship_within: timedelta = rule(48 * HOUR, _("After this time the buyer may cancel alone."))
    refund_unshipped_after: timedelta = rule(
        14 * DAY, _("An order that was never shipped is refunded after this time.")
    )
    receive_courier: timedelta = rule(10 * DAY, _("A courier parcel counts as received then."))
    receive_post: timedelta = rule(30 * DAY, _("A postal parcel counts as received then."))
    receive_digital: timedelta = rule(3 * DAY, _("Digital goods count as received then."))
    handover: timedelta = rule(
        24 * HOUR, _("What was handed over in person counts as received after this time.")
    )
    answer_cancel: timedelta = rule(
        48 * HOUR,
        _("If a seller does not answer within this time, what she was asked is called off."),
    )
    receive_extension: timedelta = rule(7 * DAY, _("The buyer may extend that once by this time."))
    look_after_delivery: timedelta = rule(
        3 * DAY,
        _("A parcel that came late counts as received no sooner than this long after it came."),
    )
    new_seller_orders: int = rule(10, _("Sellers with fewer completed orders count as new."))
    new_seller_hold: timedelta = rule(
        7 * DAY, _("A new seller's money is released this long after receipt.")
    )
    after_sale: timedelta = rule(15 * DAY, _("An order is completed this long after receipt."))
    rates_from: int = rule(
        5, _("Return and dispute rates are told from this many completed orders on.")
    )
    quote_waits: timedelta = rule(
        14 * DAY, _("A request for a quote that nobody answers is over after this time.")
    )
    answer_return: timedelta = rule(
        5 * DAY, _("A seller who does not answer a return within this time has accepted it.")
    )
    ship_back: timedelta = rule(
        7 * DAY, _("A return that is not sent back within this time is closed.")
    )
    coming_back: timedelta = rule(
        10 * DAY, _("A return on its way counts as arrived after this time, and is refunded.")
    )
    refused_return: timedelta = rule(
        7 * DAY, _("A refused return that the buyer does not pursue is closed after this time.")
    )
    dispute_talk: timedelta = rule(
        3 * DAY, _("The two sides of a dispute have this long to settle it.")
    )
    evidence: timedelta = rule(
        72 * HOUR, _("Then each side has this long to say what happened; who is silent loses.")
    )
    panel: timedelta = rule(48 * HOUR, _("A jury has this long to vote."))
    jury: int = rule(7, _("So many jurors are drawn for a dispute."))
    jury_large: int = rule(17, _("So many where the house is large."))
    large_circle: int = rule(500, _("A house is large from this many members on."))
    operator_decides: timedelta = rule(
        7 * DAY,
        _(
            "If the operator does not decide within this time, the buyer is refunded; after an "
            "appeal, what was decided before holds."
        ),
    )
    dispute_at_most: timedelta = rule(60 * DAY, _("No dispute takes longer than this."))
    appeal: timedelta = rule(
        7 * DAY, _("A decision can be appealed once, on new evidence, within this time.")
    )
    cases_of_a_line: int = rule(
        3, _("A buyer can ask for a return or open a dispute about one thing this often.")
    )
    fake_times: int = rule(
        3, _("Whoever sold a fake pays this many times its price besides the refund.")
    )
    fake_least: int = rule(500, _("Where prices are in yuan, at least so many yuan."))
    archive_holds: timedelta = rule(
        7 * DAY, _("The archive of a member’s own data can be fetched this long.")
    )
    leave_after: timedelta = rule(
        14 * DAY, _("Whoever deletes their account can take that back for this long.")
    )
    handle_rests: timedelta = rule(
        365 * DAY, _("The handle of somebody who left is given to nobody for this long.")
    )
    fee_percent: int = rule(0, _("The house keeps this share of each sale, in percent."))
    reserve_percent: int = rule(
        0, _("This share of a seller’s newest sales stays here for refunds, in percent.")
    )
    reserve_for: timedelta = rule(30 * DAY, _("That share of a sale is kept back this long."))
    deposit_rests: timedelta = rule(
        30 * DAY, _("A seller may take her deposit out this long after her last sale was settled.")
    )
    exempt_sum: int = rule(
        100_000,
        _("A private person sells for at most this much in a calendar year, in the house’s money."),
    )
    register_within: timedelta = rule(
        30 * DAY,
        _("Whoever sold for more has this long to be registered; then no new orders come in."),
    )
    close_after: timedelta = rule(
        7 * DAY,
        _("A shop that its owner closes is closed for good after this time and its last order."),
    )
    payout_every: timedelta = rule(
        timedelta(0),
        _("Balances are paid out by themselves this often; at 0 only when their owners ask."),
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
    kinds = {one.name: type(one.default) for one in table()}
    # Nearly every request asks; the same through a queryset takes four times as long.
    _count, rows = answered(IN_FORCE, [now])
    held: dict[str, Any] = {
        name: timedelta(seconds=value) if kinds[name] is timedelta else value
        for name, value in rows
        if name in kinds
    }
    return HouseRules(**held)


def table() -> list[Field[Any]]:
    """Every rule in reading order, for the page that shows them."""
    return list(fields(HouseRules))
