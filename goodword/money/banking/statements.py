"""Taking in a bank statement: each line once, and what it turned out to be."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.kit.ids import new_id
from goodword.kit.money import Money, total
from goodword.kit.rows import change, insert, insert_new, joined, locked

from .. import bank, gateways, rules
from ..actions.posting import Posting, post
from ..actions.returning import gateway_account
from ..bank import Direction
from ..models import BankLine, BankStatement, HouseAccount, Payout, Transfer
from ..rules import AccountRef
from ..states import BANK, AccountKind, TransferKind
from .files import NoHouseAccount
from .knowing import apart, before, pairs, span
from .payouts import confirm_payout, posting_key, return_payout
from .rules import named_in, same_account
from .states import PayoutState, Taken


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a line turned out to be: the payment or payout `subject`. The taker has posted it."""

    taken: Taken
    subject: UUID


@dataclass(frozen=True, slots=True)
class Import:
    """What came of a file: lines that are new, known already, explained, and still open."""

    new: int
    known: int
    explained: int
    open: int


# Asked one after another about each new line, inside the import's transaction. Whoever knows the
# line posts what it means and answers; None leaves it to the next.
Taker = Callable[[BankLine, datetime], Meaning | None]
TAKERS: list[Taker] = []


class WrongAccount(Invalid):
    """A statement of an account that is not the house's."""

    def __init__(self, account: str) -> None:
        super().__init__(
            _("This statement is of the account %(account)s, which is not the house’s.")
            % {"account": account or "?"}
        )


@joined
def import_statement(*, data: bytes, operator: UUID, now: datetime) -> Import:
    """Take in the statements of a file, whole or not at all; the same again changes nothing.

    Raises bank.Unreadable, TooBig, NoHouseAccount, WrongAccount.
    """
    statements = bank.read(data)
    for statement in sorted(statements, key=lambda one: one.currency):
        check_account(statement)
    found: list[BankLine] = []
    for statement in statements:
        if row := keep(statement, operator=operator, now=now):
            found += (fresh := keep_lines(statement, row))
            open_earlier(row, fresh, now=now)
    known = sum(len(statement.lines) for statement in statements) - len(found)
    explained = explain(found, now=now)
    journal.record(
        owner=operator, actor=operator, verb="money.statement", subject=operator, now=now,
        new=len(found), known=known, explained=explained,
    )  # fmt: skip
    return Import(len(found), known, explained, len(found) - explained)


def check_account(statement: bank.Statement) -> None:
    """Whether it is the house's, which is locked: of two files at once one knows the other's."""
    house = locked(HouseAccount, statement.currency)
    if house is None:
        raise NoHouseAccount
    if not same_account(statement.account, house.number):
        raise WrongAccount(statement.account)


def keep(statement: bank.Statement, *, operator: UUID, now: datetime) -> BankStatement | None:
    """The statement's row, or None when it was taken in before, word for word.

    The very first one opens the bank in the books.
    """
    marks = [
        statement.account, statement.number, statement.opened, statement.closed,
        statement.opened_on, statement.closed_on, *(line.key for line in statement.lines),
    ]  # fmt: skip
    digest = hashlib.sha256("\x1f".join(map(str, marks)).encode()).hexdigest()
    first = not BankStatement.objects.filter(currency=statement.currency).exists()
    row = BankStatement(
        id=new_id(), actor_id=operator, currency=statement.currency, account=statement.account,
        number=statement.number, digest=digest, lines=len(statement.lines), created_at=now,
        opened=None if statement.opened is None else statement.opened.minor,
        closed=None if statement.closed is None else statement.closed.minor,
        opened_on=statement.opened_on, closed_on=statement.closed_on,
    )  # fmt: skip
    if not insert_new(row):
        return None
    if first and statement.opened is not None:
        post_own(statement.opened, key=f"bank-opening/{statement.currency}", now=now)
    return row


def open_earlier(row: BankStatement, lines: Iterable[BankLine], *, now: datetime) -> None:
    """What a statement tells of the time before the first one stood in that one's balance already:
    files may be brought in any order.
    """
    every = BankStatement.objects.filter(currency=row.currency).order_by("created_at", "id")
    first, *others = every
    if first.opened is None or first == row:
        return
    whole = row.id in before(span(first), [span(one) for one in others])
    early = [
        signed(line)
        for line in lines
        if whole or (first.opened_on and line.booked_on < first.opened_on)
    ]
    if early:
        post_own(-total(early), key=f"bank-before/{row.id}", now=now)


def keep_lines(statement: bank.Statement, row: BankStatement) -> list[BankLine]:
    """Write the lines that no statement told of before."""
    days = sorted(line.booked_on for line in statement.lines)
    if not days:
        return []
    others = [
        one
        for one in BankStatement.objects.filter(currency=row.currency).exclude(id=row.id)
        if same_account(one.account, row.account)
    ]
    elsewhere = apart(span(row), [span(one) for one in others])
    told = [
        said(one)
        for one in BankLine.objects.filter(
            statement__in=[one.id for one in others if one.id not in elsewhere],
            booked_on__range=(days[0], days[-1]),
        ).order_by("id")
    ]
    known = pairs(statement.lines, told)
    found = []
    for place, line in enumerate(statement.lines):
        if place not in known:
            found.append(new := line_of(line, row))
            if not insert_new(new):  # worded like the one of a page before
                new.key = hashlib.sha256(f"{row.digest}/{line.key}".encode()).hexdigest()
                insert([new])
    return found


