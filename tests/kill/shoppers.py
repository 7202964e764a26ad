"""Buyers who order over HTTP without pause, and remember what the house has told them."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from uuid import uuid4

from goodword.orders.actions.placing import AN_HOUR

ADDRESS = {"name": "Wang Fang", "phone": "13800138000", "city": "Hangzhou", "street": "Road 1"}
PATIENCE = 30.0  # seconds for one answer


@dataclass
class Shopper(threading.Thread):
    """Orders one piece, paid at once; asks again with the same key until it is answered.

    The house lets nobody order without end, so each has the tokens of several buyers.
    """

    port: int
    tokens: Sequence[str]
    variant: str
    stop: threading.Event
    told: dict[str, dict[str, Any]] = field(default_factory=dict)  # by key: the order as answered
    asked: set[str] = field(default_factory=set)
    strange: list[str] = field(default_factory=list)
    lost: int = 0  # requests without an answer

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        while not self.stop.is_set():
            key = str(uuid4())
            token = self.tokens[len(self.asked) // AN_HOUR % len(self.tokens)]
            self.asked.add(key)
            while not self.order(key, token):
                if self.stop.wait(0.1):
                    return

    def order(self, key: str, token: str) -> bool:
        """True once the house has said yes; no answer and 5xx are no answer."""
        body = {
            "items": [{"variant": self.variant, "quantity": 1}],
            "address": ADDRESS,
            "key": key,
            "pay": "card",
        }
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            connection.request("POST", "/api/v1/orders", json.dumps(body), headers)
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, HTTPException):
            self.lost += 1
            return False
        finally:
            connection.close()
        if answer.status >= 500:
            self.lost += 1
            return False
        if answer.status != 201:
            self.strange.append(f"{answer.status}: {said[:300]!r}")
            return True
        (order,) = json.loads(said)["orders"]
        self.told[key] = order
        return True
