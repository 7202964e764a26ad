"""Stripe by its official SDK: hosted Checkout over a PaymentIntent, refunds, separate transfers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from goodword.kit.money import Money

from ...paying import StripeSettings
from ...states import AnswerKind, Words
from ..base import (
    Answer,
    ChargeRequest,
    Custodian,
    GatewayDown,
    Message,
    Method,
    NeverAsked,
    RefundAnswer,
    RefundKind,
    RefundRequest,
    Report,
    ShareRequest,
)
from ..memory import OutsideCharge, OutsideMove, known, remember, remember_move
from .amounts import to_stripe
from .connect import Connect
from .reading import MARK, check_signature, read_event, refund_answer, session_answer
from .report import summed
from .saying import NotAccepted, answering

TIMEOUT = 20  # seconds
EXPAND = ["payment_intent"]
REFUSED_REFUNDS = {
    "charge_already_refunded": "more_than_charged",
    "amount_too_large": "more_than_charged",
    "charge_disputed": "disputed",
    "balance_insufficient": "empty_balance",
    "insufficient_funds": "empty_balance",
}


class Stripe(Connect):
    """Every call may be made twice: the key goes along, and the house remembers what it asked."""

    name = "stripe"
    word: Words = _("Stripe")
    receipt = ""
    is_slow = False
    custodian = Custodian(
        name=_("Stripe, on the house’s account"),
        sentence=_(
            "Stripe collects the money on this house’s own account. The house promises to keep it "
            "until you have the goods; no bank and no authority guarantees that."
        ),
        protects=False,
    )

    def __init__(self, settings: StripeSettings, public_url: str) -> None:
        self.settings, self.public_url = settings, public_url

    @cached_property
    def client(self) -> Any:
        import stripe  # takes a while, and most houses do without it

        return stripe.StripeClient(
            self.settings.key,
            base_addresses={"api": self.settings.api} if self.settings.api else None,
            http_client=stripe.RequestsClient(timeout=TIMEOUT),
            max_network_retries=0,  # our jobs ask again
        ).v1

    def knock(self) -> bool:
        try:
            with answering():
                self.client.checkout.sessions.list(params={"limit": 1})
        except NotAccepted as error:
            raise GatewayDown(str(error)) from error
        return True

    def takes(self, amount: Money) -> bool:
        return to_stripe(amount) is not None

    def methods(self) -> list[Method]:
        return [
            Method(
                "checkout",
                _("Card or wallet"),
                _("You pay on a page of Stripe’s, where your bank may ask you to confirm."),
            )
        ]

    def charge(self, request: ChargeRequest, *, now: datetime) -> Answer:
        charge = remember(self.name, request, now=now)
        if to_stripe(charge.money) is None:
            return not_accepted(charge)
        try:
            with answering():
                return self.said(charge, self.session(charge))
        except NotAccepted:
            return not_accepted(charge)

    def session(self, charge: OutsideCharge) -> Any:
        """The Checkout Session of the charge, made at the first time."""
        sessions = self.client.checkout.sessions
        if charge.number:
            return sessions.retrieve(charge.number, params={"expand": EXPAND}).to_dict()
        home = self.public_url + (charge.return_url or "/")
        mark = {MARK: charge.key}
        name = f"Goodword {charge.created_at:%F}"  # the same at each try, in whatever language
        return sessions.create(
            params={
                "mode": "payment",
                "client_reference_id": charge.key,
                "metadata": mark,
                "payment_intent_data": {"metadata": mark, "transfer_group": charge.key},
                "line_items": [
                    {
                        "quantity": 1,
                        "price_data": {
                            "currency": charge.currency.lower(),
                            "unit_amount": to_stripe(charge.money),
                            "product_data": {"name": name},
                        },
                    }
                ],
                "success_url": home,
                "cancel_url": home,
                "expand": EXPAND,
            },
            options={"idempotency_key": charge.key},
        ).to_dict()

    @staticmethod
    def said(charge: OutsideCharge, session: Any) -> Answer:
        answer = session_answer(charge, session)
        charge.learn(number=session["id"], reference=answer.reference)
        return answer

    def look_up(self, key: str, *, now: datetime) -> Answer | None:  # noqa: ARG002
        charge = known(self.name, key)
        if charge is None or not charge.number:
            return None
        with answering():
            return self.said(charge, self.session(charge))

    def cancel(self, key: str, *, now: datetime) -> Answer:  # noqa: ARG002
        charge = known(self.name, key)
        if charge is None:
            raise NeverAsked(f"Nothing was asked of Stripe under {key} yet.")
        import stripe

        try:
            with answering():
                session = self.session(charge)
                if session["status"] == "open":
                    session = self.expired(session["id"], stripe.InvalidRequestError)
                return self.said(charge, session)
        except NotAccepted:
            return Answer(charge.key, AnswerKind.CANCELLED, charge.money)

    def expired(self, number: str, refused: type[Exception]) -> Any:
        sessions = self.client.checkout.sessions
        try:
            return sessions.expire(number, params={"expand": EXPAND}).to_dict()
        except refused:  # it was paid in this very moment
            return sessions.retrieve(number, params={"expand": EXPAND}).to_dict()

    def refund(self, request: RefundRequest, *, now: datetime) -> RefundAnswer:
        charge = known(self.name, request.charge)
        if charge is None or not charge.number:
            return RefundAnswer(request.key, RefundKind.FAILED, reason="not_captured")
        row = remember_move(charge, request, now=now)
        with answering():
            if not charge.reference.startswith("pi_"):
                self.said(charge, self.session(charge))
            if not charge.reference.startswith("pi_"):
                return RefundAnswer(request.key, RefundKind.FAILED, reason="not_captured")
            return self.try_refund(charge, row, request)

    def try_refund(
        self, charge: OutsideCharge, row: OutsideMove, request: RefundRequest
    ) -> RefundAnswer:
        import stripe

        try:
            refund = (
                self.client.refunds.retrieve(row.number)
                if row.number
                else self.client.refunds.create(
                    params={
                        "payment_intent": charge.reference,
                        "amount": to_stripe(request.amount) or 0,
                        "metadata": {MARK: request.key},
                    },
                    options={"idempotency_key": row.try_key},
                )
            )
        except stripe.InvalidRequestError as error:
            row.learn(number="", failed=True)
            return RefundAnswer(request.key, RefundKind.FAILED, reason=refused_refund(error))
        answer = refund_answer(request.key, refund.to_dict())
        row.learn(number=answer.reference, failed=answer.kind == RefundKind.FAILED)
        return answer

    def read_callback(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Message:
        check_signature(body, headers, self.settings.webhook_secret, now)
        return read_event(body)

    def report(self, *, since: datetime) -> Report:
        asked = {"created": {"gte": int(since.timestamp())}, "limit": 100}
        with answering():
            found = self.client.balance_transactions.list(
                params={**asked, "expand": ["data.source"]}
            )
            return summed(line.to_dict() for line in found.auto_paging_iter())

    # Connect, by separate charges and transfers: a seller's part goes to her account when released.

    def share(self, request: ShareRequest, *, now: datetime) -> RefundAnswer:
        charge = known(self.name, request.charge)
        if charge is None or not charge.reference.startswith("pi_"):
            return RefundAnswer(request.key, RefundKind.FAILED, reason="not_captured")
        row = remember_move(charge, request, now=now)
        with answering():
            intent = self.client.payment_intents.retrieve(charge.reference)
            return self.moved(
                row,
                lambda: self.client.transfers.create(
                    params={
                        "amount": to_stripe(request.amount) or 0,
                        "currency": request.amount.currency.lower(),
                        "destination": request.account,
                        "source_transaction": intent["latest_charge"],
                        "transfer_group": charge.key,
                        "metadata": {MARK: request.key},
                    },
                    options={"idempotency_key": row.try_key},
                ),
            )

    def take_back_share(self, key: str, request: ShareRequest, *, now: datetime) -> RefundAnswer:
        charge = known(self.name, request.charge)
        shared = OutsideMove.objects.filter(key=request.key).first()
        if charge is None or shared is None or not shared.number:
            return RefundAnswer(key, RefundKind.FAILED, reason="not_captured")
        row = remember_move(charge, replace(request, key=key), now=now)
        with answering():
            return self.moved(
                row,
                lambda: self.client.transfers.reversals.create(
                    shared.number,
                    params={"amount": to_stripe(request.amount) or 0, "metadata": {MARK: key}},
                    options={"idempotency_key": row.try_key},
                ),
            )

    @staticmethod
    def moved(row: OutsideMove, act: Callable[[], Any]) -> RefundAnswer:
        import stripe

        if not row.number:
            try:
                row.learn(number=act()["id"])
            except stripe.InvalidRequestError as error:
                row.learn(number="", failed=True)
                return RefundAnswer(row.key, RefundKind.FAILED, reason=refused_refund(error))
        return RefundAnswer(row.key, RefundKind.DONE, row.number)


def not_accepted(charge: OutsideCharge) -> Answer:
    return Answer(charge.key, AnswerKind.DECLINED, charge.money, reason="not_accepted")


def refused_refund(error: Any) -> str:
    code = REFUSED_REFUNDS.get(error.code or "", "")
    if not code and "greater than" in str(error):
        return "more_than_charged"
    return code or ("not_captured" if "successful charge" in str(error) else "")
