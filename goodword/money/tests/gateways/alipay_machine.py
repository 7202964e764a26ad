"""An Alipay of our own: checks and makes signatures, as documented."""

import base64
import json
from datetime import timedelta, timezone
from itertools import count
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256

from .bills import bill_of_alipay
from .machines import Machine
from .wechat_machine import pair

APP, SELLER = "2021000000000001", "2088000000000001"
BEIJING = timezone(timedelta(hours=8))
CALLS = {
    "alipay.trade.precreate": "charge", "alipay.trade.query": "look_up",
    "alipay.trade.close": "cancel", "alipay.trade.refund": "refund",
}  # fmt: skip


def sign(text):
    made = pair("alipay")[2].sign(text.encode(), padding.PKCS1v15(), SHA256())
    return base64.b64encode(made).decode()


class AlipayMachine(Machine):
    def __init__(self):
        super().__init__()
        self.numbers = count(1)
        self.trades, self.refunds = {}, {}
        self.refuses_refunds = ""
        self.today, self.moves = "2026-11-01", []
        self.spoilt = set()  # days whose bill is cut off on the way

    def asked_for(self, path):
        return dict(parse_qsl(urlsplit(path).query, keep_blank_values=True))

    def call(self, method, path, body):
        return CALLS.get(self.asked_for(path).get("method"), "other")

    def serve(self, method, path, headers, body):
        form = self.asked_for(path)
        if path.startswith("/bill/"):
            day = path.removeprefix("/bill/")
            data = bill_of_alipay(self.moves, day)
            return 200, {}, data[:-40] if day in self.spoilt else data
        if not self.is_app(form):
            return self.reply("error_response", {"code": "40002", "sub_code": "isv.invalid-sign"})
        content = json.loads(form["biz_content"])
        act = {
            "alipay.trade.precreate": self.open, "alipay.trade.query": self.show,
            "alipay.trade.close": self.close, "alipay.trade.refund": self.refund,
            "alipay.trade.fastpay.refund.query": self.show_refund,
            "alipay.data.dataservice.bill.downloadurl.query": self.bill,
        }[form["method"]]  # fmt: skip
        return self.reply(form["method"].replace(".", "_") + "_response", act(content))

    @staticmethod
    def is_app(form):
        given = {name: value for name, value in form.items() if name != "sign"}
        text = "&".join(f"{name}={value}" for name, value in sorted(given.items()))
        try:
            pair("app")[2].public_key().verify(
                base64.b64decode(form["sign"]), text.encode(), padding.PKCS1v15(), SHA256()
            )
        except InvalidSignature:
            return False
        return form["app_id"] == APP

    @staticmethod
    def fails(code):
        return {"code": "40004", "msg": "Business Failed", "sub_code": code}

    def open(self, content):
        known = self.trades.setdefault(content["out_trade_no"], {
            "out_trade_no": content["out_trade_no"], "trade_status": "WAIT_BUYER_PAY",
            "total_amount": content["total_amount"], "trade_no": f"2026{next(self.numbers)}",
        })  # fmt: skip
        if known["trade_status"] != "WAIT_BUYER_PAY":
            return self.fails("ACQ.TRADE_HAS_SUCCESS")
        return {"code": "10000", "qr_code": f"https://qr.alipay.test/{content['out_trade_no']}"}

    def show(self, content):
        trade = self.trades.get(content["out_trade_no"])
        return {"code": "10000", **trade} if trade else self.fails("ACQ.TRADE_NOT_EXIST")

    def close(self, content):
        trade = self.trades.get(content["out_trade_no"])
        if trade is None:
            return self.fails("ACQ.TRADE_NOT_EXIST")
        if trade["trade_status"] == "TRADE_SUCCESS":
            return self.fails("ACQ.TRADE_STATUS_ERROR")
        trade["trade_status"] = "TRADE_CLOSED"
        return {"code": "10000"}

    def refund(self, content):
        number, trade = content["out_request_no"], self.trades.get(content["out_trade_no"])
        if number in self.refunds:
            return {"code": "10000", "fund_change": "N"}
        if self.refuses_refunds:
            return self.fails(self.refuses_refunds)
        if trade is None:
            return self.fails("ACQ.TRADE_NOT_EXIST")
        if trade["trade_status"] == "WAIT_BUYER_PAY":
            return self.fails("ACQ.TRADE_STATUS_ERROR")
        fen = round(float(content["refund_amount"]) * 100)
        if fen > self.left(trade):
            return self.fails("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
        self.refunds[number] = {"fen": fen, "out_trade_no": content["out_trade_no"]}
        self.moves.append((self.today, trade, number, fen))
        if not self.left(trade):
            trade["trade_status"] = "TRADE_CLOSED"
        return {"code": "10000", "fund_change": "Y"}

    def show_refund(self, content):
        done = content["out_request_no"] in self.refunds
        return {"code": "10000", **({"refund_status": "REFUND_SUCCESS"} if done else {})}

    def left(self, trade):
        if "send_pay_date" not in trade:
            return 0
        sent = sum(
            one["fen"] for one in self.refunds.values()
            if one["out_trade_no"] == trade["out_trade_no"]
        )  # fmt: skip
        return round(float(trade["total_amount"]) * 100) - sent

    def pay(self, key):
        trade = self.trades[key]
        if trade["trade_status"] == "WAIT_BUYER_PAY":
            trade.update(trade_status="TRADE_SUCCESS", send_pay_date="2026-05-04 20:00:00")
            fen = round(float(trade["total_amount"]) * 100)
            self.moves.append((self.today, trade, "", fen))

    def bill(self, content):
        """Of a day on which nothing moved they say the same as of one that is not made yet."""
        day = content["bill_date"]
        if not any(one[0] == day for one in self.moves):
            return self.fails("isp.bill_not_exist")
        return {"code": "10000", "bill_download_url": f"{self.url}/bill/{day}"}

    def reply(self, name, told):
        inside = json.dumps(told, separators=(",", ":"))
        body = f'{{"{name}":{inside},"sign":"{sign(inside)}"}}'.encode()
        return 200, {"Content-Type": "application/json"}, body

    def notice(self, trade, now, **more):
        told = {
            "app_id": APP, "seller_id": SELLER, "notify_type": "trade_status_sync",
            "notify_time": now.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
            "notify_id": f"N{trade['out_trade_no']}{trade['trade_status']}", "charset": "utf-8",
            "out_trade_no": trade["out_trade_no"], "trade_no": trade["trade_no"],
            "trade_status": trade["trade_status"], "total_amount": trade["total_amount"], **more,
        }  # fmt: skip
        if "send_pay_date" in trade:
            told["gmt_payment"] = trade["send_pay_date"]
        text = "&".join(f"{name}={value}" for name, value in sorted(told.items()))
        return urlencode({**told, "sign_type": "RSA2", "sign": sign(text)}).encode(), {}
