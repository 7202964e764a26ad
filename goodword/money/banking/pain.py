"""The operator's bank file: pain.001.001.09, as ISO 20022 and the EPC's guideline write it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree as ET

from goodword.kit.money import Money

from .rules import Details, latin
from .states import DetailKind

SPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"


@dataclass(frozen=True, slots=True)
class Order:
    """One payment of the file; `number` is its end-to-end id."""

    number: str
    to: Details
    amount: Money
    text: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A file to be; `number` is its message's and its batch's id, at most 35 characters."""

    number: str
    house: Details
    orders: Sequence[Order]
    created_at: datetime
    on: date

    @property
    def sepa(self) -> bool:
        """Euro from IBAN to IBAN; everything else is an ordinary foreign or national payment."""
        every = (self.house, *(order.to for order in self.orders))
        return self.orders[0].amount.currency == "EUR" and all(
            one.kind == DetailKind.IBAN for one in every
        )


def write(batch: Batch) -> bytes:
    """The file's bytes; the same for the same batch."""
    root = ET.Element("Document", xmlns=SPACE)
    whole = ET.SubElement(root, "CstmrCdtTrfInitn")
    head = ET.SubElement(whole, "GrpHdr")
    put(head, "MsgId", batch.number)
    put(head, "CreDtTm", batch.created_at.strftime("%Y-%m-%dT%H:%M:%S"))
    sums(head, batch)
    put(head, "InitgPty/Nm", name(batch, batch.house.holder))
    payment(whole, batch)
    ET.indent(root, space=" ")
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        + ET.tostring(root, encoding="unicode").encode()
        + b"\n"
    )


def payment(whole: ET.Element, batch: Batch) -> None:
    part = ET.SubElement(whole, "PmtInf")
    put(part, "PmtInfId", batch.number)
    put(part, "PmtMtd", "TRF")
    # Each payment is to stand in the statement by itself, so that it can be found there.
    put(part, "BtchBookg", "false")
    sums(part, batch)
    if batch.sepa:
        put(part, "PmtTpInf/SvcLvl/Cd", "SEPA")
    put(part, "ReqdExctnDt/Dt", batch.on.isoformat())
    put(part, "Dbtr/Nm", name(batch, batch.house.holder))
    account(part, "DbtrAcct", batch.house)
    agent(part, "DbtrAgt", batch.house)
    put(part, "ChrgBr", "SLEV" if batch.sepa else "SHAR")
    for order in batch.orders:
        transfer(part, batch, order)


def transfer(part: ET.Element, batch: Batch, order: Order) -> None:
    one = ET.SubElement(part, "CdtTrfTxInf")
    put(one, "PmtId/EndToEndId", order.number)
    put(one, "Amt/InstdAmt", plain(order.amount)).set("Ccy", order.amount.currency)
    if order.to.bic or order.to.bank:
        agent(one, "CdtrAgt", order.to)
    put(one, "Cdtr/Nm", name(batch, order.to.holder))
    account(one, "CdtrAcct", order.to)
    put(one, "RmtInf/Ustrd", name(batch, order.text, most=140))


def sums(parent: ET.Element, batch: Batch) -> None:
    total = sum((order.amount for order in batch.orders[1:]), batch.orders[0].amount)
    put(parent, "NbOfTxs", str(len(batch.orders)))
    put(parent, "CtrlSum", plain(total))


def account(parent: ET.Element, tag: str, details: Details) -> None:
    how = "Id/IBAN" if details.kind == DetailKind.IBAN else "Id/Othr/Id"
    put(parent, f"{tag}/{how}", details.number)


def agent(parent: ET.Element, tag: str, details: Details) -> None:
    if details.bic:
        put(parent, f"{tag}/FinInstnId/BICFI", details.bic)
    elif details.bank:
        put(parent, f"{tag}/FinInstnId/Nm", details.bank)
    else:
        put(parent, f"{tag}/FinInstnId/Othr/Id", "NOTPROVIDED")


def name(batch: Batch, text: str, most: int = 70) -> str:
    return latin(text, most) if batch.sepa else text[:most]


def plain(amount: Money) -> str:
    return f"{amount.amount:f}"


def put(parent: ET.Element, path: str, text: str) -> ET.Element:
    for tag in path.split("/"):
        parent = ET.SubElement(parent, tag)
    parent.text = text
    return parent
