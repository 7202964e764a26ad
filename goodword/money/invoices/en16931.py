"""The paper as data: a CrossIndustryInvoice in the profile EN 16931.

No VAT is shown: prices here are what a buyer pays, and no house knows its sellers' rates. So every
row is "outside the scope of VAT" (category O, rule BR-O), and all is prepaid.
"""

from decimal import Decimal

from drafthorse.models.accounting import ApplicableTradeTax
from drafthorse.models.document import Document
from drafthorse.models.note import IncludedNote
from drafthorse.models.payment import PaymentTerms
from drafthorse.models.tradelines import LineItem

from goodword.kit.money import Money

from .shapes import Item, Paper, Party
from .states import CODES, Kind

PROFILE = "urn:cen.eu:en16931:2017"
OUTSIDE = "Not subject to VAT"
SHIPPING = "Shipping"
NO_INVOICE = "Receipt of a private seller. This is no invoice."


def xml(paper: Paper) -> bytes:
    """UTF-8; checked against the schema by drafthorse."""
    bill = paper.bill
    document = Document()
    document.context.guideline_parameter.id = PROFILE
    document.header.id = paper.number
    document.header.type_code = CODES[Kind(paper.kind)]
    document.header.issue_date_time = paper.issued_at.date()
    if paper.kind == Kind.RECEIPT:
        note = IncludedNote()
        note.content = NO_INVOICE
        document.header.notes.add(note)
    _party(document.trade.agreement.seller, bill.seller, identified=True)
    _party(document.trade.agreement.buyer, bill.buyer)
    document.trade.agreement.buyer_order.issuer_assigned_id = bill.reference
    document.trade.delivery.event.occurrence = bill.sold_at.date()
    for position, item in enumerate(bill.items, 1):
        document.trade.items.add(_row(position, item, bill.currency))
    _settle(document, paper)
    return bytes(document.serialize(schema="FACTUR-X_EN16931"))


def _party(node, party: Party, *, identified: bool = False) -> None:  # type: ignore[no-untyped-def]
    if identified:
        node.id = party.handle
    node.name = clean(party.name)
    if party.number:
        node.legal_organization.id = party.number
    node.address.country_id = party.country
    for field, line in zip(("line_one", "line_two", "line_three"), party.address, strict=False):
        setattr(node.address, field, clean(line))


def _row(position: int, item: Item, currency: str) -> LineItem:
    row = LineItem()
    row.document.line_id = str(position)
    row.product.name = clean(item.text or SHIPPING)
    row.agreement.net.amount = _amount(item.unit_minor, currency)
    row.agreement.net.basis_quantity = (Decimal(1), "C62")
    row.delivery.billed_quantity = (Decimal(item.quantity), "C62")
    row.settlement.trade_tax.type_code = "VAT"
    row.settlement.trade_tax.category_code = "O"
    row.settlement.monetary_summation.total_amount = _amount(item.minor, currency)
    return row


def _settle(document: Document, paper: Paper) -> None:
    bill, settlement = paper.bill, document.trade.settlement
    total = bill.total.amount
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
        settlement.invoice_referenced_document.issue_date_time = paper.of_date.date()


def _amount(minor: int, currency: str) -> Decimal:
    return Money(minor, currency).amount


def clean(text: str) -> str:
    """Without what no XML document may hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
