"""MT940, by mt-940.

Seen in mt-940 5.1.1: text that happens to be a file's name is read from that file, so it only ever
gets a stream; a line without its type code is overwritten by the next, so lines are counted.
"""

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import mt940

from goodword.kit.money import Money

from .camt import meaning
from .shapes import NAME, BankLine, Direction, Statement, amount, broken, one_line

SLASHED = re.compile(r"/([A-Z]{4})/([^/]*)")  # /NAME/Lin Tea/REMI/order 12


def read(text: str) -> list[Statement]:
    """The statements of an MT940 file. Raises Unreadable."""
    # A SWIFT message's own frame is no part of the statement, nor is its last line.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    framed = (re.sub(r"^\{.*\{4:", "", line) for line in lines)
    bare = "\n".join(line for line in framed if line.strip() not in ("-", "-}"))
    options = mt940.Options.all()
    try:
        found = mt940.parse_statements(io.StringIO(bare), options=options)
    # Whatever a hostile file makes the parser stumble over, the answer is the same.
    except (RuntimeError, ValueError, ArithmeticError, TypeError, KeyError, IndexError):
        raise broken() from None
    booked = sum(len(one) for one in found)
    if not found or booked != len(re.findall(r"^:61:", bare, re.MULTILINE)):
        raise broken()
    return [statement(one) for one in found]


def statement(given: Any) -> Statement:
    data = given.data
    opened, opened_on = balance(data, "final_opening_balance", "intermediate_opening_balance")
    closed, closed_on = balance(data, "final_closing_balance", "intermediate_closing_balance")
    numbers = (data.get("statement_number"), data.get("sequence_number"))
    return Statement(
        account=one_line(data.get("account_identification"), most=NAME).replace(" ", ""),
        number="/".join(number for number in numbers if number),
        currency=opened.currency, opened=opened, closed=closed, opened_on=opened_on,
        closed_on=closed_on,
        lines=tuple(of_line(one.data, opened.currency) for one in given.transactions),
    )  # fmt: skip


def balance(data: dict[str, Any], *names: str) -> tuple[Money, date]:
    """Both balances must be there: their absence means that the file was cut off."""
    found = next((data[name] for name in names if name in data), None)
    if found is None or found.amount is None:
        raise broken()
    return amount(found.amount.amount, found.amount.currency or ""), plain(found.date)


def of_line(data: dict[str, Any], currency: str) -> BankLine:
    moved: Decimal = data["amount"].amount
    if not moved:
        raise broken()
    details = str(data.get("transaction_details") or "")
    slashed = dict(SLASHED.findall(details.replace("\n", "")))
    return BankLine(
        booked_on=plain(data.get("entry_date") or data["date"]),
        direction=Direction.IN if moved > 0 else Direction.OUT,
        amount=amount(abs(moved), currency),
        counterparty=one_line(data.get("applicant_name") or slashed.get("NAME"), most=NAME),
        account=one_line(
            data.get("gvc_applicant_iban") or data.get("applicant_iban") or slashed.get("IBAN"),
            most=NAME,
        ).replace(" ", ""),
        text=one_line(
            data.get("purpose"), data.get("additional_purpose"), details, data.get("extra_details")
        ),
        reference=meaning(
            data.get("end_to_end_reference")
            or slashed.get("EREF")
            or data.get("customer_reference")
        ),
        bank_id=meaning(data.get("bank_reference")),
        reversal=str(data.get("status", "")).upper().startswith("R"),
    )  # fmt: skip


def plain(given: date) -> date:
    """mt-940's own kind of date as an ordinary one."""
    return date(given.year, given.month, given.day)
