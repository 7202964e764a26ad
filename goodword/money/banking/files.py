"""Bank files: what waits goes into one, and stands in it for good."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import Conflict, NotFound
from goodword.kit.ids import new_id
from goodword.kit.rows import joined
from goodword.notices import actions as notices

from ..models import HouseAccount, Payout, PayoutFile
from ..queries import operators
from .details import opened
from .pain import Batch, Order, write
from .rules import Details, details, wrong
from .states import DetailKind, PayoutState

AT_MOST = 1000  # payments in one file


class NothingToSend(Conflict):
    def __init__(self) -> None:
        super().__init__(_("No payout of this currency waits to be sent."))


class NoHouseAccount(Conflict):
    def __init__(self) -> None:
        super().__init__(_("Say first which account at a bank is the house’s in this currency."))


@joined
def keep_house_account(
    *, operator: UUID, currency: str, holder: str, number: str, bic: str = "", bank: str = "",
    now: datetime,
) -> HouseAccount:  # fmt: skip
    """Say which account is the house's in `currency`: an IBAN or digits. Raises Invalid.

    The other operators are told, since buyers pay there from now on.
    """
    number = "".join(number.split()).upper()
    kind = DetailKind.IBAN if number[:2].isalpha() else DetailKind.CARD
    if kind == DetailKind.IBAN:
        given = details(kind=kind, holder=holder, number=number, bic=bic, bank=bank)
    elif number.isdigit() and 5 <= len(number) <= 34 and holder.strip():
        given = Details(kind, " ".join(holder.split())[:70], number, bic.strip().upper(), bank)
    else:
        raise wrong("number", _("Give the account’s IBAN, or its number in digits."))
    row, _made = HouseAccount.objects.update_or_create(
        currency=currency,
        defaults={"holder": given.holder, "number": given.number, "bic": given.bic,
                  "bank": given.bank, "changed_at": now},
    )  # fmt: skip
    journal.record(
        owner=operator, actor=operator, verb="money.house_account", subject=operator, now=now,
        currency=currency, hint=given.hint,
    )  # fmt: skip
    for other in operators():
        if other != operator:
            notices.tell(
                member=other, kind="money.house_account", subject=operator, now=now,
                actor=operator, currency=currency, hint=given.hint,
            )  # fmt: skip
    return row


@joined
def make_file(*, operator: UUID, currency: str, now: datetime) -> PayoutFile:
    """Put every payout of `currency` that waits into a bank file. Raises NothingToSend,
    NoHouseAccount. Two operators at once make one file: the second finds nothing.
    """
    house = HouseAccount.objects.filter(currency=currency).first()
    if house is None:
        raise NoHouseAccount
    waiting = list(
        Payout.objects.select_for_update()
        .filter(currency=currency, state=PayoutState.ASKED)
        .order_by("id")[:AT_MOST]
    )
    if not waiting:
        raise NothingToSend
    file = PayoutFile(
        id=new_id(), currency=currency, actor_id=operator, count=len(waiting),
        total=sum(row.amount for row in waiting), house=asdict(of_house(house)), created_at=now,
    )  # fmt: skip
    file.save(force_insert=True)
    Payout.objects.filter(id__in=[row.id for row in waiting]).update(
        state=PayoutState.SENT, file=file, changed_at=now
    )
    journal.record(
        owner=operator, actor=operator, verb="money.payout_file", subject=file.id, now=now,
        count=file.count, amount={"minor": file.total, "currency": currency},
    )  # fmt: skip
    return file


def file_bytes(file: UUID) -> tuple[str, bytes]:
    """A bank file's name and bytes, the same at each call. For operators. Raises NotFound."""
    row = PayoutFile.objects.filter(id=file).first()
    if row is None:
        raise NotFound(_("There is no such bank file."))
    orders = [
        Order(one.number, opened(one.kind, one.sealed), one.money, f"Goodword {one.number}")
        for one in row.payouts.order_by("id")
    ]
    at = localtime(row.created_at)  # a bank takes no payment for its yesterday
    batch = Batch(
        number=row.id.hex, house=Details(**row.house), orders=orders, created_at=at, on=at.date()
    )
    return f"payouts-{at:%Y%m%d}-{row.id.hex[-6:]}.xml", write(batch)


def of_house(row: HouseAccount) -> Details:
    kind = DetailKind.IBAN if row.number[:2].isalpha() else DetailKind.CARD
    return Details(kind, row.holder, row.number, row.bic, row.bank)
