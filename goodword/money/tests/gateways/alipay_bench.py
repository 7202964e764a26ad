"""Alipay on the bench, against a machine of our own that signs with generated keys."""

from contextlib import contextmanager
from functools import cache

from goodword.kit.money import Money
from goodword.money.gateways.alipay import Alipay
from goodword.money.paying import AlipaySettings

from .alipay_machine import APP, SELLER, AlipayMachine
from .bench import Bench
from .wechat_machine import pair


@cache
def machine():
    return AlipayMachine()


class AlipayBench(Bench):
    others = (Money(1, "CNY"),)
    foreign = Money(500, "JPY")
    declines = reverses = False
    signs_the_body = True
    refund_failures = ("empty_balance", "account_closed")

    def __init__(self):
        self.machine = machine()
        self.machine.faults.clear()
        self.machine.refuses_refunds = ""
        settings = AlipaySettings(
            app=APP, seller=SELLER, private_key=pair("app")[0], public_key=pair("alipay")[1],
            api=f"{self.machine.url}/gateway.do",
        )  # fmt: skip
        self.gateway = Alipay(settings, "https://town.example")

    def method(self):
        return "code"

    def pay(self, key, now):
        self.machine.pay(key)

    def refuse(self, key, now):
        raise NotImplementedError

    def told(self, key, now):
        return self.machine.notice(self.machine.trades[key], now)

    def told_refund(self, key, now):
        trade = self.machine.trades[self.machine.refunds[key]["out_trade_no"]]
        more = {"out_biz_no": key, "refund_fee": "128.00", "notify_id": f"R{key}"}
        return self.machine.notice(trade, now, **more)

    def stands(self, key):
        return Money(self.machine.left(self.machine.trades[key]), "CNY")

    def charges(self, key):
        return int(key in self.machine.trades)

    @contextmanager
    def failing(self, fault):
        self.machine.faults[fault.call] = fault.how
        yield self.request()

    def refund_fails(self, code):
        codes = {
            "empty_balance": "ACQ.SELLER_BALANCE_NOT_ENOUGH",
            "account_closed": "ACQ.USER_NOT_MATCH_ERR",
        }
        self.machine.refuses_refunds = codes[code]
