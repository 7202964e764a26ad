"""Accounts that come as a file a day: read once, believed whole or not, differences named."""

from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from goodword.kit import clock
from goodword.kit.ids import new_id, spoken
from goodword.kit.money import Money
from goodword.money import gateways
from goodword.money.banking import reports
from goodword.money.banking.reconciling import reconcile
from goodword.money.gateways import bills
from goodword.money.gateways.alipay import Alipay
from goodword.money.gateways.alipay import bill as alipay
from goodword.money.gateways.base import ShareRequest
from goodword.money.gateways.bills import BEIJING, DAY, NotABill, yuan
from goodword.money.gateways.memory import OutsideCharge, OutsideDay, OutsideReport
from goodword.money.gateways.wechatpay import WechatPay
from goodword.money.gateways.wechatpay import bill as wechat

from .alipay_bench import AlipayBench
from .alipay_machine import AlipayMachine
from .bills import bill_of_alipay, bill_of_trades
from .test_trade import Till
from .wechat_bench import WechatBench
from .wechat_machine import WechatMachine

pytestmark = pytest.mark.django_db
KINDS = [(WechatBench, WechatMachine, WechatPay), (AlipayBench, AlipayMachine, Alipay)]


class Days(Till):
    """A till whose machine knows which day it is, and is asked for its bills at noon."""

    def at(self, day, hour=12):
        """Beijing's clock, so many days after the first."""
        self.town.now = bills.midnight(self.first + day * DAY) + timedelta(hours=hour)
        self.bench.machine.today = (self.first + day * DAY).isoformat()

    def take(self):
        with clock.at(self.now):
            return reports.take_report(gateway=self.bench.gateway.name, now=self.now)

    def differences(self):
        with clock.at(self.now):
            return [
                (one.sentence, one.amount) for check in reconcile() for one in check.differences
            ]


@pytest.fixture(params=KINDS, ids=["WechatPay", "Alipay"])
def till(request, town, monkeypatch):
    bench_of, machine_of, gateway_of = request.param
    bench = bench_of()
    bench.machine = machine_of()  # one of its own: the others' charges are not in these books
    path = "/gateway.do" if gateway_of is Alipay else ""
    bench.gateway = gateway_of(
        type(bench.gateway.settings)(**{**settings_of(bench), "api": bench.machine.url + path}),
        "https://town.example",
    )
    monkeypatch.setitem(gateways.GATEWAYS, bench.gateway.name, bench.gateway)
    made = Days(bench, town)
    made.first = town.now.astimezone(BEIJING).date() + DAY
    made.at(0)
    return made


def settings_of(bench):
    given = bench.gateway.settings
    return {name: getattr(given, name) for name in given.__dataclass_fields__}


def asked(till):
    return till.bench.machine.asked["other"]


def test_bills_of_three_days_agree_and_are_read_once(till):
    first, second = till.paid(), till.paid()
    till.at(1)  # an empty day
    till.at(2)
    till.refund(first)
    till.at(3)
    assert till.take()
    assert till.differences() == []
    stands = OutsideReport.objects.get().stands
    assert stands == {str(second.id): [till.bench.price.minor, "CNY"]}
    assert OutsideDay.objects.count() == 3
    before = asked(till)
    assert till.take()
    assert asked(till) == before  # what is over does not change
    assert OutsideReport.objects.get().taken_at == bills.midnight(till.first + 3 * DAY)


def test_a_message_that_was_lost_and_money_of_a_stranger_have_a_name(till):
    lost = till.start()
    till.pay(lost)  # and nobody told us
    till.at(1)
    assert till.take()
    ((sentence, amount),) = till.differences()
    assert spoken(lost.order) in sentence
    assert amount == -till.bench.price
    till.learn(lost)
    till.at(2)
    assert till.take()
    assert till.differences() == []

    other = till.bench.begun(till.now)
    till.bench.pay(other.key, till.now)
    OutsideCharge.objects.filter(key=other.key).delete()
    till.at(3)
    assert till.take()
    ((sentence, amount),) = till.differences()
    assert "of which nothing is known here" in sentence
    assert amount == -till.bench.price


