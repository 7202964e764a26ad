"""The paper as PDF/A-3, with the same in it as data: typst sets it, factur-x embeds the XML."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from babel import Locale
from django.utils import translation
from django.utils.translation import gettext as _
from facturx import generate_from_binary

from goodword.kit import formats
from goodword.kit.money import Money

from .en16931 import clean, xml
from .shapes import Paper, Party
from .states import KIND_WORDS, Kind
from .typesetting import fitted, pdf

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Printed:
    """The file, and whether some letters of it are not in the font."""

    pdf: bytes
    xml: bytes
    lacking: bool


def printed(paper: Paper, *, language: str, link: str) -> Printed:
    """The PDF/A-3 of `paper` in "en" or "zh-hans"; `link` is where it can be verified."""
    with translation.override(language):
        shown, lacking = fitted(_data(paper, link), language)
    if lacking:
        with translation.override(language):
            shown["notes"].append(
                _("Letters that this paper cannot print stand as □; its data holds them.")
            )
    code = io.BytesIO()
    segno.make(link, error="m").save(code, kind="svg", border=0, xmldecl=False, svgns=True)
    made = pdf(HERE / "paper.typ", shown, qr=code.getvalue().decode())
    told = xml(paper)
    whole = generate_from_binary(
        made,
        told,
        flavor="factur-x",
        level="en16931",
        check_xsd=True,
        check_schematron=False,  # needs saxonche; the tests do it
        pdf_metadata={
            "author": clean(paper.bill.seller.name),
            "keywords": "EN 16931, Factur-X",
            "title": str(shown["title"]),
            "subject": str(shown["title"]),
        },
        lang="zh-CN" if language.startswith("zh") else "en-GB",
        afrelationship="alternative",
    )
    return Printed(whole, told, lacking)


def _data(paper: Paper, link: str) -> dict[str, Any]:
    bill, kind = paper.bill, Kind(paper.kind)
    sign = -1 if kind is Kind.CREDIT else 1
    word = str(KIND_WORDS[kind])
    day = paper.issued_at
    return {
        "lang": "zh" if formats.locale() == "zh_Hans" else "en",
        "title": f"{word} {paper.number}",
        "heading": word,
        "subheading": _subheading(kind),
        "number": paper.number,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "seller": _party(bill.seller),
        "buyer": _party(bill.buyer),
        "facts": _facts(paper),
        "rows": [
            [
                str(position),
                item.text or _("Shipping"),
                formats.number(item.quantity),
                formats.money(Money(item.unit_minor, bill.currency)),
                formats.money(Money(sign * item.minor, bill.currency)),
            ]
            for position, item in enumerate(bill.items, 1)
        ],
        "sums": [],
        "total": formats.money(Money(sign * bill.total.minor, bill.currency)),
        "notes": _notes(kind, bill.seller.country),
        "digest": paper.digest,
        "link": link,
        "words": {
            "seller": _("Seller"), "buyer": _("Buyer"), "number": _("Number"), "what": _("What"),
            "quantity": _("Pieces"), "unit": _("Each"), "sum": _("Amount"), "total": _("Together"),
            "digest": _("Digest of what it says:"), "verify": _("Whether it is genuine:"),
        },
    }  # fmt: skip


def _subheading(kind: Kind) -> str:
    if kind is Kind.RECEIPT:
        return _("Of a private seller. This is no invoice.")
    return _("It takes back what is listed.") if kind is Kind.CREDIT else ""


def _facts(paper: Paper) -> list[tuple[str, str]]:
    facts = [
        (_("Number"), paper.number),
        (_("Date"), formats.date(paper.issued_at)),
        (_("Order number"), paper.bill.reference),
        (_("Sold on"), formats.date(paper.bill.sold_at)),
    ]
    if paper.of and paper.of_date:
        of = f"{paper.of} · {formats.date(paper.of_date)}"
        facts.append((_("Takes back"), of))
    return facts


def _notes(kind: Kind, country: str) -> list[str]:
    back = kind is Kind.CREDIT
    notes = [_("The money went back the way it came.") if back else _("Paid in full.")]
    notes.append(_("No VAT is shown: the prices are what the buyer pays."))
    if country == "CN":
        tax = _(
            "A Chinese tax invoice (fapiao) comes from the tax office’s system only; this is none."
        )
        notes.append(tax)
    return notes


def _party(one: Party) -> dict[str, Any]:
    word = _("VAT number %(number)s") if one.is_vat else _("Licence number %(number)s")
    number = [word % {"number": one.number}] if one.number else []
    rows = [f"@{one.handle}"] if one.handle else []
    country = Locale.parse(formats.locale()).territories.get(one.country, one.country)
    return {"name": one.name, "rows": [*rows, *one.address, *number, country]}