def line_of(line: bank.BankLine, statement: BankStatement) -> BankLine:
    return BankLine(
        id=new_id(), statement=statement, key=line.key, booked_on=line.booked_on,
        direction=line.direction, amount=line.amount.minor, currency=line.amount.currency,
        counterparty=line.counterparty, account=line.account, text=line.text,
        reference=line.reference, bank_id=line.bank_id, reversal=line.reversal,
    )  # fmt: skip


def said(row: BankLine) -> bank.BankLine:
    """What a statement said when the line was written."""
    return bank.BankLine(
        booked_on=row.booked_on, direction=Direction(row.direction), amount=row.money,
        counterparty=row.counterparty, account=row.account, text=row.text,
        reference=row.reference, bank_id=row.bank_id, reversal=row.reversal, key=row.key,
    )  # fmt: skip


def explain(lines: Iterable[BankLine], *, now: datetime) -> int:
    """Ask each taker about each line; how many were explained."""
    explained = 0
    for line in lines:
        for take in (take_payout, *TAKERS):
            if meaning := take(line, now):
                change(line, taken=meaning.taken, subject=meaning.subject)
                explained += 1
                break
    return explained


def take_payout(line: BankLine, now: datetime) -> Meaning | None:
    """A payout that left, or came back: it bears the payout's number and its whole amount."""
    said = (line.reference, line.text)
    rows = Payout.objects.filter(amount=line.amount, currency=line.currency)
    row = next((one for one in rows.order_by("-id") if named_in(one.number, *said)), None)
    if row is None:
        return None
    reference = line.bank_id or line.reference or row.number
    if line.direction == Direction.OUT:
        if row.state in (PayoutState.ASKED, PayoutState.SENT):
            confirm_payout(payout=row.id, operator=None, reference=reference, now=now)
        elif not told_first(row, TransferKind.PAYOUT_PAID, Direction.OUT):
            return None
        return Meaning(Taken.PAYOUT, row.id)
    if row.state == PayoutState.SENT:
        confirm_payout(payout=row.id, operator=None, reference=reference, now=now)
        row.state = PayoutState.PAID
    if row.state == PayoutState.PAID:
        reason = line.text or _("The bank sent it back.")
        return_payout(payout=row.id, operator=None, reason=reason[:300], now=now)
    elif not told_first(row, TransferKind.PAYOUT_LOST, Direction.IN):
        return None
    return Meaning(Taken.PAYOUT, row.id)


def told_first(row: Payout, kind: TransferKind, direction: Direction) -> bool:
    """Whether the operator has booked this by hand, and no line has told of it so far.

    Otherwise nobody booked it: a payout that was called off and left all the same, or left twice.
    """
    booked = Transfer.objects.filter(owner=row.seller_id, key=posting_key(kind, row))
    told = BankLine.objects.filter(subject=row.id, taken=Taken.PAYOUT, direction=direction)
    return booked.exists() and not told.exists()


@joined
def explain_line(
    *, line: UUID, taken: Taken, gateway: str = "", operator: UUID, now: datetime
) -> None:
    """The operator says what an open line is: the house's own money, or what a gateway paid out.

    Raises NotFound, Conflict when it is explained already, Invalid for anything else.
    """
    row = locked(BankLine, line)
    if row is None:
        raise NotFound(_("There is no such line."))
    if row.taken != Taken.OPEN:
        raise Conflict(_("This line is explained already."))
    if taken == Taken.OWN:
        post_own(signed(row), key=f"bank-line/{row.id}", reason=row.text[:300], now=now)
    elif taken == Taken.SETTLED and gateway in gateways.GATEWAYS and gateway != BANK:
        post_settled(row, gateway, now=now)
    else:
        raise Invalid(_("Choose what this line is."))
    change(row, taken=taken, actor_id=operator)
    journal.record(
        owner=operator, actor=operator, verb="money.line_explained", subject=row.id, now=now,
        taken=taken, gateway=gateway, amount={"minor": row.amount, "currency": row.currency},
    )  # fmt: skip


def post_own(amount: Money, *, key: str, reason: str = "", now: datetime) -> None:
    """Book what is the house's own; below zero it left the bank."""
    if not amount:
        return
    bank_account, own = (
        gateway_account(BANK, amount.currency),
        AccountRef(AccountKind.OWN, amount.currency),
    )
    debit, credit = (bank_account, own) if amount.minor > 0 else (own, bank_account)
    posting = Posting(
        owner=None, kind=TransferKind.OWN, key=key, body={"own": amount}, reason=reason,
        lines=rules.between(debit=debit, credits=[(credit, max(amount, -amount))]),
    )  # fmt: skip
    post(posting, now=now)


def post_settled(row: BankLine, gateway: str, *, now: datetime) -> None:
    there, here = gateway_account(gateway, row.currency), gateway_account(BANK, row.currency)
    debit, credit = (here, there) if row.direction == Direction.IN else (there, here)
    posting = Posting(
        owner=None, kind=TransferKind.SETTLED, key=f"bank-line/{row.id}", body={"line": row.id},
        lines=rules.between(debit=debit, credits=[(credit, row.money)]), reason=row.text[:300],
    )  # fmt: skip
    post(posting, now=now)


def signed(row: BankLine) -> Money:
    return row.money if row.direction == Direction.IN else -row.money
