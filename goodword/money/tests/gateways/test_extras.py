"""What only WeChat Pay and Alipay do: shares, a page of their own, another merchant's messages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money import gateways, paying
from goodword.money.gateways.base import Forged, RefundKind, ShareRequest
from goodword.money.gateways.wechatpay.reading import number_of
from goodword.money.states import AnswerKind

from .alipay_bench import AlipayBench
from .test_trade import Till
from .wechat_bench import WechatBench

pytestmark = pytest.mark.django_db


def test_a_sellers_part_is_handed_on_once_and_taken_back_from_a_merchant(now):
    bench = WechatBench(sharing=True)
    key = bench.paid(now)
    bench.gateway.look_up(key, now=now)
    share = ShareRequest(str(new_id()), key, "1900000777", Money(12000, "CNY"))
    first = bench.gateway.share(share, now=now)
    assert first.kind == RefundKind.DONE
    assert bench.gateway.share(share, now=now) == first
    more = replace(share, key=str(new_id()), amount=Money(801, "CNY"))
    assert bench.gateway.share(more, now=now).reason == "empty_balance"
    back = str(new_id())
    for _again in range(2):
        assert bench.gateway.take_back_share(back, share, now=now).kind == RefundKind.DONE
    assert bench.machine.shares[number_of(share.key)]["back"] == 12000


def test_what_was_not_frozen_is_not_shared(now):
    bench = WechatBench()
    key = bench.paid(now)
    bench.gateway.look_up(key, now=now)
    share = ShareRequest(str(new_id()), key, "1900000777", Money(1, "CNY"))
    assert bench.gateway.share(share, now=now).kind == RefundKind.FAILED


def test_a_code_is_shown_to_its_payer_alone(town, monkeypatch):
    bench = WechatBench()
    monkeypatch.setitem(gateways.GATEWAYS, "wechatpay", bench.gateway)
    till = Till(bench, town)
    payment = till.start()
    path = f"/money/codes/{payment.id}"
    payer, other = Client(), Client()
    payer.force_login(town.buyer)
    other.force_login(town.seller)
    page = payer.get(path).text
    assert f"weixin://wxpay/bizpayurl?pr={number_of(str(payment.id))}" in page
    assert "<svg" in page
    assert other.get(path).status_code == 404
    till.pay(payment)
    till.learn(payment)
    assert payer.get(path).status_code == 302


def test_alipays_page_is_signed_and_dated_in_beijing(now):
    bench = AlipayBench()
    with clock.at(datetime(2026, 5, 4, 20, 0, tzinfo=UTC)):
        answer = bench.gateway.charge(replace(bench.request(), method="page"), now=now)
    assert answer.kind == AnswerKind.STEP_UP
    form = dict(parse_qsl(urlsplit(answer.next_url).query))
    assert bench.machine.is_app(form)
    assert form["timestamp"] == "2026-05-05 04:00:00"
    assert '"total_amount":"128.00"' in form["biz_content"]
    assert bench.gateway.look_up(answer.key, now=now).kind == AnswerKind.STEP_UP
    assert bench.gateway.cancel(answer.key, now=now).kind == AnswerKind.CANCELLED


def test_another_merchants_message_is_not_ours(now):
    bench = AlipayBench()
    key = bench.paid(now)
    for more in ({"seller_id": "2088999999999999"}, {"app_id": "2021999999999999"}):
        posted = bench.machine.notice(bench.machine.trades[key], now, **more)
        with pytest.raises(Forged):
            bench.gateway.read_callback(*posted, now=now)


def test_a_callback_with_another_serial_asks_nobody_for_certificates(now):
    bench = WechatBench()
    key = bench.paid(now)
    body, headers = bench.told(key, now)
    asked = bench.machine.asked.total()
    with pytest.raises(Forged):
        bench.gateway.read_callback(body, {**headers, "Wechatpay-Serial": "7A"}, now=now)
    assert bench.machine.asked.total() == asked


def test_alipay_reads_back_what_it_wants_to_read(town, monkeypatch):
    bench = AlipayBench()
    monkeypatch.setitem(gateways.GATEWAYS, "alipay", bench.gateway)
    till = Till(bench, town)
    payment = till.start()
    till.pay(payment)
    body, _headers = bench.told(str(payment.id), till.now)
    with clock.at(till.now + timedelta(minutes=1)):
        answer = Client().post(
            "/money/callback/alipay", body, content_type="application/x-www-form-urlencoded"
        )
    assert (answer.status_code, answer.content) == (200, b"success")
    assert till.state(payment) == "captured"


@pytest.mark.parametrize(
    ("there", "sentence"),
    [(set(), "pip install"), ({"python-alipay-sdk", "alipay-sdk-python"}, "uninstall both")],
)
def test_an_extra_that_is_not_there_is_named(tmp_path, monkeypatch, there, sentence):
    monkeypatch.setattr(paying, "installed", there.__contains__)
    with pytest.raises(paying.BadSetting, match=sentence):
        paying.read(tmp_path, {"GOODWORD_ALIPAY_APP": "2021000000000001"})
