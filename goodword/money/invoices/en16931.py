"""The paper as data: a CrossIndustryInvoice in the profile EN 16931.

No VAT is shown: prices here are what a buyer pays, and no house knows its sellers' rates. So every
row is "outside the scope of VAT" (category O, rule BR-O), and all is prepaid.

Sums have two decimals at most (BR-DEC): of a currency with three the total is rounded, its rows by
largest remainder, and a note says the exact one. Unit prices keep theirs.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.timezone import localtime
from drafthorse.models.accounting import ApplicableTradeTax
from drafthorse.models.document import Document
from drafthorse.models.note import IncludedNote
from drafthorse.models.payment import PaymentTerms
from drafthorse.models.tradelines import LineItem

from goodword.kit.money import Money, allocate, exponent

from .shapes import Bill, Item, Paper, Party
from .states import CODES, Kind

PROFILE = "urn:cen.eu:en16931:2017"
OUTSIDE = "Not subject to VAT"
SHIPPING = "Shipping"
NO_INVOICE = "Receipt of a private seller. This is no invoice."
EXACT = "To the last digit the total is {currency} {total}."
DECIMALS = 2


def xml(paper: Paper) -> bytes:
    """UTF-8; checked against the schema by drafthorse."""
    bill = paper.bill
    document = Document()
    document.context.guideline_parameter.id = PROFILE
    document.header.id = paper.number
    document.header.type_code = CODES[Kind(paper.kind)]
    document.header.issue_date_time = _day(paper.issued_at)
    for text in _notes(paper):
        note = IncludedNote()
        note.content = text
        document.header.notes.add(note)
    _party(document.trade.agreement.seller, bill.seller, identified=True)
    _party(document.trade.agreement.buyer, bill.buyer)
    document.trade.agreement.buyer_order.issuer_assigned_id = bill.reference
    document.trade.delivery.event.occurrence = _day(bill.sold_at)
    sums = _sums(bill)
    for position, (item, sum_) in enumerate(zip(bill.items, sums, strict=True), 1):
        document.trade.items.add(_row(position, item, bill.currency, sum_))
    _settle(document, paper, sum(sums))
    return bytes(document.serialize(schema="FACTUR-X_EN16931"))


def _notes(paper: Paper) -> list[str]:
    bill = paper.bill
    notes = [NO_INVOICE] if paper.kind == Kind.RECEIPT else []
    if bill.total.amount != sum(_sums(bill)):
        notes.append(EXACT.format(currency=bill.currency, total=bill.total.amount))
    return notes


def _sums(bill: Bill) -> list[Decimal]:
    """What each row comes to, with as many decimals as the standard lets it have."""
    if exponent(bill.currency) <= DECIMALS:
        return [_amount(item.minor, bill.currency) for item in bill.items]
    cents = int(bill.total.amount.scaleb(DECIMALS).to_integral_value(ROUND_HALF_UP))
    parts = allocate(Money(cents, bill.currency), [item.minor for item in bill.items])
    return [Decimal(part.minor).scaleb(-DECIMALS) for part in parts]


def _party(node, party: Party, *, identified: bool = False) -> None:  # type: ignore[no-untyped-def]
    if identified:
        node.id = party.handle
    node.name = clean(party.name)
    if party.number:
        node.legal_organization.id = party.number
    node.address.country_id = party.country
    for field, line in zip(("line_one", "line_two", "line_three"), party.address, strict=False):
        setattr(node.address, field, clean(line))


def _row(position: int, item: Item, currency: str, sum_: Decimal) -> LineItem:
    row = LineItem()
    row.document.line_id = str(position)
    row.product.name = clean(item.text or SHIPPING)
    row.agreement.net.amount = _amount(item.unit_minor, currency)
    row.agreement.net.basis_quantity = (Decimal(1), "C62")
    row.delivery.billed_quantity = (Decimal(item.quantity), "C62")
    row.settlement.trade_tax.type_code = "VAT"
    row.settlement.trade_tax.category_code = "O"
    row.settlement.monetary_summation.total_amount = sum_
    return row


def _settle(document: Document, paper: Paper, total: Decimal | int) -> None:
    bill, settlement = paper.bill, document.trade.settlement
    settlement.currency_code = bill.currency
    tax = ApplicableTradeTax()
    tax.calculated_amount = Decimal(0)
    tax.basis_amount = total
    tax.type_code = "VAT"
    tax.category_code = "O"
    tax.exemption_reason = OUTSIDE
    settlement.trade_tax.add(tax)
    terms = PaymentTerms()
    terms.description = "Paid"
    settlement.terms.add(terms)
    sums = settlement.monetary_summation
    sums.line_total = total
    sums.charge_total = sums.allowance_total = Decimal(0)
    sums.tax_basis_total = total
    sums.tax_total = (Decimal(0), bill.currency)
    sums.grand_total = total
    sums.prepaid_total = total
    sums.due_amount = Decimal(0)
    if paper.of and paper.of_date:
        settlement.invoice_referenced_document.issuer_assigned_id = paper.of
        settlement.invoice_referenced_document.issue_date_time = _day(paper.of_date)


def _day(at: datetime) -> date:
    """As the printed side says it: where the house is."""
    return localtime(at).date()


def _amount(minor: int, currency: str) -> Decimal:
    return Money(minor, currency).amount


def clean(text: str) -> str:
    """Without what no XML document may hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
