"""WeChat Pay by the `wechatpayv3` SDK: a code to scan, refunds, and sharing with sellers."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goodword.kit import clock
from goodword.kit.errors import Invalid
from goodword.kit.money import Money

from ...paying import WechatSettings
from ...states import AnswerKind, Words
from .. import bills
from ..base import (
    AccountThere,
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
    ShareRequest,
)
from ..memory import OutsideCharge, OutsideMove, known, remember, remember_move
from . import bill
from .reading import check_fresh, message, number_of, refund_answer, trade_answer

log = structlog.get_logger(__name__)
TIMEOUT = (5, 20)  # seconds to connect, and to read
GIVEN_UP = time(18)  # of the day after: bills are there by ten
REFUSED_REFUNDS = {
    "NOT_ENOUGH": "empty_balance",
    "RESOURCE_NOT_EXISTS": "not_captured",
    "USER_ACCOUNT_ABNORMAL": "account_closed",
}


class WechatPay:
    """It never redirects: the payer scans a code, or opens it in WeChat on the same phone."""

    name = "wechatpay"
    word: Words = _("WeChat Pay")
    receipt = ""
    is_slow = False
    custodian = Custodian(
        name=_("WeChat Pay, on the house’s account"),
        sentence=_(
            "WeChat Pay collects the money on this house’s own merchant account. The house "
            "promises to keep it until you have the goods; nobody guarantees that."
        ),
        protects=False,
    )

    def __init__(self, settings: WechatSettings, public_url: str) -> None:
        self.settings, self.public_url = settings, public_url

    @cached_property
    def client(self) -> Any:
        from wechatpayv3 import WeChatPay, WeChatPayType

        given = self.settings
        client = WeChatPay(
            wechatpay_type=WeChatPayType.NATIVE, mchid=given.merchant, appid=given.app,
            private_key=given.private_key, cert_serial_no=given.serial,
            apiv3_key=given.apiv3_key, notify_url=f"{self.public_url}/money/callback/{self.name}",
            public_key=given.public_key, public_key_id=given.public_key_id, timeout=TIMEOUT,
        )  # fmt: skip
        if given.api:
            client._core._gate_way = given.api
        return client

    def knock(self) -> bool:
        try:
            query = self.client.query
        except Exception as error:  # what the SDK raises for keys that it cannot read
            raise GatewayDown(f"A key cannot be read: {error}") from error
        status, told = self.ask(query, out_trade_no=NOBODYS)
        if status not in (200, 404):
            raise GatewayDown(f"{status} {told.get('code')}")
        return True

    def takes(self, amount: Money) -> bool:
        return amount.currency == "CNY"

    def methods(self) -> list[Method]:
        return [
            Method("code", _("WeChat Pay"), _("You scan a code with WeChat and confirm there."))
        ]

    def ask(self, call: Callable[..., Any], **given: Any) -> tuple[int, dict[str, Any]]:
        """The status and the answer. Raises GatewayDown when there is none to be believed."""
        try:
            status, text = call(**given)
            told = json.loads(text) if text else {}
        except Exception as error:  # the SDK raises bare exceptions, and those of `requests`
            log.warning("wechatpay.down", error=str(error))
            raise GatewayDown(str(error)) from error
        if status >= 500 or status in (401, 429) or told.get("code") in BUSY:
            log.warning("wechatpay.down", status=status, code=told.get("code"))
            raise GatewayDown(f"{status} {told.get('code')}")
        return status, told

    def charge(self, request: ChargeRequest, *, now: datetime) -> Answer:
        charge = remember(self.name, request, now=now)
        if not self.takes(charge.money):
            return self.not_accepted(charge)
        if charge.page:
            return self.asked(charge)
        settle = {"profit_sharing": True} if self.settings.sharing else None
        status, told = self.ask(
            self.client.pay, description=f"Goodword {charge.created_at:%F}",
            out_trade_no=number_of(charge.key), settle_info=settle,
            amount={"total": charge.amount, "currency": charge.currency},
        )  # fmt: skip
        if status == 200:
            charge.learn(page=told["code_url"])
            return self.answer(charge, {"trade_state": "NOTPAY"})
        if told.get("code") in ("ORDERPAID", "ORDER_CLOSED", "ORDERCLOSED", "OUT_TRADE_NO_USED"):
            return self.asked(charge)
        return self.not_accepted(charge)

    @staticmethod
    def not_accepted(charge: OutsideCharge) -> Answer:
        return Answer(charge.key, AnswerKind.DECLINED, charge.money, reason="not_accepted")

    def asked(self, charge: OutsideCharge) -> Answer:
        status, told = self.ask(self.client.query, out_trade_no=number_of(charge.key))
        if status == 404:
            raise GatewayDown(f"WeChat Pay does not know {charge.key}.")
        return self.answer(charge, told)

    def answer(self, charge: OutsideCharge, trade: Mapping[str, Any]) -> Answer:
        page = reverse("money:code", args=[charge.key])
        answer = trade_answer(charge.key, charge.money, trade, page)
        charge.learn(reference=answer.reference)
        return answer

    def look_up(self, key: str, *, now: datetime) -> Answer | None:  # noqa: ARG002
        charge = known(self.name, key)
        if charge is None:
            return None
        status, told = self.ask(self.client.query, out_trade_no=number_of(key))
        return None if status == 404 else self.answer(charge, told)

    def cancel(self, key: str, *, now: datetime) -> Answer:
        charge = known(self.name, key)
        if charge is None:
            raise NeverAsked(f"Nothing was asked of WeChat Pay under {key} yet.")
        status, told = self.ask(self.client.close, out_trade_no=number_of(key))
        if status in (200, 204):
            return Answer(charge.key, AnswerKind.CANCELLED, charge.money, charge.reference)
        if status == 404:
            # Asked for and lost: closed by its number it cannot be, so it must be made first.
            self.charge(charge.request, now=now)
            return self.cancel(key, now=now)
        log.info("wechatpay.not_closed", code=told.get("code"))
        return self.asked(charge)

    def refund(self, request: RefundRequest, *, now: datetime) -> RefundAnswer:
        charge = known(self.name, request.charge)
        if charge is None:
            return RefundAnswer(request.key, RefundKind.FAILED, reason="not_captured")
        row = remember_move(charge, request, now=now)
        if row.number:
            _status, told = self.ask(self.client.query_refund, out_refund_no=self.refund_no(row))
            return self.noted(row, refund_answer(request.key, told))
        status, told = self.ask(
            self.client.refund, out_refund_no=self.refund_no(row),
            out_trade_no=number_of(charge.key),
            amount={"refund": request.amount.minor, "total": charge.amount, "currency": "CNY"},
        )  # fmt: skip
        if status == 200:
            return self.noted(row, refund_answer(request.key, told))
        row.learn(number="", failed=True)
        reason = REFUSED_REFUNDS.get(told.get("code", ""), "")
        if told.get("code") == "INVALID_REQUEST":
            paid = self.asked(charge).kind == AnswerKind.CAPTURED
            reason = "more_than_charged" if paid else "not_captured"
        return RefundAnswer(request.key, RefundKind.FAILED, reason=reason)

    @staticmethod
    def refund_no(row: OutsideMove) -> str:
        return number_of(row.key) + (f"-{row.tries}" if row.tries else "")

    @staticmethod
    def noted(row: OutsideMove, answer: RefundAnswer) -> RefundAnswer:
        row.learn(number=answer.reference, failed=answer.kind == RefundKind.FAILED)
        return answer

    def read_callback(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Message:
        check_fresh(headers, now)
        # For another serial the SDK would go and fetch certificates, whoever asks.
        if headers.get("Wechatpay-Serial", "") != self.settings.public_key_id:
            raise Forged
        try:
            told = self.client.callback(headers, body)
            if not told:
                raise Forged
            return message(told)
        except Forged:
            raise
        except Exception as error:  # what the SDK raises for a body that it cannot read
            raise Forged from error

    # What moved on its account: files for each day.

    def report(self, *, since: datetime) -> Report:
        return bills.summed(self, since=since, now=clock.now())

    def bill(self, day: date) -> Report:
        """All that moved on that day; with profit sharing, what went on to sellers too."""
        found = self.part(day, self.client.trade_bill, bill.trades)
        if not self.settings.sharing:
            return found
        shared = self.part(day, self.client.fundflow_bill, bill.shares)
        parts = (found, shared)
        return Report(
            bills.total(bills.kept(one.stands) for one in parts),
            bills.total(bills.kept(one.strange) for one in parts),
        )

    def part(self, day: date, call: Callable[..., Any], read: Callable[[bytes], Report]) -> Report:
        status, told = self.ask(call, bill_date=day.isoformat(), tar_type="GZIP")
        if status != 200:
            # One code for “nothing moved” and another for “not made yet”; the latter is also said
            # of days on which nothing moved, for ever.
            if told.get("code") == "STATEMENT_CREATING" and not bills.is_late(
                day, clock.now(), after=GIVEN_UP
            ):
                raise bills.NotReady
            if told.get("code") in ("NO_STATEMENT_EXIST", "STATEMENT_CREATING"):
                return Report({}, {})
            raise GatewayDown(f"{status} {told.get('code')}")
        return bills.believed(read, self.fetched(told))

    def fetched(self, told: Mapping[str, Any]) -> bytes:
        """The file. It carries no signature: the digest in the answer, which does, proves it."""
        where = urlsplit(told["download_url"])
        try:
            status, data = self.client.download_bill(f"{where.path}?{where.query}")
        except Exception as error:
            raise GatewayDown(str(error)) from error
        if status != 200:
            raise GatewayDown(f"{status} for the bill")
        raw = data if isinstance(data, bytes) else data.encode()
        return bill.unpacked(raw, kind=told["hash_type"], digest=told["hash_value"])

    # Profit sharing: a seller's part goes to her account when released.

    account_is_typed = True

    @property
    def shares(self) -> bool:
        return self.settings.sharing

    def open_account(
        self, key: str, *, number: str, return_url: str, now: datetime  # noqa: ARG002
    ) -> AccountThere:  # fmt: skip
        """A merchant's number or a person's openid, told to WeChat Pay as one who may receive."""
        number = number.strip()
        if not re.fullmatch(r"[0-9]{8,12}|o[0-9A-Za-z_-]{20,40}", number):
            sentence = gettext("Give a merchant number of WeChat Pay, or your openid there.")
            raise Invalid(sentence, fields={"number": sentence})
        status, told = self.ask(
            self.client.profitsharing_add_receiver, account_type=kind_of(number), account=number,
            relation_type="PARTNER",
        )  # fmt: skip
        if status != 200:
            log.info("wechatpay.no_receiver", code=told.get("code"))
            sentence = gettext("WeChat Pay does not know this account.")
            raise Invalid(sentence, fields={"number": sentence})
        return AccountThere(number, ready=True)

    def account(self, number: str, *, return_url: str, now: datetime) -> AccountThere:  # noqa: ARG002
        return AccountThere(number, ready=True)

    def share(self, request: ShareRequest, *, now: datetime) -> RefundAnswer:
        charge = known(self.name, request.charge)
        if charge is None or not charge.reference or not self.settings.sharing:
            return RefundAnswer(request.key, RefundKind.FAILED, reason="not_captured")
        row = remember_move(charge, request, now=now)
        payee = {
            "type": kind_of(request.account), "account": request.account,
            "amount": request.amount.minor, "description": "Goodword",
        }  # fmt: skip
        status, told = self.ask(
            self.client.profitsharing_order, transaction_id=charge.reference,
            out_order_no=self.refund_no(row), receivers=[payee], unfreeze_unsplit=False,
        )  # fmt: skip
        return self.shared(row, status, told, told.get("order_id", ""), told.get("state"))

    def take_back_share(self, key: str, request: ShareRequest, *, now: datetime) -> RefundAnswer:
        """Only from a merchant's account; WeChat Pay takes nothing back from a person's."""
        charge = known(self.name, request.charge)
        shared = OutsideMove.objects.filter(key=request.key).first()
        if charge is None or shared is None or not shared.number:
            return RefundAnswer(key, RefundKind.FAILED, reason="not_captured")
        row = remember_move(charge, replace(request, key=key), now=now)
        status, told = self.ask(
            self.client.profitsharing_return, order_id=shared.number,
            out_return_no=self.refund_no(row), return_mchid=request.account,
            amount=request.amount.minor, description="Goodword",
        )  # fmt: skip
        return self.shared(row, status, told, told.get("return_id", ""), told.get("result"))

    @staticmethod
    def shared(
        row: OutsideMove, status: int, told: Mapping[str, Any], number: str, state: str | None
    ) -> RefundAnswer:
        if status != 200 or state == "FAILED":
            row.learn(number="", failed=True)
            reason = REFUSED_REFUNDS.get(told.get("code", ""), "")
            return RefundAnswer(row.key, RefundKind.FAILED, reason=reason)
        row.learn(number=number)
        done = state in ("FINISHED", "SUCCESS")
        return RefundAnswer(row.key, RefundKind.DONE if done else RefundKind.PENDING, number)


def kind_of(account: str) -> str:
    return "MERCHANT_ID" if account.isdigit() else "PERSONAL_OPENID"


NOBODYS = "goodword0knock"  # the number of an order that never is
BUSY = ("SYSTEM_ERROR", "FREQUENCY_LIMITED", "BANKERROR", "SIGN_ERROR")