def test_a_bill_that_is_not_made_yet_is_waited_for(till):
    till.paid()
    till.at(1, hour=1)
    if hasattr(till.bench.machine, "making"):
        till.bench.machine.making.add(till.first.isoformat())
    else:
        held, till.bench.machine.moves = till.bench.machine.moves, []
    assert till.take()
    assert OutsideDay.objects.count() == 0
    assert OutsideReport.objects.get().taken_at == bills.midnight(till.first)
    assert till.differences() == []  # nothing is compared that nobody has said yet
    if hasattr(till.bench.machine, "making"):
        till.bench.machine.making.clear()
    else:
        till.bench.machine.moves = held
    till.at(1)
    assert till.take()
    assert till.differences() == []
    till.at(5)
    with_old_report = till.differences()
    assert "has not answered since" in with_old_report[0][0]


def test_a_bill_that_came_cut_off_is_not_believed(till):
    till.paid()
    till.at(1)
    till.bench.machine.spoilt.add(till.first.isoformat())
    assert not till.take()
    assert not OutsideDay.objects.exists()
    till.bench.machine.spoilt.clear()
    assert till.take()
    assert till.differences() == []


def test_what_was_shared_is_in_the_flow_of_funds(town, monkeypatch):
    bench = WechatBench(sharing=True)
    bench.machine = WechatMachine()
    given = {**settings_of(bench), "api": bench.machine.url}
    bench.gateway = WechatPay(type(bench.gateway.settings)(**given), "https://town.example")
    day = town.now.astimezone(BEIJING).date()
    bench.machine.today = day.isoformat()
    key = bench.paid(town.now)
    bench.gateway.look_up(key, now=town.now)
    share = ShareRequest(str(new_id()), key, "1900000777", Money(12000, "CNY"))
    bench.gateway.share(share, now=town.now)
    bench.gateway.take_back_share(str(new_id()), share, now=town.now)
    less = ShareRequest(str(new_id()), key, "1900000777", Money(500, "CNY"))
    bench.gateway.share(less, now=town.now)
    with clock.at(bills.midnight(day + DAY) + timedelta(hours=12)):
        said = bench.gateway.bill(day)
    assert said.stands == {key: bench.price - Money(500, "CNY")}
    assert said.strange == {}


@pytest.mark.parametrize("line", [0, 1, -1])
def test_a_bill_of_another_shape_is_no_bill(till, line):
    till.paid()
    machine, day = till.bench.machine, till.first.isoformat()
    if isinstance(machine, WechatMachine):
        lines = bill_of_trades(machine, day).decode().splitlines()
        lines[line] = lines[line].replace("订单", "单据").replace("128.00", "127.00")
        with pytest.raises(NotABill):
            bills.believed(wechat.trades, "\n".join(lines).encode())
    else:
        with pytest.raises(NotABill):
            bills.believed(alipay.trades, bill_of_alipay(machine.moves, day)[line:-30])


@pytest.mark.parametrize(
    ("text", "fen"), [("12.50", 1250), ("-0.01", -1), ("7", 700), ("0.1", 10), ("1,000.00", None),
                      ("1.001", None), ("", None), ("٣", None)],
)  # fmt: skip
def test_amounts_are_read_to_the_fen_or_not_at_all(text, fen):
    if fen is None:
        with pytest.raises(NotABill):
            yuan(text)
    else:
        assert yuan(text) == Money(fen, "CNY")


def test_an_archive_with_any_byte_changed_is_read_or_no_bill():
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        archive.writestr("bill.csv", f"{alipay.HEAD},商户订单号\n1,2\n" * 5)
    for at in range(len(whole.getvalue())):
        data = bytearray(whole.getvalue())
        data[at] ^= 0x5A
        with suppress(NotABill):
            alipay.details(bytes(data))
