"""The sandbox hands sellers their part on, to accounts that it opens on a page of its own."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from goodword.kit.money import Money
from goodword.kit.rows import insert_new

from ...states import AnswerKind
from ..base import AccountThere, RefundAnswer, RefundKind, ShareRequest
from .store import SandboxAccount, SandboxCharge, SandboxShare


class SandboxSharing:
    """Committed in small transactions of its own, as the rest of the sandbox."""

    shares = True
    account_is_typed = False

    def open_account(
        self, key: str, *, number: str = "", return_url: str, now: datetime  # noqa: ARG002
    ) -> AccountThere:  # fmt: skip
        insert_new(SandboxAccount(key=key, number=f"sb_{key.replace('-', '')[-12:]}"))
        return there(SandboxAccount.objects.get(key=key))

    def account(self, number: str, *, return_url: str, now: datetime) -> AccountThere:  # noqa: ARG002
        row = SandboxAccount.objects.filter(number=number).first()
        return there(row) if row else AccountThere(number, ready=False)

    def finish_account(self, number: str) -> None:
        """The seller did what the page asked of her."""
        SandboxAccount.objects.filter(number=number).update(ready=True)

    def share(self, request: ShareRequest, *, now: datetime) -> RefundAnswer:  # noqa: ARG002
        with transaction.atomic():
            charge = SandboxCharge.known(request.charge)
            known = SandboxShare.objects.filter(key=request.key).first()
            if known is not None:
                if known.amount != request.amount.minor:
                    raise ValueError(f"{request.key} refunded {known.amount}")
                return done(request.key, known)
            if refusal := cannot_share(charge, request):
                return RefundAnswer(request.key, RefundKind.FAILED, reason=refusal)
            assert charge is not None
            row = SandboxShare(
                key=request.key, charge=charge, account=request.account,
                amount=request.amount.minor,
            )  # fmt: skip
            row.save(force_insert=True)
            return done(request.key, row)

    def take_back_share(self, key: str, request: ShareRequest, *, now: datetime) -> RefundAnswer:  # noqa: ARG002
        with transaction.atomic():
            row = SandboxShare.objects.select_for_update().filter(key=request.key).first()
            if row is None:
                return RefundAnswer(key, RefundKind.FAILED, reason="not_captured")
            if key not in row.returns:
                if request.amount.minor > row.left:
                    return RefundAnswer(key, RefundKind.FAILED, reason="more_than_charged")
                row.returns = {**row.returns, key: request.amount.minor}
                row.save()
            return done(key, row)


def there(row: SandboxAccount) -> AccountThere:
    page = "" if row.ready else reverse("money:sandbox_account", args=[row.number])
    return AccountThere(row.number, row.ready, page)


def done(key: str, row: SandboxShare) -> RefundAnswer:
    return RefundAnswer(key, RefundKind.DONE, f"share-{row.key[-12:]}")


def cannot_share(charge: SandboxCharge | None, request: ShareRequest) -> str:
    """Why not, as a code; empty when it can."""
    if charge is None or charge.state != AnswerKind.CAPTURED:
        return "not_captured"
    if not SandboxAccount.objects.filter(number=request.account, ready=True).exists():
        return "account_closed"
    if request.amount.currency != charge.currency:
        return "empty_balance"
    return "empty_balance" if request.amount.minor > charge.left - handed_on(charge) else ""


def handed_on(charge: SandboxCharge) -> int:
    """What of it went to sellers' accounts and did not come back, in minor units."""
    return sum(one.left for one in charge.shares.all())


def standing(charges: "list[SandboxCharge]") -> dict[str, Money]:
    """What of each charge stands with the house still."""
    return {
        charge.key: Money(charge.left - handed_on(charge), charge.currency) for charge in charges
    }
