"""What a change of a house rule goes by: it holds for what begins after it. This says what that is.

Each sentence is read beside its rules. How each is held: docs/decisions/0093-what-begins.md.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .house import FIELDS

Groups = tuple[tuple[Any, tuple[str, ...]], ...]

GROUPS: Groups = (
    (_("What counts is when two people become friends."), ("friends_at_most",)),
    (_("What counts is when a picture is added."), ("pictures_at_most",)),
    (
        _("What counts is when a moment is published."),
        ("moment_text_at_most", "moments_a_day", "edit_within"),
    ),
    (_("What counts is when a comment is written."), ("comment_text_at_most",)),
    (_("What counts is when an invitation is made."), ("invitation_holds",)),
    (_("What counts is when a friend is snoozed."), ("snooze",)),
    (
        _("What counts is when a card first comes up in a circle."),
        ("market_every", "seller_gap", "seller_cards_a_day"),
    ),
    (_("What counts is what held when the day began."), ("digest_hour",)),
    # Of nobody may be told more than now, so nothing older keeps its own.
    (_("What counts is when somebody looks."), ("friends_counted_from", "rates_from")),
    (_("What counts is when a file is added."), ("digital_megabytes",)),
    (_("What counts is when the seller writes the listing."), ("ship_within",)),
    (
        _("What counts is when an order is placed."),
        (
            "pay_within", "pay_within_transfer", "refund_unshipped_after", "receive_courier",
            "receive_post", "receive_digital", "handover", "answer_cancel", "receive_extension",
            "look_after_delivery", "new_seller_orders", "new_seller_hold", "after_sale",
            "cases_of_a_line", "fake_times", "fake_least", "fee_percent",
        ),
    ),
    (_("What counts is when a quote is asked for."), ("quote_waits",)),
    (
        _("What counts is when a return or dispute begins."),
        (
            "answer_return", "ship_back", "coming_back", "refused_return", "dispute_talk",
            "evidence", "panel", "jury", "jury_large", "large_circle", "operator_decides",
            "dispute_at_most", "appeal",
        ),
    ),
    (_("What counts is when an archive is ready."), ("archive_holds",)),
    (_("What counts is when the deletion is asked for."), ("leave_after",)),
    (_("What counts is when the account is deleted."), ("handle_rests",)),
    (
        _("What counts is when the money of a sale is released."),
        ("reserve_percent", "reserve_for", "deposit_rests"),
    ),
    (_("What counts is a person’s first sale in a calendar year."), ("exempt_sum",)),
    (_("What counts is when the year’s sum is passed."), ("register_within",)),
    (_("What counts is when its owner closes a shop."), ("close_after",)),
    (_("What counts is when a payout begins."), ("payout_every",)),
)  # fmt: skip


def check(groups: Groups, rules: set[str]) -> None:
    """Refuse a rule of which nobody has said what a change of it goes by, or twice."""
    named = sorted(name for _what, names in groups for name in names)
    if named != sorted(rules):
        raise TypeError("every house rule stands once among what begins under it")


check(GROUPS, set(FIELDS))
OF = {name: what for what, names in GROUPS for name in names}
