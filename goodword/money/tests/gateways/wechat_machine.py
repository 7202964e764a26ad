"""A WeChat Pay of our own: checks signatures, signs and encrypts, as documented."""

import base64
import gzip
import hashlib
import json
import re
from datetime import UTC, datetime
from functools import cache
from itertools import count
from secrets import token_hex

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from .bills import bill_of_flows, bill_of_trades
from .machines import Machine

MERCHANT, APP, SERIAL = "1900000109", "wx0123456789abcdef", "4" * 40
APIV3_KEY, KEY_ID = "k" * 32, "PUB_KEY_ID_0112"


@cache
def pair(name):
    """A key pair: as PEM, and the private key itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private, public.decode(), key


def signed(key, *parts):
    text = "".join(f"{part}\n" for part in parts)
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), SHA256())).decode()


class WechatMachine(Machine):
    def __init__(self):
        super().__init__()
        self.numbers = count(1)
        self.trades, self.refunds, self.shares = {}, {}, {}
        self.refuses_refunds = ""
        self.today, self.moves, self.flows = "2026-11-01", [], []
        self.making, self.spoilt = set(), set()  # days: whose bill is not made yet, or not whole

    def call(self, method, path, body):
        if "/refund/" in path:
            return "refund"
        if path.endswith("/close"):
            return "cancel"
        if "/transactions/native" in path:
            return "charge"
        return "look_up" if "/out-trade-no/" in path else "other"

    def serve(self, method, path, headers, body):
        if not self.is_merchant(method, path, headers, body):
            return self.reply(401, {"code": "SIGN_ERROR", "message": "错误的签名"})
        form = json.loads(body) if body else {}
        for pattern, act in (
            (r"POST /v3/pay/transactions/native", self.open),
            (r"GET /v3/pay/transactions/out-trade-no/(\w+)\?mchid=\d+", self.show),
            (r"POST /v3/pay/transactions/out-trade-no/(\w+)/close", self.close),
            (r"POST /v3/refund/domestic/refunds", self.refund),
            (r"GET /v3/refund/domestic/refunds/([\w-]+)", self.show_refund),
            (r"POST /v3/profitsharing/receivers/add", self.add_receiver),
            (r"POST /v3/profitsharing/orders", self.share),
            (r"POST /v3/profitsharing/return-orders", self.unshare),
            (r"GET /v3/bill/(tradebill)\?bill_date=([\d-]+)&.*tar_type=GZIP", self.bill),
            (r"GET /v3/bill/(fundflowbill)\?bill_date=([\d-]+)&.*tar_type=GZIP", self.bill),
            (r"GET /v3/billdownload/file\?token=(\w+)_([\d-]+)", self.download),
        ):
            if found := re.fullmatch(pattern, f"{method} {path}"):
                return act(form, *found.groups())
        return self.reply(404, {"code": "NOT_FOUND"})

    @staticmethod
    def is_merchant(method, path, headers, body):
        parts = dict(re.findall(r'(\w+)="([^"]*)"', headers.get("Authorization", "")))
        text = "\n".join((method, path, parts["timestamp"], parts["nonce_str"], body.decode(), ""))
        try:
            pair("merchant")[2].public_key().verify(
                base64.b64decode(parts["signature"]), text.encode(), padding.PKCS1v15(), SHA256()
            )
        except InvalidSignature:
            return False
        return (parts["mchid"], parts["serial_no"]) == (MERCHANT, SERIAL)

    def open(self, form):
        trade = self.trades.get(form["out_trade_no"])
        if trade and trade["trade_state"] != "NOTPAY":
            return self.reply(400, {"code": "ORDERPAID"})
        if trade and trade["amount"] != form["amount"]:
            return self.reply(400, {"code": "INVALID_REQUEST"})
        assert len(form["out_trade_no"]) <= 32
        self.trades.setdefault(form["out_trade_no"], {
            "out_trade_no": form["out_trade_no"], "trade_state": "NOTPAY",
            "amount": form["amount"], "frozen": bool(form.get("settle_info") or {}),
        })  # fmt: skip
        return self.reply(200, {"code_url": f"weixin://wxpay/bizpayurl?pr={form['out_trade_no']}"})

    def show(self, _form, number):
        trade = self.trades.get(number)
        if trade is None:
            return self.reply(404, {"code": "ORDER_NOT_EXIST"})
        return self.reply(200, trade)

    def close(self, _form, number):
        trade = self.trades.get(number)
        if trade is None:
            return self.reply(404, {"code": "ORDER_NOT_EXIST"})
        if trade["trade_state"] == "SUCCESS":
            return self.reply(400, {"code": "ORDERPAID"})
        trade["trade_state"] = "CLOSED"
        return self.reply(204, None)

    def refund(self, form):
        number = form["out_refund_no"]
        if number in self.refunds:
            return self.reply(200, self.refunds[number])
        trade = self.trades.get(form["out_trade_no"])
        if self.refuses_refunds:
            return self.reply(403, {"code": self.refuses_refunds})
        if trade is None:
            return self.reply(404, {"code": "RESOURCE_NOT_EXISTS"})
        if trade["trade_state"] != "SUCCESS" or form["amount"]["refund"] > self.left(trade):
            return self.reply(400, {"code": "INVALID_REQUEST"})
        self.refunds[number] = {
            "out_refund_no": number, "refund_id": f"503{next(self.numbers)}",
            "status": "SUCCESS", "amount": form["amount"], "out_trade_no": form["out_trade_no"],
        }  # fmt: skip
        self.moves.append((self.today, trade, self.refunds[number]))
        fen, theirs = form["amount"]["refund"], self.refunds[number]["refund_id"]
        self.flow("退款", "支出", theirs, number, fen)
        return self.reply(200, self.refunds[number])

    def show_refund(self, _form, number):
        return self.reply(200, self.refunds[number])

    def add_receiver(self, form):
        if form["account"] == "1999999999":
            return self.reply(400, {"code": "INVALID_REQUEST", "message": "该商户不存在"})
        return self.reply(200, form)

    def share(self, form):
        number = form["out_order_no"]
        paid = next(
            one for one in self.trades.values()
            if one.get("transaction_id") == form["transaction_id"]
        )  # fmt: skip
        amount = sum(one["amount"] for one in form["receivers"])
        shared = sum(
            one["amount"] for key, one in self.shares.items()
            if one["transaction_id"] == form["transaction_id"] and key != number
        )  # fmt: skip
        if not paid["frozen"] or shared + amount > paid["amount"]["total"]:
            return self.reply(403, {"code": "NOT_ENOUGH"})
        known = self.shares.setdefault(number, {
            "order_id": f"3008{next(self.numbers)}", "state": "FINISHED", "amount": amount,
            "transaction_id": form["transaction_id"], "back": 0,
        })  # fmt: skip
        if known["amount"] and "told" not in known:
            known["told"] = True
            self.flow("分账", "支出", known["order_id"], number, amount)
        return self.reply(200, known)

    def unshare(self, form):
        share = next(one for one in self.shares.values() if one["order_id"] == form["order_id"])
        if form["out_return_no"] not in share.setdefault("returns", {}):
            share["back"] += form["amount"]
            share["returns"][form["out_return_no"]] = f"3109{next(self.numbers)}"
            theirs = share["returns"][form["out_return_no"]]
            self.flow("分账回退", "收入", theirs, form["out_return_no"], form["amount"])
        number = share["returns"][form["out_return_no"]]
        return self.reply(200, {"return_id": number, "result": "SUCCESS"})

    def left(self, trade):
        if trade["trade_state"] != "SUCCESS":
            return 0
        sent = sum(
            one["amount"]["refund"] for one in self.refunds.values()
            if one["out_trade_no"] == trade["out_trade_no"]
        )  # fmt: skip
        return trade["amount"]["total"] - sent

    def pay(self, number, *, paid):
        trade = self.trades[number]
        if trade["trade_state"] != "NOTPAY":
            return
        trade["trade_state"] = "SUCCESS" if paid else "PAYERROR"
        trade["transaction_id"] = f"4200{next(self.numbers)}"
        if paid:
            self.moves.append((self.today, trade, None))
            self.flow("交易", "收入", trade["transaction_id"], number, trade["amount"]["total"])

    def flow(self, word, way, theirs, ours, fen):
        self.flows.append((self.today, word, way, theirs, ours, fen))

    def bill(self, _form, kind, day):
        if day in self.making:
            return self.reply(400, {"code": "STATEMENT_CREATING", "message": "账单生成中"})
        if not any(one[0] == day for one in self.moves):
            return self.reply(400, {"code": "NO_STATEMENT_EXIST", "message": "账单文件不存在"})
        told = hashlib.sha1(self.written(kind, day)).hexdigest()
        url = f"{self.url}/v3/billdownload/file?token={kind}_{day}"
        return self.reply(200, {"hash_type": "SHA1", "hash_value": told, "download_url": url})

    def download(self, _form, kind, day):
        """Without a signature, as theirs is; a bill that is spoilt on the way is shorter."""
        data = gzip.compress(self.written(kind, day)[: -20 if day in self.spoilt else None])
        return 200, {"Content-Type": "application/octet-stream"}, data

    def written(self, kind, day):
        return bill_of_trades(self, day) if kind == "tradebill" else bill_of_flows(self, day)

    def reply(self, status, told):
        body = b"" if told is None else json.dumps(told).encode()
        headers = self.signature(body, str(int(datetime.now(UTC).timestamp())))
        return status, {"Content-Type": "application/json", **headers}, body

    @staticmethod
    def signature(body, stamp):
        nonce = token_hex(16)
        return {
            "Wechatpay-Timestamp": stamp, "Wechatpay-Nonce": nonce, "Wechatpay-Serial": KEY_ID,
            "Wechatpay-Signature": signed(pair("wechat")[2], stamp, nonce, body.decode()),
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        }  # fmt: skip

    def notice(self, kind, inside, number, now):
        """A notification: encrypted by AEAD_AES_256_GCM, signed with the platform's key."""
        nonce, about = "n" * 12, "transaction"
        secret = AESGCM(APIV3_KEY.encode()).encrypt(
            nonce.encode(), json.dumps(inside).encode(), about.encode()
        )
        body = json.dumps({
            "id": number, "event_type": kind, "resource_type": "encrypt-resource",
            "resource": {
                "algorithm": "AEAD_AES_256_GCM", "nonce": nonce, "associated_data": about,
                "ciphertext": base64.b64encode(secret).decode(),
            },
        }).encode()  # fmt: skip
        return body, self.signature(body, str(int(now.timestamp())))
