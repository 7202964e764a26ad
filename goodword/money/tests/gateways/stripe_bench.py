"""Stripe on the bench, against a machine of our own."""

from contextlib import contextmanager
from functools import cache

from goodword.kit.money import Money
from goodword.money.gateways.stripe import Stripe
from goodword.money.gateways.stripe.amounts import from_stripe
from goodword.money.paying import StripeSettings

from .bench import Bench
from .stripe_machine import SECRET, StripeMachine


@cache
def machine():
    return StripeMachine()


class StripeBench(Bench):
    others = (Money(500, "JPY"), Money(12340, "KWD"), Money(700, "ISK"))
    foreign = Money(500, "XAU")
    refund_failures = ("empty_balance", "disputed")

    def __init__(self):
        self.machine = machine()
        self.machine.faults.clear()
        self.machine.refuses_refunds = ""
        self.gateway = Stripe(
            StripeSettings("sk_test_0123456789", SECRET, self.machine.url), "https://town.example"
        )

    def method(self):
        return "checkout"

    def pay(self, key, now):
        self.machine.complete(key, paid=True)

    def refuse(self, key, now):
        self.machine.complete(key, paid=False)

    def reverse(self, key, now):
        self.machine.withdraw(key)

    def told(self, key, now):
        (session,) = self.machine.of(key)
        intent = self.machine.intents.get(session["payment_intent"])
        if intent and intent["withdrawn"]:
            dispute = {
                "id": "dp_1", "payment_intent": intent["id"], "amount": intent["withdrawn"],
                "currency": session["currency"],
            }  # fmt: skip
            kind = "charge.dispute.funds_withdrawn"
            return self.machine.event(kind, dispute, now, f"evt_{intent['id']}_dispute")
        number = f"evt_{session['id']}_{session['status']}"
        return self.machine.event("checkout.session.completed", session, now, number)

    def told_reinstated(self, key, amount, now):
        (session,) = self.machine.of(key)
        dispute = {
            "id": "dp_1", "payment_intent": session["payment_intent"], "amount": amount.minor,
            "currency": session["currency"],
        }  # fmt: skip
        return self.machine.event("charge.dispute.funds_reinstated", dispute, now, f"evt_won_{key}")

    def told_refund(self, key, now):
        (refund,) = (
            one for one in self.machine.refunds.values() if one["metadata"]["goodword"] == key
        )
        return self.machine.event("refund.updated", refund, now)

    def stands(self, key):
        (session,) = self.machine.of(key)
        intent = self.machine.intents.get(session["payment_intent"])
        return from_stripe(self.machine.left(intent) if intent else 0, session["currency"])

    def charges(self, key):
        return len(self.machine.of(key))

    @contextmanager
    def failing(self, fault):
        self.machine.faults[fault.call] = fault.how
        yield self.request()

    def refund_fails(self, code):
        codes = {"empty_balance": "balance_insufficient", "disputed": "charge_disputed"}
        self.machine.refuses_refunds = codes[code]
