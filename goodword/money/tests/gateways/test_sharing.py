"""A seller's account with a gateway: opened, shared to once, fetched back; for each that can."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from goodword.kit.errors import Invalid, NotFound
from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule
from goodword.kit.money import Money
from goodword.money import actions, gateways
from goodword.money.banking import claims
from goodword.money.banking.reconciling import reconcile
from goodword.money.gateways.base import GatewayDown, RefundKind, ShareRequest
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.models import SandboxAccount, SandboxShare, Share
from goodword.money.sharing import actions as sharing
from goodword.money.sharing import queries
from goodword.money.states import AccountKind
from goodword.notices.models import Notice

from ..town import check_books, yuan
from .played import SandboxBench
from .stripe_bench import StripeBench
from .wechat_bench import WechatBench

pytestmark = pytest.mark.django_db
KINDS = [SandboxBench, StripeBench, lambda: WechatBench(sharing=True)]


@pytest.fixture(params=KINDS, ids=["Sandbox", "Stripe", "WechatPay"])
def bench(request):
    return request.param()


def opened(bench, now, key=None):
    """An account that can take a share; its number."""
    key = key or str(new_id())
    typed = "1900000777" if bench.gateway.account_is_typed else ""
    asked = {"number": typed, "return_url": "/money/accounts/x", "now": now}
    first = bench.gateway.open_account(key, **asked)
    assert bench.gateway.open_account(key, **asked).number == first.number
    if not first.ready:
        assert first.page
        finish(bench, first.number)
    there = bench.gateway.account(first.number, return_url="/money/accounts/x", now=now)
    assert (there.number, there.ready, there.page) == (first.number, True, "")
    return there.number


def finish(bench, number):
    if isinstance(bench, SandboxBench):
        bench.gateway.finish_account(number)
    else:
        bench.machine.accounts[number] = True


def test_an_account_takes_a_share_once_for_its_key_and_gives_it_back_once(bench, now):
    number, charge = opened(bench, now), bench.paid(now)
    bench.gateway.look_up(charge, now=now)
    share = ShareRequest(str(new_id()), charge, number, Money(12000, "CNY"))
    first = bench.gateway.share(share, now=now)
    assert (first.kind, first.key) == (RefundKind.DONE, share.key)
    assert bench.gateway.share(share, now=now) == first
    with pytest.raises(ValueError, match="refunded"):
        bench.gateway.share(replace(share, amount=Money(1, "CNY")), now=now)
    more = replace(share, key=str(new_id()), amount=Money(801, "CNY"))
    assert bench.gateway.share(more, now=now).reason == "empty_balance"
    back, part = str(new_id()), replace(share, amount=Money(5000, "CNY"))
    for _again in range(2):
        assert bench.gateway.take_back_share(back, part, now=now).kind == RefundKind.DONE


def test_what_was_never_paid_is_not_shared(bench, now):
    number, waits = opened(bench, now), bench.begun(now).key
    share = ShareRequest(str(new_id()), waits, number, Money(1, "CNY"))
    assert bench.gateway.share(share, now=now).kind == RefundKind.FAILED


def test_a_number_that_cannot_be_is_refused(now):
    bench = WechatBench(sharing=True)
    asked = {"return_url": "/", "now": now}
    for number in ("", "12", "x" * 28):
        with pytest.raises(Invalid):
            bench.gateway.open_account(str(new_id()), number=number, **asked)
    with pytest.raises(Invalid, match="does not know"):
        bench.gateway.open_account(str(new_id()), number="1999999999", **asked)


def test_only_a_house_that_shares_offers_it(monkeypatch, town):
    monkeypatch.setitem(gateways.GATEWAYS, "wechatpay", WechatBench().gateway)
    assert [one.gateway for one in queries.elsewhere(town.seller.id)] == ["sandbox"]
    for name in ("wechatpay", "bank", "nobody"):
        with pytest.raises(NotFound):
            sharing.sharing(name)


# In the town


@pytest.fixture
def connected(town):
    """The seller has opened her account at the sandbox, by its pages."""
    town.fee(5)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(town.seller)
    there = sharing.connect(member=town.seller.id, gateway="sandbox", now=town.now)
    assert client.get("/money/accounts/sandbox").text.count(there.page) == 1
    other = Client()
    other.force_login(town.buyer)
    assert other.post(there.page).status_code == 404
    assert client.post(there.page).status_code == 302
    assert "Connected" in client.get("/money/accounts/sandbox").text
    return town


def sell(town, amount=None):
    order = town.pay(amount or yuan(128)).order
    release = town.release(order)
    sharing.follow_release(seller=town.seller.id, transfer=release)
    return order, release


def differences():
    return [one.sentence for check in reconcile() for one in check.differences]


def test_her_part_goes_on_when_it_is_hers_and_not_before(connected):
    connected.pay(yuan(50))
    connected.work()
    assert not Share.objects.exists()
    _order, release = sell(connected)
    assert connected.stands(AccountKind.PAYABLE) == Money(12160, "CNY")
    connected.work()
    for _again in range(2):
        sharing.hand_on(transfer=release, now=connected.now)
    share = Share.objects.get()
    assert (share.state, share.money) == ("done", Money(12160, "CNY"))
    assert connected.stands(AccountKind.PAYABLE) == yuan(0)
    assert connected.stands(AccountKind.GATEWAY) == Money(5000 + 640, "CNY")
    assert SandboxShare.objects.get().amount == 12160
    assert differences() == []
    check_books()


def test_reserve_and_claims_come_first(connected):
    HouseRule.objects.create(name="reserve_percent", value=10, since=connected.now)
    claims.claim(
        kind="compensation", state="frozen", seller=connected.seller.id, order=new_id(), key="k",
        buyer=connected.buyer.id, amount=yuan(50), now=connected.now,
    )  # fmt: skip
    sell(connected)
    connected.work()
    # Of 121.60, 12.16 are kept back, which provide for a part of the 50.00 that are owed.
    assert Share.objects.get().money == Money(12160 - 5000, "CNY")
    assert connected.stands(AccountKind.PAYABLE) == Money(5000 - 1216, "CNY")
    check_books()


def test_what_the_gateway_refuses_is_on_her_balance_again(connected):
    SandboxAccount.objects.update(ready=False)
    sell(connected)
    connected.work()
    assert (Share.objects.get().state, Share.objects.get().reason) == ("failed", "account_closed")
    assert connected.stands(AccountKind.PAYABLE) == Money(12160, "CNY")
    told = Notice.objects.filter(owner=connected.seller.id).values_list("kind", flat=True)
    assert "money.share_failed" in told
    assert differences() == []


@contextmanager
def silent(monkeypatch):
    """The gateway does what it is asked, and its answer is lost."""
    share = Sandbox.share

    def lost(self, request, *, now):
        share(self, request, now=now)
        raise GatewayDown("lost")

    with monkeypatch.context() as patch:
        patch.setattr(Sandbox, "share", lost)
        yield


def test_a_lost_answer_is_asked_for_again_and_shared_once(connected, monkeypatch):
    _order, release = sell(connected)
    with silent(monkeypatch):
        assert sharing.hand_on(transfer=release, now=connected.now).state == "asked"
        assert differences() != []  # it is there, and the books do not know it yet
    connected.work(after=timedelta(minutes=2))
    assert Share.objects.get().state == "done"
    assert SandboxShare.objects.count() == 1
    assert differences() == []
    check_books()


def test_a_refund_fetches_back_what_was_handed_on(connected):
    order, _release = sell(connected)
    connected.work()
    line = connected.line(order, 1)
    whole = Money(12800, "CNY")
    assert actions.within_reach(order=order, line=line, amount=whole) == yuan(0)
    claims.claim(
        kind="refund", state="due", seller=connected.seller.id, buyer=connected.buyer.id,
        order=order, amount=whole, key="short/1", now=connected.now,
    )  # fmt: skip
    sharing.ask_back(claim="short/1")
    connected.work()
    for _again in range(2):
        sharing.fetch_back(claim="short/1", now=connected.now)
    assert Share.objects.get().back == 12160
    assert actions.within_reach(order=order, line=line, amount=whole) == whole
    connected.take_back(order, whole)
    connected.work()
    assert differences() == []
    assert connected.stands(AccountKind.GATEWAY) == yuan(0)
    check_books()


def test_a_forgotten_account_takes_nothing_more(connected):
    sharing.disconnect(member=connected.seller.id, gateway="sandbox", now=connected.now)
    with pytest.raises(NotFound):
        sharing.disconnect(member=connected.seller.id, gateway="sandbox", now=connected.now)
    sell(connected)
    connected.work()
    assert not Share.objects.exists()
