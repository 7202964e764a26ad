"""Bank transfer on the bench: the bank is asked by nobody and answers by its statement."""

from django.utils import timezone

from goodword.kit.money import Money
from goodword.money.actions import transfers
from goodword.money.gateways.base import RefundKind
from goodword.money.gateways.transfer import BankTransfer
from goodword.money.gateways.transfer.states import TransferRefundState, TransferState
from goodword.money.models import AwaitedTransfer, HouseAccount, TransferRefund

from .bench import Bench


class TransferBench(Bench):
    others = (Money(12800, "EUR"),)
    foreign = Money(500, "JPY")
    calls_back = declines = reverses = False
    fails = frozenset()
    refund_failures = ("no_account",)

    def __init__(self):
        self.gateway = BankTransfer()
        self.account = "NL91ABNA0417164300"
        for currency in ("CNY", "EUR"):
            HouseAccount.objects.create(
                currency=currency, holder="Goodword", number="DE02120300000000202051",
                changed_at=timezone.now(),
            )  # fmt: skip

    def method(self):
        return "transfer"

    def pay(self, key, now):
        AwaitedTransfer.objects.filter(key=key, state=TransferState.AWAITED).update(
            state=TransferState.ARRIVED, payer="Hong", account=self.account,
            taken=self.asked(key).amount, arrived=self.asked(key).amount,
        )  # fmt: skip

    def refuse(self, key, now):
        raise NotImplementedError

    def told(self, key, now):
        raise NotImplementedError

    @staticmethod
    def asked(key):
        return AwaitedTransfer.objects.get(key=key)

    def stands(self, key):
        row = self.asked(key)
        return Money(row.left, row.currency)

    def charges(self, key):
        return AwaitedTransfer.objects.filter(key=key).count()

    def refund_fails(self, code):
        self.account = ""

    def finish_refunds(self, now):
        for row in TransferRefund.objects.filter(state=TransferRefundState.WAITS):
            transfers.settle(row, RefundKind.DONE, now=now)
