"""Each fact of a paper stands where bookkeepers, people and phones look for it."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import numpy
import pytest
import segno
from django.utils import timezone
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from goodword.kit.ids import new_id
from goodword.kit.papers import pages_of
from goodword.money.invoices.en16931 import xml
from goodword.money.invoices.paper import printed
from goodword.money.invoices.shapes import Bill, Item, Paper, Party

SOLD = datetime(2026, 11, 18, 9, tzinfo=UTC)
ISSUED = datetime(2026, 11, 20, 9, tzinfo=UTC)
EARLIER = datetime(2026, 11, 19, 9, tzinfo=UTC)
LINK = (
    "https://circle.example/papers/018f3c1e-0000-7000-8000-000000000000/verify?d=0123456789abcdef"
)
SELLER = Party(
    UUID(int=1), "Lin's tea (Tea Ltd)", "lin", country="FR", number="91330100MA2AXXXX5J",
    address=("青瓷路 1 号", "Floor 2", "龙泉市"),
)  # fmt: skip
BUYER = Party(
    UUID(int=2), "Chen Wei", "chen", country="DE", address=("Hauptstr. 5", "10115 Berlin")
)
BILL = Bill(
    order=new_id(), reference="7K2-9QX", business=True, seller=SELLER, buyer=BUYER, currency="CNY",
    items=(Item(new_id(), "Celadon cup · large", 3, 123_456_789), Item(new_id(), "", 1, 905)),
    sold_at=SOLD,
)  # fmt: skip
INVOICE = Paper("00000A-000007", "invoice", ISSUED, BILL, "ab" * 32)
CREDIT = replace(
    INVOICE, kind="credit", number="00000A-000008", of="00000A-000007", of_date=EARLIER
)
RECEIPT = replace(INVOICE, kind="receipt", bill=replace(BILL, business=False))
HOME = replace(BILL, seller=replace(SELLER, country="CN"))
YEN = replace(INVOICE, bill=replace(BILL, currency="JPY"))
DINAR = replace(INVOICE, bill=replace(BILL, currency="KWD"))

HEAD = {
    "ExchangedDocument/ID": ["00000A-000007"],
    "ExchangedDocument/TypeCode": ["380"],
    "ExchangedDocument/IssueDateTime/DateTimeString": ["20261120"],
    "ExchangedDocument/IncludedNote/Content": [],
    "SellerTradeParty/ID": ["lin"],
    "SellerTradeParty/Name": ["Lin's tea (Tea Ltd)"],
    "SellerTradeParty/SpecifiedLegalOrganization/ID": ["91330100MA2AXXXX5J"],
    "SellerTradeParty/PostalTradeAddress/LineOne": ["青瓷路 1 号"],
    "SellerTradeParty/PostalTradeAddress/LineTwo": ["Floor 2"],
    "SellerTradeParty/PostalTradeAddress/LineThree": ["龙泉市"],
    "SellerTradeParty/PostalTradeAddress/CountryID": ["FR"],
    "BuyerTradeParty/ID": [],
    "BuyerTradeParty/Name": ["Chen Wei"],
    "BuyerTradeParty/PostalTradeAddress/LineOne": ["Hauptstr. 5"],
    "BuyerTradeParty/PostalTradeAddress/LineTwo": ["10115 Berlin"],
    "BuyerTradeParty/PostalTradeAddress/CountryID": ["DE"],
    "BuyerOrderReferencedDocument/IssuerAssignedID": ["7K2-9QX"],
    "ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString": ["20261118"],
    "InvoiceReferencedDocument/IssuerAssignedID": [],
    "InvoiceReferencedDocument/FormattedIssueDateTime/DateTimeString": [],
    "SpecifiedTradePaymentTerms/Description": ["Paid"],
    "ApplicableHeaderTradeSettlement/InvoiceCurrencyCode": ["CNY"],
    "ApplicableHeaderTradeSettlement/ApplicableTradeTax/CategoryCode": ["O"],
    "ApplicableHeaderTradeSettlement/ApplicableTradeTax/TypeCode": ["VAT"],
    "ApplicableHeaderTradeSettlement/ApplicableTradeTax/ExemptionReason": ["Not subject to VAT"],
    "ApplicableHeaderTradeSettlement/ApplicableTradeTax/BasisAmount": ["3703712.72"],
    "ApplicableHeaderTradeSettlement/ApplicableTradeTax/CalculatedAmount": ["0"],
    "AssociatedDocumentLineDocument/LineID": ["1", "2"],
    "SpecifiedTradeProduct/Name": ["Celadon cup · large", "Shipping"],
    "NetPriceProductTradePrice/ChargeAmount": ["1234567.89", "9.05"],
    "NetPriceProductTradePrice/BasisQuantity": ["1", "1"],
    "SpecifiedLineTradeDelivery/BilledQuantity": ["3", "1"],
    "SpecifiedLineTradeSettlement/ApplicableTradeTax/CategoryCode": ["O", "O"],
    "SpecifiedLineTradeSettlement/ApplicableTradeTax/TypeCode": ["VAT", "VAT"],
    "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount": ["3703703.67", "9.05"],
    "SpecifiedTradeSettlementHeaderMonetarySummation/LineTotalAmount": ["3703712.72"],
    "SpecifiedTradeSettlementHeaderMonetarySummation/ChargeTotalAmount": ["0"],
    "SpecifiedTradeSettlementHeaderMonetarySummation/AllowanceTotalAmount": ["0"],
    "SpecifiedTradeSettlementHeaderMonetarySummation/TaxBasisTotalAmount": ["3703712.72"],
    "SpecifiedTradeSettlementHeaderMonetarySummation/TaxTotalAmount": ["0"],
    "SpecifiedTradeSettlementHeaderMonetarySummation/GrandTotalAmount": ["3703712.72"],
    "SpecifiedTradeSettlementHeaderMonetarySummation/TotalPrepaidAmount": ["3703712.72"],
    "SpecifiedTradeSettlementHeaderMonetarySummation/DuePayableAmount": ["0"],
}
SUM = "SpecifiedTradeSettlementHeaderMonetarySummation"
ELSE = {
    "credit": {
        "ExchangedDocument/ID": ["00000A-000008"],
        "ExchangedDocument/TypeCode": ["381"],
        "InvoiceReferencedDocument/IssuerAssignedID": ["00000A-000007"],
        "InvoiceReferencedDocument/FormattedIssueDateTime/DateTimeString": ["20261119"],
    },
    "receipt": {
        "ExchangedDocument/IncludedNote/Content": [
            "Receipt of a private seller. This is no invoice."
        ],
    },
    "yen": {
        "ApplicableHeaderTradeSettlement/InvoiceCurrencyCode": ["JPY"],
        "NetPriceProductTradePrice/ChargeAmount": ["123456789", "905"],
        "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount": ["370370367", "905"],
        "ApplicableHeaderTradeSettlement/ApplicableTradeTax/BasisAmount": ["370371272"],
        **{f"{SUM}/{name}": ["370371272"] for name in (
            "LineTotalAmount", "TaxBasisTotalAmount", "GrandTotalAmount", "TotalPrepaidAmount",
        )},
    },
    # 370371.272, of which no sum may say the last digit.
    "dinar": {
        "ExchangedDocument/IncludedNote/Content": [
            "To the last digit the total is KWD 370371.272."
        ],
        "ApplicableHeaderTradeSettlement/InvoiceCurrencyCode": ["KWD"],
        "NetPriceProductTradePrice/ChargeAmount": ["123456.789", "0.905"],
        "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount": ["370370.37", "0.90"],
        "ApplicableHeaderTradeSettlement/ApplicableTradeTax/BasisAmount": ["370371.27"],
        **{f"{SUM}/{name}": ["370371.27"] for name in (
            "LineTotalAmount", "TaxBasisTotalAmount", "GrandTotalAmount", "TotalPrepaidAmount",
        )},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("one", "differs"),
    [(INVOICE, ""), (CREDIT, "credit"), (RECEIPT, "receipt"), (YEN, "yen"), (DINAR, "dinar")],
)
def test_a_bookkeeping_program_reads_each_fact_in_its_place(one, differs):
    root = etree.fromstring(xml(one))
    said = {path: values(root, path) for path in HEAD}
    assert said == HEAD | ELSE.get(differs, {})
    currencies = root.xpath("//@currencyID")
    assert set(currencies) == {one.bill.currency}
    assert set(root.xpath("//@unitCode")) == {"C62"}


def test_its_dates_are_those_where_the_house_is():
    """In the data as on paper, at the turn of the year too: UTC is hours behind."""
    late = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    one = replace(CREDIT, issued_at=late, of_date=late, bill=replace(BILL, sold_at=late))
    with timezone.override("Asia/Shanghai"):
        root = etree.fromstring(xml(one))
        made = printed(one, language="en", link=LINK)
    assert set(root.xpath("//*[local-name()='DateTimeString']/text()")) == {"20270101"}
    assert "Jan 1, 2027" in PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text()


def values(root, path):
    steps = "/".join(f"*[local-name()='{step}']" for step in path.split("/"))
    return root.xpath(f"//{steps}/text()") or root.xpath(f"//{steps}/*/text()")


@pytest.mark.parametrize(("one", "language", "rows"), [
    (INVOICE, "en", [
        "Invoice", "Number 00000A-000007 Date Nov 20, 2026", "Order number 7K2-9QX",
        "Sold on Nov 18, 2026", "Lin's tea (Tea Ltd)", "@lin", "Floor 2", "France", "Chen Wei",
        "@chen", "10115 Berlin", "Germany", "Licence number 91330100MA2AXXXX5J",
        "1 Celadon cup, large 3 CN¥1,234,567.89 CN¥3,703,703.67", "2 Shipping 1 CN¥9.05 CN¥9.05",
        "Together CN¥3,703,712.72", "Paid in full.",
        "No VAT is shown: the prices are what the buyer pays.", "ab" * 32, LINK,
    ]),
    (replace(CREDIT, bill=HOME), "zh-hans", [
        "00000A-000008", "00000A-000007", "2026年11月19日", "-¥3,703,712.72",
        "1 Celadon cup · large 3 ¥1,234,567.89 -¥3,703,703.67", "2 运费 1 ¥9.05 -¥9.05",
        "冲销下列各项", "中国", "德国", "税务发票只能由税务系统开具", "钱已按原路退回",
    ]),
])  # fmt: skip
def test_a_person_reads_each_fact_and_a_phone_its_address(one, language, rows):
    pdf = printed(one, language=language, link=LINK).pdf
    text = " ".join(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )
    missing = [row for row in rows if row not in text and row not in text.replace(" ", "")]
    assert missing == [], text
    assert numpy.array_equal(scanned(pdf), numpy.array(segno.make(LINK, error="m").matrix) > 0)


def test_words_without_an_end_stay_in_their_column():
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    named = replace(BILL, seller=replace(SELLER, name=word), buyer=replace(BUYER, name=word))
    items = (Item(new_id(), word * 2, 1, 100), *BILL.items)
    shade, mm = drawn(printed(replace(INVOICE, bill=replace(named, items=items)),
                              language="en", link=LINK).pdf)  # fmt: skip
    assert (shade[:, : int(19 * mm)] > 250).all(), "the margin on the left"
    assert (shade[:, -int(19 * mm) :] > 250).all(), "and on the right"
    beside = shade[int(50 * mm) : int(85 * mm), int(102 * mm) : int(108 * mm)]
    assert (beside > 250).all(), "between who sells and who buys"


def drawn(pdf):
    """The shades of the one page, from 0 to 255, and how many pixels a millimetre has."""
    [page] = pages_of(pdf, most=3)
    shade = numpy.asarray(Image.open(io.BytesIO(page)).convert("L"))
    return shade, shade.shape[1] / 210


def scanned(pdf):
    """The modules of the code at the top right, 24 mm wide, read from the page as it is drawn."""
    shade, mm = drawn(pdf)
    size = len(segno.make(LINK, error="m").matrix)
    at = (numpy.arange(size) + 0.5) * 24 / size
    rows, columns = ((20 + at) * mm).astype(int), ((210 - 20 - 24 + at) * mm).astype(int)
    return shade[numpy.ix_(rows, columns)] < 128
