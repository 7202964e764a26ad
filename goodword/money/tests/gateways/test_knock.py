"""Whether a gateway answers and takes our keys is found out without changing anything there."""

from collections import Counter
from dataclasses import replace

import pytest

from goodword.money.gateways.base import GatewayDown

from .alipay_bench import AlipayBench
from .benches import BENCHES
from .stripe_bench import StripeBench
from .wechat_bench import WechatBench
from .wechat_machine import pair

pytestmark = pytest.mark.django_db
OUTSIDE = (StripeBench, WechatBench, AlipayBench)


def knocks(bench, **keys):
    """Whether another gateway with these keys, of this bench's kind, is let in."""
    ours = bench.gateway
    return type(ours)(replace(ours.settings, **keys), ours.public_url).knock()


@pytest.mark.parametrize("make", BENCHES, ids=lambda make: make.__name__)
def test_who_is_outside_is_asked_and_nothing_comes_of_it(make):
    bench = make()
    before = Counter(bench.machine.asked) if make in OUTSIDE else Counter()
    assert bench.gateway.knock() is (make in OUTSIDE)
    if make in OUTSIDE:
        assert bench.machine.asked - before == {"look_up": 1}


@pytest.mark.parametrize("make", OUTSIDE, ids=lambda make: make.__name__)
@pytest.mark.parametrize("fault", ["deaf", "broken"])
def test_one_that_does_not_answer_is_down(make, fault):
    bench = make()
    bench.machine.faults["look_up"] = fault
    with pytest.raises(GatewayDown):
        bench.gateway.knock()


@pytest.mark.parametrize(
    ("make", "keys"),
    [
        (StripeBench, {"key": "sk_test_of_somebody_else"}),
        (WechatBench, {"private_key": pair("wechat")[0]}),
        (WechatBench, {"private_key": "no key at all"}),
        (AlipayBench, {"private_key": pair("alipay")[0]}),
        (AlipayBench, {"private_key": "no key at all"}),
        (AlipayBench, {"public_key": pair("wechat")[1]}),
    ],
)
def test_keys_that_are_not_right_are_found_out(make, keys):
    assert knocks(make())
    with pytest.raises(GatewayDown):
        knocks(make(), **keys)


def test_one_that_knows_us_and_does_not_serve_us_is_found_out(monkeypatch):
    alipay, wechat = AlipayBench(), WechatBench()
    forbidden = alipay.machine.fails("ACQ.ACCESS_FORBIDDEN")
    monkeypatch.setattr(alipay.machine, "show", lambda _content: forbidden)
    with pytest.raises(GatewayDown, match="ACCESS_FORBIDDEN"):
        alipay.gateway.knock()
    refusal = wechat.machine.reply(403, {"code": "NO_AUTH"})
    monkeypatch.setattr(wechat.machine, "show", lambda _form, _number: refusal)
    with pytest.raises(GatewayDown, match="403 NO_AUTH"):
        wechat.gateway.knock()
