"""Alipay by `python-alipay-sdk`: its own page or a code to scan, queries, refunds, closing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import structlog
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goodword.kit import clock
from goodword.kit.money import Money

from ...paying import AlipaySettings
from ...states import AnswerKind, Words
from .. import bills
from ..base import (
    Answer,
    ChargeRequest,
    Custodian,
    Forged,
    GatewayDown,
    Message,
    Method,
    NeverAsked,
    RefundAnswer,
    RefundKind,
    RefundRequest,
    Report,
)
from ..memory import OutsideCharge, known, remember, remember_move
from . import bill
from .reading import BEIJING, TIME, check_fresh, fields, message, trade_answer, yuan

log = structlog.get_logger(__name__)
TIMEOUT = 20  # seconds
PAYABLE = "90m"  # how long its page takes money; what comes after the order's own time goes back
OK = "10000"
BUSY = ("20000", "20001")
NO_BILL = "isp.bill_not_exist"
NOBODYS = "goodword0knock"  # the number of an order that never is
MADE = time(12)  # of the day after: bills are there by nine
UNKNOWN = "ACQ.TRADE_NOT_EXIST"
REFUSED_REFUNDS = {
    "ACQ.SELLER_BALANCE_NOT_ENOUGH": "empty_balance",
    "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL": "more_than_charged",
    "ACQ.TRADE_HAS_FINISHED": "more_than_charged",
    UNKNOWN: "not_captured",
    "ACQ.TRADE_STATUS_ERROR": "not_captured",
    "ACQ.USER_NOT_MATCH_ERR": "account_closed",
}


class Alipay:
    """On its page the trade begins when the payer opens it; until then Alipay knows nothing."""

    name = "alipay"
    word: Words = _("Alipay")
    receipt = "success"
    is_slow = False
    custodian = Custodian(
        name=_("Alipay, on the house’s account"),
        sentence=_(
            "Alipay collects the money on this house’s own merchant account. The house promises to "
            "keep it until you have the goods; nobody guarantees that."
        ),
        protects=False,
    )

    def __init__(self, settings: AlipaySettings, public_url: str) -> None:
        self.settings, self.public_url = settings, public_url

    @cached_property
    def client(self) -> Any:
        from alipay import AliPay
        from alipay.utils import AliPayConfig

        client = AliPay(
            appid=self.settings.app,
            app_notify_url=f"{self.public_url}/money/callback/{self.name}",
            app_private_key_string=self.settings.private_key,
            alipay_public_key_string=self.settings.public_key,
            config=AliPayConfig(timeout=TIMEOUT),
        )
        if self.settings.api:
            client._gateway = self.settings.api
        return client

    def knock(self) -> bool:
        told = self.ask("alipay.trade.query", out_trade_no=NOBODYS)
        if told["code"] != OK and told.get("sub_code") != UNKNOWN:
            raise GatewayDown(f"{told.get('sub_code')} {told.get('sub_msg', '')}".strip())
        return True

    def takes(self, amount: Money) -> bool:
        return amount.currency == "CNY"

    def methods(self) -> list[Method]:
        return [
            Method("page", _("Alipay"), _("You pay on Alipay’s own page and come back.")),
            Method("code", _("Alipay by code"), _("You scan a code with Alipay.")),
        ]

    def ask(self, method: str, **content: Any) -> dict[str, Any]:
        """The signed answer. Raises GatewayDown when there is none to be believed."""
        try:
            # The SDK would write the time of this machine's zone; Alipay reads Beijing's.
            told = self.client.server_api(method, content, timestamp=beijing())
        except Exception as error:  # of the network, or the SDK's for what it cannot believe
            log.warning("alipay.down", error=str(error))
            raise GatewayDown(str(error)) from error
        if told.get("code") in BUSY or told.get("sub_code") == "ACQ.SYSTEM_ERROR":
            log.warning("alipay.down", code=told.get("code"), sub=told.get("sub_code"))
            raise GatewayDown(str(told.get("sub_code")))
        return dict(told)

    def charge(self, request: ChargeRequest, *, now: datetime) -> Answer:
        charge = remember(self.name, request, now=now)
        if not self.takes(charge.money):
            return self.not_accepted(charge)
        if charge.page:
            return self.look_up(charge.key, now=now) or self.waits(charge)
        content = {
            "out_trade_no": charge.key, "total_amount": yuan(charge.money),
            "subject": f"Goodword {charge.created_at:%F}", "timeout_express": PAYABLE,
        }  # fmt: skip
        if charge.method == "page":
            charge.learn(page=self.page(charge, content))
            return self.waits(charge)
        told = self.ask("alipay.trade.precreate", **content)
        if told["code"] == OK:
            charge.learn(page=told["qr_code"])
            return self.waits(charge)
        if known_trade := self.look_up(charge.key, now=now):
            return known_trade
        log.warning("alipay.refused", sub=told.get("sub_code"))
        return self.not_accepted(charge)

    def page(self, charge: OutsideCharge, content: dict[str, str]) -> str:
        """Alipay's own page for this charge: an address that we sign, and nobody was asked."""
        signed = self.client.client_api(
            "alipay.trade.page.pay", {**content, "product_code": "FAST_INSTANT_TRADE_PAY"},
            return_url=self.public_url + (charge.return_url or "/"), timestamp=beijing(),
        )  # fmt: skip
        return f"{self.client._gateway}?{signed}"

    @staticmethod
    def not_accepted(charge: OutsideCharge) -> Answer:
        return Answer(charge.key, AnswerKind.DECLINED, charge.money, reason="not_accepted")

    @staticmethod
    def next_page(charge: OutsideCharge) -> str:
        if charge.method == "page":
            return charge.page
        return reverse("money:code", args=[charge.key])

    def waits(self, charge: OutsideCharge) -> Answer:
        return Answer(charge.key, AnswerKind.STEP_UP, charge.money, next_url=self.next_page(charge))

    def look_up(self, key: str, *, now: datetime) -> Answer | None:  # noqa: ARG002
        charge = known(self.name, key)
        if charge is None:
            return None
        told = self.ask("alipay.trade.query", out_trade_no=key)
        if told["code"] != OK and charge.number == "closed":
            return Answer(key, AnswerKind.CANCELLED, charge.money)
        if told["code"] != OK:
            return self.waits(charge) if charge.page else None
        answer = trade_answer(key, charge.money, told, self.next_page(charge))
        charge.learn(reference=answer.reference)
        return answer

    def cancel(self, key: str, *, now: datetime) -> Answer:
        charge = known(self.name, key)
        if charge is None:
            raise NeverAsked(f"Nothing was asked of Alipay under {key} yet.")
        told = self.ask("alipay.trade.close", out_trade_no=key)
        if told["code"] == OK or told.get("sub_code") == UNKNOWN:
            # An unknown trade may yet begin on the page, which ends by itself; money goes back.
            if told["code"] != OK:
                charge.learn(number="closed")
            return Answer(key, AnswerKind.CANCELLED, charge.money, charge.reference)
        answer = self.look_up(key, now=now)
        if answer is None:
            raise GatewayDown(f"Alipay neither knows nor closes {key}.")
        return answer

    def refund(self, request: RefundRequest, *, now: datetime) -> RefundAnswer:
        charge = known(self.name, request.charge)
        if charge is None:
            return RefundAnswer(request.key, RefundKind.FAILED, reason="not_captured")
        row = remember_move(charge, request, now=now)
        told = self.ask(
            "alipay.trade.refund", out_trade_no=charge.key, out_request_no=row.try_key,
            refund_amount=yuan(request.amount),
        )  # fmt: skip
        if told["code"] != OK:
            row.learn(number="", failed=True)
            reason = REFUSED_REFUNDS.get(told.get("sub_code", ""), "")
            return RefundAnswer(request.key, RefundKind.FAILED, reason=reason)
        if told.get("fund_change") != "Y":  # it was asked before, or is not through
            told = self.ask(
                "alipay.trade.fastpay.refund.query", out_trade_no=charge.key,
                out_request_no=row.try_key,
            )  # fmt: skip
            if told.get("refund_status") != "REFUND_SUCCESS":
                return RefundAnswer(request.key, RefundKind.PENDING, row.try_key)
        row.learn(number=row.try_key)
        return RefundAnswer(request.key, RefundKind.DONE, row.try_key)

    def report(self, *, since: datetime) -> Report:
        return bills.summed(self, since=since, now=clock.now())

    def bill(self, day: date) -> Report:
        """All that moved on that day, from the file that Alipay makes of it."""
        told = self.ask(
            "alipay.data.dataservice.bill.downloadurl.query", bill_type="trade",
            bill_date=day.isoformat(),
        )  # fmt: skip
        if told["code"] == OK:
            return bills.believed(bill.trades, self.fetched(told["bill_download_url"]))
        if told.get("sub_code") != NO_BILL:
            raise GatewayDown(str(told.get("sub_code")))
        # One code for “not made yet” and “nothing moved”: the clock tells them apart.
        if not bills.is_late(day, clock.now(), after=MADE):
            raise bills.NotReady
        return Report({}, {})

    @staticmethod
    def fetched(address: str) -> bytes:
        """The file; its address stood in a signed answer and holds for half a minute."""
        if urlsplit(address).scheme not in ("https", "http"):
            raise GatewayDown(f"{address} is no address of a file")
        try:
            with urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310  # of those two schemes
                data: bytes = answer.read(bills.MOST_BYTES + 1)
        except OSError as error:
            raise GatewayDown(str(error)) from error
        if len(data) > bills.MOST_BYTES:
            raise bills.NotABill("the bill is larger than any day")
        return data

    def read_callback(
        self,
        body: bytes,
        headers: Mapping[str, str],  # noqa: ARG002
        *,
        now: datetime,
    ) -> Message:
        told = fields(body)
        check_fresh(told, now)
        mine = (self.settings.app, self.settings.seller)
        if (told.get("app_id"), told.get("seller_id")) != mine:
            raise Forged
        signature = told.pop("sign", "")
        try:
            believed = self.client.verify(dict(told), signature)
        except Exception as error:  # what the SDK raises for what is no signature
            raise Forged from error
        if not believed or told.get("sign_type") != "RSA2":
            raise Forged
        try:
            return message(told)
        except KeyError:
            raise Forged from None


def beijing() -> str:
    return clock.now().astimezone(UTC).astimezone(BEIJING).strftime(TIME)
