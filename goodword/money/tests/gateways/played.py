"""The sandbox on the bench."""

from contextlib import contextmanager

from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money.gateways.base import ChargeRequest
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.models import SandboxCharge
from goodword.money.states import AnswerKind

from .bench import FAULTS, Bench, Fault


class SandboxBench(Bench):
    refund_failures = ("account_closed",)
    fails = frozenset(FAULTS) - {Fault("cancel", "lost")}

    def __init__(self):
        self.gateway = Sandbox()
        self.way = "step_up"

    def method(self):
        return self.way

    def pay(self, key, now):
        self.gateway.confirm(key, approve=True)

    def refuse(self, key, now):
        self.gateway.confirm(key, approve=False)

    def reverse(self, key, now):
        self.gateway.message(key, AnswerKind.REVERSED, now=now)

    def told(self, key, now):
        return self.gateway.message(
            key, AnswerKind(SandboxCharge.objects.get(key=key).state), now=now
        )

    def told_refund(self, key, now):
        return self.gateway.refund_message(key, now=now)

    def stands(self, key):
        charge = SandboxCharge.objects.get(key=key)
        return Money(charge.left, charge.currency)

    def charges(self, key):
        return SandboxCharge.objects.filter(key=key).count()

    @contextmanager
    def failing(self, fault):
        ways = {("charge", "deaf"): "down", ("charge", "lost"): "lost"}
        self.way = ways.get((fault.call, fault.how), "away")
        yield self.request()

    def refund_fails(self, code):
        self.way = "closed"

    def paid(self, now, amount=None):
        request = ChargeRequest(str(new_id()), amount or self.price, self.way)
        self.gateway.charge(request, now=now)
        self.pay(request.key, now)
        return request.key
