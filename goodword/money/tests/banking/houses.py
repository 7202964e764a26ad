"""A town with a bank, for the tests of what goes there and back."""

from typing import Any

from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule
from goodword.kit.money import Money
from goodword.money import queries
from goodword.money.banking import details, files, payouts, rules, statements
from goodword.money.banking.states import DetailKind
from goodword.money.models import Payout
from goodword.money.rules import AccountRef
from goodword.money.states import BANK, AccountKind
from goodword.people.models import Member

from ..bank.papers import HOUSE, camt, detail, entry
from ..town import Town, yuan

IBAN = "NL91ABNA0417164300"
CARD = "6222021001116245702"


def euro(amount: int) -> Money:
    return yuan(amount, "EUR")


def iban(member: Member, number: str = IBAN, currency: str = "EUR") -> None:
    given = rules.details(kind=DetailKind.IBAN, holder="Lin Měi", number=number)
    details.keep_details(member=member.id, currency=currency, details=given, now=member.joined_at)


def operator(town: Town) -> Member:
    member = town.member("operator")
    member.is_operator = True
    member.save()
    return member


def sell(town: Town, amount: Money) -> None:
    """Something was sold and released: it stands on the seller's balance."""
    town.release(town.pay(amount).order)


def ask(town: Town, amount: Money | None = None, **asked: Any) -> Payout:
    values = {"currency": "EUR", "key": str(new_id()), "now": town.now, **asked}
    return payouts.ask_payout(seller=town.seller.id, amount=amount, **values)


def stands(kind: AccountKind, member: Member | None = None, currency: str = "EUR") -> Money:
    named = {"gateway": BANK} if kind == AccountKind.GATEWAY else {}
    if member is not None:
        named = {"holder": member.id}
    return queries.balance(AccountRef(kind, currency, **named))


def rule(town: Town, name: str, value: int) -> None:
    HouseRule.objects.create(name=name, value=value, since=town.now)


def house_account(town: Town) -> None:
    files.keep_house_account(
        operator=operator(town).id, currency="EUR", holder="Teelädchen Góodword", number=HOUSE,
        now=town.now,
    )  # fmt: skip


def take_in(town: Town, *entries: str, opening: str, closing: str, number: str = "1"):
    data = camt(*entries, opening=opening, closing=closing, number=number)
    return statements.import_statement(data=data, operator=operator(town).id, now=town.now)


def left(payout: Payout, *, id: str = "B-1") -> str:
    """The entry of a statement by which a payout left."""
    paid = detail(who="Cdtr", e2e=payout.number, text=f"Goodword {payout.number}")
    return entry(f"{payout.money.amount:.2f}", side="DBIT", id=id, details=paid)


def came_back(payout: Payout, *, id: str = "B-2") -> str:
    back = detail(text=f"RETURN {payout.number[:6]} {payout.number[6:]} account closed")
    return entry(f"{payout.money.amount:.2f}", id=id, details=back)
