"""What Stripe's own account says of each charge, line by line, against which the books are held."""

from collections.abc import Iterable, Mapping
from typing import Any

from goodword.kit.money import Money

from ..base import Report
from ..memory import OutsideCharge, OutsideMove
from .amounts import from_stripe

# What Stripe itself takes and pays: the house's bank account tells of it.
BESIDES = frozenset({"payout", "payout_cancel", "payout_failure", "stripe_fee", "topup"})


def summed(lines: Iterable[Mapping[str, Any]]) -> Report:
    """The balance transactions, with their sources, by the charge that each belongs to.

    Amounts are those before Stripe's fee, as the books have them.
    """
    ours = [line for line in lines if line["type"] not in BESIDES]
    sources = [source_of(line) for line in ours]
    charges = OutsideCharge.objects.filter(gateway="stripe")
    intents = {one["payment_intent"] for one in sources if one.get("payment_intent")}
    by_intent = dict(charges.filter(reference__in=intents).values_list("reference", "key"))
    reversed_ = {one["transfer"] for one in sources if one.get("transfer")}
    moves = OutsideMove.objects.filter(number__in=reversed_)
    by_transfer = dict(moves.values_list("number", "charge"))
    groups = {one["transfer_group"] for one in sources if one.get("transfer_group")}
    known = set(charges.filter(key__in=groups).values_list("key", flat=True))
    stands: dict[str, Money] = {}
    strange: dict[str, Money] = {}
    for line, source in zip(ours, sources, strict=True):
        amount = from_stripe(line["amount"], line["currency"])
        key = (
            by_intent.get(source.get("payment_intent", ""))
            or by_transfer.get(source.get("transfer", ""))
            or next(iter({source.get("transfer_group")} & known), None)
        )
        if key is None:
            strange[line["id"]] = amount
        else:
            stands[key] = stands[key] + amount if key in stands else amount
    return Report(stands, strange)


def source_of(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the line is about: a charge, a refund and a dispute name their intent, a transfer its
    group, which is the charge's key, and a reversal its transfer."""
    source = line.get("source")
    return source if isinstance(source, Mapping) else {}
