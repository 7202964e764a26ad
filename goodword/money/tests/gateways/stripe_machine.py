"""A Stripe of our own: Checkout Sessions, intents, refunds, transfers, idempotency keys, webhooks.

Stricter than localstripe, as the real one is: a key with another body is refused, nothing is
refunded beyond what was paid, sums too small are not taken.
"""

import hashlib
import hmac
import json
import re
from itertools import count
from urllib.parse import parse_qsl

from .machines import Machine

SECRET = "whsec_test_of_our_own_machine"
LEAST = 50
TAKEN = {"cny", "eur", "jpy", "kwd", "isk", "usd"}


class StripeMachine(Machine):
    def __init__(self):
        super().__init__()
        self.numbers = count(1)
        self.sessions, self.intents, self.refunds, self.transfers = {}, {}, {}, {}
        self.remembered = {}
        self.refuses_refunds = ""
        self.extra_lines, self.accounts = [], {}
        self.slow_refunds = False

    def call(self, method, path, body):
        if path.startswith("/v1/refunds"):
            return "refund"
        if path.endswith("/expire"):
            return "cancel"
        if path.startswith("/v1/checkout/sessions"):
            return "charge" if method == "POST" else "look_up"
        return "share" if path.startswith("/v1/transfers") else "other"

    def serve(self, method, path, headers, body):
        if headers.get("Authorization") != "Bearer sk_test_0123456789":
            return self.error(401, "invalid_request_error", "", "Invalid API Key provided")
        form = dict(parse_qsl(body.decode() or path.partition("?")[2]))
        key = headers.get("Idempotency-Key")
        if key and key in self.remembered:
            asked, answer = self.remembered[key]
            if asked != (path, form):
                return self.error(
                    400, "idempotency_error", "", "Keys can only be used with the same parameters"
                )
            return answer
        answer = self.route(method, path.split("?")[0], form)
        # Like the real one: what was refused before it began may be tried again under its key.
        if key and answer[0] < 400:
            self.remembered[key] = (path, form), answer
        return answer

    def route(self, method, path, form):
        for pattern, verb, act in (
            (r"/v1/checkout/sessions", "POST", self.open),
            (r"/v1/checkout/sessions", "GET", self.list_sessions),
            (r"/v1/checkout/sessions/(\w+)", "GET", self.show_session),
            (r"/v1/checkout/sessions/(\w+)/expire", "POST", self.expire),
            (r"/v1/payment_intents/(\w+)", "GET", self.show_intent),
            (r"/v1/balance_transactions", "GET", self.list_lines),
            (r"/v1/accounts", "POST", self.open_account),
            (r"/v1/accounts/(\w+)", "GET", self.show_account),
            (r"/v1/account_links", "POST", self.link_account),
            (r"/v1/refunds", "POST", self.refund),
            (r"/v1/refunds/(\w+)", "GET", self.show_refund),
            (r"/v1/transfers", "POST", self.transfer),
            (r"/v1/transfers/(\w+)/reversals", "POST", self.reverse_transfer),
        ):
            found = re.fullmatch(pattern, path)
            if found and verb == method:
                try:
                    return act(form, *found.groups())
                except KeyError:
                    break
        return self.error(404, "invalid_request_error", "resource_missing", f"No such: {path}")

    def open(self, form):
        currency = form["line_items[0][price_data][currency]"]
        amount = int(form["line_items[0][price_data][unit_amount]"])
        if currency not in TAKEN:
            return self.error(400, "invalid_request_error", "", f"Invalid currency: {currency}")
        if amount < LEAST:
            return self.error(400, "invalid_request_error", "amount_too_small", "Amount too small")
        number = f"cs_test_{next(self.numbers)}"
        self.sessions[number] = {
            "id": number, "object": "checkout.session", "status": "open",
            "payment_status": "unpaid", "amount_total": amount, "currency": currency,
            "client_reference_id": form["client_reference_id"],
            "metadata": {"goodword": form["metadata[goodword]"]}, "payment_intent": None,
            "url": f"https://checkout.stripe.test/c/pay/{number}#{'x' * 400}",
        }  # fmt: skip
        return self.ok(self.sessions[number])

    def list_sessions(self, form):
        newest = list(self.sessions.values())[: -int(form["limit"]) - 1 : -1]
        return self.ok({"object": "list", "data": newest, "has_more": False})

    def show_session(self, _form, number):
        session = dict(self.sessions[number])
        if session["payment_intent"]:
            session["payment_intent"] = self.intents[session["payment_intent"]]
        return self.ok(session)

    def expire(self, _form, number):
        session = self.sessions[number]
        if session["status"] != "open":
            return self.error(400, "invalid_request_error", "", "Only open sessions can expire")
        session.update(status="expired", url=None)
        return self.show_session(_form, number)

    def show_intent(self, _form, number):
        return self.ok(self.intents[number])

    def refund(self, form):
        intent = self.intents[form["payment_intent"]]
        amount = int(form["amount"])
        if self.refuses_refunds:
            return self.error(400, "invalid_request_error", self.refuses_refunds, "Refused")
        if intent["status"] != "succeeded":
            return self.error(
                400, "invalid_request_error", "", "This does not have a successful charge to refund"
            )
        if amount > self.left(intent):
            return self.error(
                400, "invalid_request_error", "",
                "Refund amount is greater than unrefunded amount on charge",
            )  # fmt: skip
        number = f"re_{next(self.numbers)}"
        self.refunds[number] = {
            "id": number, "object": "refund", "amount": amount, "payment_intent": intent["id"],
            "status": "pending" if self.slow_refunds else "succeeded", "failure_reason": None,
            "metadata": {"goodword": form["metadata[goodword]"]},
        }  # fmt: skip
        return self.ok(self.refunds[number])

    def show_refund(self, _form, number):
        return self.ok(self.refunds[number])

    def open_account(self, form):
        number = f"acct_{next(self.numbers)}"
        assert form["type"] == "express"
        self.accounts[number] = False
        return self.show_account(form, number)

    def show_account(self, _form, number):
        active = "active" if self.accounts[number] else "inactive"
        return self.ok({
            "id": number, "object": "account", "capabilities": {"transfers": active},
        })  # fmt: skip

    def link_account(self, form):
        assert form["account"] in self.accounts
        url = f"https://connect.stripe.test/setup/{form['account']}"
        return self.ok({"object": "account_link", "url": url})

    def transfer(self, form):
        intent = next(
            one for one in self.intents.values()
            if one["latest_charge"] == form["source_transaction"]
        )  # fmt: skip
        shared = sum(
            one["amount"] - one["reversed"] for one in self.transfers.values()
            if one["source_transaction"] == form["source_transaction"]
        )  # fmt: skip
        if shared + int(form["amount"]) > intent["amount_received"]:
            return self.error(
                400, "invalid_request_error", "balance_insufficient", "Insufficient funds"
            )
        number = f"tr_{next(self.numbers)}"
        self.transfers[number] = {
            "id": number, "amount": int(form["amount"]), "reversed": 0,
            "destination": form["destination"], "source_transaction": form["source_transaction"],
            "transfer_group": form["transfer_group"],
        }  # fmt: skip
        return self.ok(self.transfers[number])

    def reverse_transfer(self, form, number):
        transfer = self.transfers[number]
        if transfer["reversed"] + int(form["amount"]) > transfer["amount"]:
            return self.error(400, "invalid_request_error", "", "More than transferred")
        transfer["reversed"] += int(form["amount"])
        return self.ok({"id": f"trr_{next(self.numbers)}"})

    def list_lines(self, form):
        """Newest first and three at a time: whoever stops at the first page is found out."""
        lines = self.lines()[::-1]
        after = form.get("starting_after")
        start = 1 + [one["id"] for one in lines].index(after) if after else 0
        page = lines[start : start + 3]
        more = len(lines) > start + 3
        return self.ok({
            "object": "list", "data": page, "has_more": more, "url": "/v1/balance_transactions",
        })  # fmt: skip

    def lines(self):
        def line(kind, amount, source, number):
            paid = self.intents[source["payment_intent"]] if "payment_intent" in source else None
            currency = paid["currency"] if paid else "cny"
            return {"id": f"txn_{kind}_{number}", "object": "balance_transaction", "type": kind,
                    "amount": amount, "currency": currency, "source": source}  # fmt: skip

        found = []
        for number, one in self.intents.items():
            if one["amount_received"]:
                charge = {"object": "charge", "id": one["latest_charge"], "payment_intent": number}
                found.append(line("charge", one["amount_received"], charge, number))
            if one["withdrawn"]:
                dispute = {"object": "dispute", "payment_intent": number}
                found.append(line("adjustment", -one["withdrawn"], dispute, number))
        for number, one in self.refunds.items():
            found.append(line("refund", -one["amount"], one, number))
            if one["status"] == "failed":
                found.append(line("refund_failure", one["amount"], one, number))
        for number, one in self.transfers.items():
            found.append(line("transfer", -one["amount"], {"object": "transfer", **one}, number))
            if one["reversed"]:
                back = {"object": "transfer_reversal", "transfer": number}
                found.append(line("transfer_refund", one["reversed"], back, number))
        return [*found, *self.extra_lines]

    # What the payer and her bank do.

    def of(self, key):
        return [one for one in self.sessions.values() if one["client_reference_id"] == key]

    def complete(self, key, *, paid):
        (session,) = self.of(key)
        if session["status"] != "open":
            return
        number = f"pi_{next(self.numbers)}"
        self.intents[number] = {
            "id": number, "status": "succeeded" if paid else "requires_payment_method",
            "amount_received": session["amount_total"] if paid else 0, "withdrawn": 0,
            "currency": session["currency"],
            "latest_charge": f"ch_{number}",
            "last_payment_error": None if paid else {"decline_code": "insufficient_funds"},
        }  # fmt: skip
        session.update(
            status="complete", payment_status="paid" if paid else "unpaid", payment_intent=number,
            url=None,
        )  # fmt: skip

    def left(self, intent):
        sent = sum(
            one["amount"] for one in self.refunds.values()
            if one["payment_intent"] == intent["id"] and one["status"] != "failed"
        )  # fmt: skip
        return intent["amount_received"] - sent - intent["withdrawn"]

    def reinstate(self, key):
        """The dispute was won; its lines stay in the account, one against the other."""
        self.intents[self.of(key)[0]["payment_intent"]]["withdrawn"] = 0

    def withdraw(self, key):
        intent = self.intents[self.of(key)[0]["payment_intent"]]
        intent["withdrawn"] = self.left(intent)

    # What it tells.

    def event(self, kind, told, now, number=""):
        body = json.dumps({
            "id": number or f"evt_{next(self.numbers)}", "object": "event", "type": kind,
            "data": {"object": told},
        }).encode()  # fmt: skip
        stamp = str(int(now.timestamp()))
        signed = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        return body, {"Stripe-Signature": f"t={stamp},v1={signed}"}

    @staticmethod
    def ok(told):
        return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()

    @staticmethod
    def error(status, kind, code, message):
        body = {"error": {"type": kind, "code": code or None, "message": message}}
        return status, {"Content-Type": "application/json"}, json.dumps(body).encode()
