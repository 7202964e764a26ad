"""WeChat Pay on the bench, against a machine of our own that signs with generated keys."""

from contextlib import contextmanager
from functools import cache

from goodword.kit.money import Money
from goodword.money.gateways.wechatpay import WechatPay
from goodword.money.gateways.wechatpay.reading import number_of
from goodword.money.paying import WechatSettings

from .bench import Bench
from .wechat_machine import (
    APIV3_KEY,
    APP,
    KEY_ID,
    MERCHANT,
    SERIAL,
    WechatMachine,
    pair,
)


@cache
def machine():
    return WechatMachine()


class WechatBench(Bench):
    others = (Money(1, "CNY"),)
    foreign = Money(500, "JPY")
    reverses = False
    refund_failures = ("empty_balance", "account_closed")

    def __init__(self, sharing=False):
        self.machine = machine()
        self.machine.faults.clear()
        self.machine.refuses_refunds = ""
        settings = WechatSettings(
            merchant=MERCHANT, app=APP, serial=SERIAL, private_key=pair("merchant")[0],
            apiv3_key=APIV3_KEY, public_key=pair("wechat")[1], public_key_id=KEY_ID,
            sharing=sharing, api=self.machine.url,
        )  # fmt: skip
        self.gateway = WechatPay(settings, "https://town.example")

    def method(self):
        return "code"

    def pay(self, key, now):
        self.machine.pay(number_of(key), paid=True)

    def refuse(self, key, now):
        self.machine.pay(number_of(key), paid=False)

    def told(self, key, now):
        trade = self.machine.trades[number_of(key)]
        kind, number = "TRANSACTION.SUCCESS", f"EV-{key}-{trade['trade_state']}"
        return self.machine.notice(kind, trade, number, now)

    def told_refund(self, key, now):
        refund = self.machine.refunds[number_of(key)]
        inside = {**refund, "refund_status": refund["status"]}
        del inside["status"]
        return self.machine.notice("REFUND.SUCCESS", inside, f"EV-{key}", now)

    def stands(self, key):
        return Money(self.machine.left(self.machine.trades[number_of(key)]), "CNY")

    def charges(self, key):
        return int(number_of(key) in self.machine.trades)

    @contextmanager
    def failing(self, fault):
        self.machine.faults[fault.call] = fault.how
        yield self.request()

    def refund_fails(self, code):
        codes = {"empty_balance": "NOT_ENOUGH", "account_closed": "USER_ACCOUNT_ABNORMAL"}
        self.machine.refuses_refunds = codes[code]
