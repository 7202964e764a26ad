"""camt.053, by pycamt. What would mislead it is taken out of each entry first.

Seen in pycamt 1.1.1: a detail without an amount of its own takes the amount that was instructed, in
another currency; or, with several details, each takes the whole entry's. The side of a charge is
taken for the side of the payment. A comment ends a number. Names with a prefix are not found.
Balances pass through floats. An account without an IBAN is searched for through all entries, for
each entry.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree
from pycamt.parser import Camt053Parser

from .shapes import NAME, BankLine, Direction, Statement, amount, broken, one_line, unknown

XML = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip
SIDES = {"CRDT": Direction.IN, "DBIT": Direction.OUT}
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
KEPT = {"Refs", "Amt", "CdtDbtInd", "RltdPties", "RmtInf"}  # of a detail
# The last ones only say which field of an MT940 line bears the reference.
NOTHING = ("NONREF", "NOTPROVIDED", "NOT PROVIDED", "NOTAVAILABLE", "EREF", "KREF+", "MARF", "PREF")


class Entry(Camt053Parser):
    """pycamt on a document of one entry, whose names have no namespace."""

    def __init__(self, entry: Any) -> None:
        self.tree = etree.Element("Document")
        etree.SubElement(self.tree, "Stmt").append(entry)
        self.namespaces: dict[str, str] = {}
        self.version = "unknown"


def read(text: str) -> list[Statement]:
    """The statements of a camt.053 document. Raises Unreadable."""
    document = parsed(text)
    statements = document.findall("BkToCstmrStmt/Stmt")
    if not statements:
        raise unknown()
    return [statement(one) for one in statements]


def parsed(text: str) -> Any:
    """The document's root, all names without their namespace. Raises Unreadable.

    No statement needs a document type, and each trick with entities does.
    """
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise broken()
    text = re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.DOTALL)
    try:
        root = etree.fromstring(text.encode(), parser=etree.XMLParser(**XML))
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        raise broken() from None
    space = etree.QName(root).namespace
    for element in list(root.iter()):
        name = etree.QName(element)
        if name.namespace == space:
            element.tag = name.localname
        elif (parent := element.getparent()) is not None:
            parent.remove(element)  # a bank's own addition
    return root


def statement(given: Any) -> Statement:
    opened, opened_on = balance(given, OPENING)
    closed, closed_on = balance(given, CLOSING)
    lines = tuple(line for entry in given.findall("Ntry") for line in of_entry(entry))
    said = [one.currency for one in (opened, closed) if one is not None]
    said += [word(given, "Acct/Ccy"), *(line.amount.currency for line in lines)]
    currency = next((one for one in said if one), "")
    if not currency:
        raise broken()
    return Statement(
        account=one_line(
            word(given, "Acct/Id/IBAN") or word(given, "Acct/Id/Othr/Id"), most=NAME
        ).replace(" ", ""),
        number=one_line(word(given, "Id"), most=NAME),
        currency=currency, opened=opened, closed=closed, opened_on=opened_on,
        closed_on=closed_on, lines=lines,
    )  # fmt: skip


def balance(given: Any, kinds: tuple[str, ...]) -> tuple[Any, date | None]:
    for one in given.findall("Bal"):
        if word(one, "Tp/CdOrPrtry/Cd") in kinds:
            sum_ = one.find("Amt")
            side = SIDES.get(word(one, "CdtDbtInd"))
            if sum_ is None or side is None:
                raise broken()
            found = amount(sum_.text or "", sum_.get("Ccy", ""))
            on = day(word(one, "Dt/Dt") or word(one, "Dt/DtTm"))
            return (found if side == Direction.IN else -found), on
    return None, None


def of_entry(entry: Any) -> Iterator[BankLine]:
    """The lines of one entry that is booked: one for each payment of a batch, if it names all."""
    whole = entry.find("Amt")
    if whole is None:
        raise broken()
    total = amount(whole.text or "", whole.get("Ccy", ""))
    freed(entry, total.currency)
    said = Entry(entry).get_transactions()
    if said[0].get("Status") != "BOOK" or not total:
        return
    lines = [of_detail(one, total.currency) for one in said]
    net = sum(line.amount.minor * (1 if line.direction == Direction.IN else -1) for line in lines)
    if abs(net) != total.minor or SIDES.get(word(entry, "CdtDbtInd")) != (
        Direction.IN if net > 0 else Direction.OUT
    ):
        raise broken()
    yield from lines


def freed(entry: Any, currency: str) -> None:
    """Leave of the details only what concerns the payment itself, in the account's currency."""
    details = entry.findall("NtryDtls/TxDtls")
    for detail in details:
        own = detail.find("Amt")
        if own is None or own.get("Ccy") != currency:
            own = detail.find("AmtDtls/TxAmt/Amt")
        for child in list(detail):
            if child.tag not in KEPT or child.tag == "Amt":
                detail.remove(child)
        for structured in detail.findall("RmtInf/Strd"):
            for child in list(structured):
                if child.tag not in ("CdtrRefInf", "AddtlRmtInf"):
                    structured.remove(child)
        if len(details) > 1 and own is not None and own.get("Ccy") == currency:
            detail.append(own)
    if len(details) > 1 and any(detail.find("Amt") is None for detail in details):
        # A batch that does not say how it divides is one line.
        for holder in entry.findall("NtryDtls"):
            entry.remove(holder)


def of_detail(said: dict[str, Any], currency: str) -> BankLine:
    side = SIDES.get(said.get("CreditDebitIndicator") or "")
    on = day(said.get("BookingDate") or "")
    moved = amount(said.get("Amount") or "", currency)
    if side is None or on is None or moved.minor <= 0:
        raise broken()
    other = "Debtor" if side == Direction.IN else "Creditor"
    return BankLine(
        booked_on=on, direction=side, amount=moved,
        counterparty=one_line(said.get(f"{other}Name"), most=NAME),
        account=one_line(said.get(f"{other}IBAN"), most=NAME).replace(" ", ""),
        text=one_line(*written(said)),
        reference=meaning(said.get("EndToEndId")),
        bank_id=meaning(said.get("TransactionID")),
        reversal=said.get("ReversalIndicator") in ("true", "1"),
    )  # fmt: skip


def written(said: dict[str, Any]) -> Iterator[str | None]:
    """Everything that the payer wrote, free text and structured reference, each once."""
    free, first = said.get("RemittanceInformationFull"), said.get("RemittanceInformation")
    yield free
    if first and first not in (free or ""):
        yield first
    yield said.get("AdditionalRemittanceInformation")
    yield said.get("AdditionalEntryInformation")


def meaning(reference: str | None) -> str:
    """A reference, or nothing where the bank only says that there is none."""
    found = one_line(reference, most=NAME)
    return "" if found.upper() in NOTHING else found


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def word(element: Any, path: str) -> str:
    return (element.findtext(path) or "").strip()
