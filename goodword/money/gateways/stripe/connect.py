"""Stripe Connect: an Express account of the seller's own, opened on Stripe's pages."""

from datetime import datetime
from typing import Any

from ..base import AccountThere
from .reading import MARK
from .saying import answering


class Connect:
    """What `Stripe` needs for it; the shares themselves stand with the charges they are of."""

    shares = True
    account_is_typed = False
    client: Any
    public_url: str

    def open_account(
        self, key: str, *, number: str = "", return_url: str, now: datetime  # noqa: ARG002
    ) -> AccountThere:  # fmt: skip
        with answering():
            made = self.client.accounts.create(
                params={
                    "type": "express",
                    "metadata": {MARK: key},
                    "capabilities": {"transfers": {"requested": True}},
                },
                options={"idempotency_key": f"account-{key}"},
            ).to_dict()
            return self.there(made, return_url)

    def account(self, number: str, *, return_url: str, now: datetime) -> AccountThere:  # noqa: ARG002
        with answering():
            return self.there(self.client.accounts.retrieve(number).to_dict(), return_url)

    def there(self, made: Any, return_url: str) -> AccountThere:
        """Ready once transfers reach it; until then with a link that holds for some minutes."""
        if (made.get("capabilities") or {}).get("transfers") == "active":
            return AccountThere(made["id"], ready=True)
        home = self.public_url + return_url
        link = self.client.account_links.create(
            params={
                "account": made["id"], "type": "account_onboarding",
                "return_url": home, "refresh_url": home,
            }
        ).to_dict()  # fmt: skip
        return AccountThere(made["id"], ready=False, page=link["url"])
