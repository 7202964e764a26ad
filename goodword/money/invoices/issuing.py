"""A paper is issued in the transaction of what it is about; its file is made after the commit."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from goodword.journal import actions as journal
from goodword.kit import jobs
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.notices import actions as notices

from .models import IssuedPaper, PaperLine
from .shapes import Bill, Item, bill
from .states import Kind

# A counter row, not a sequence: a sequence keeps what a transaction took that is rolled back.
NEXT = """
INSERT INTO money_papercounter AS held (seller, last) VALUES (%s, 1)
    ON CONFLICT (seller) DO UPDATE SET last = held.last + 1
RETURNING last
"""


@transaction.atomic
def issue(*, sold: Bill, now: datetime) -> IssuedPaper | None:
    """The invoice, or a private seller's receipt, for those items of `sold` that have none yet.

    None when every line has one. The seller's counter stays locked until the transaction ends.
    """
    fresh = _without_paper(sold)
    if not fresh.items:
        return None
    kind = Kind.INVOICE if sold.business else Kind.RECEIPT
    return _write(fresh, kind, now, credit=False)


@transaction.atomic
def credit(*, order: UUID, parts: Mapping[UUID, Money], now: datetime) -> list[IssuedPaper]:
    """A credit note for each paper of `order` of whose lines money went back; [] without one.

    `parts` is what went back by line; more than a paper says is never taken back of it.
    """
    papers = IssuedPaper.objects.filter(order=order).exclude(kind=Kind.CREDIT).order_by("number")
    notes = []
    for paper in papers:
        given = {line: part.minor for line, part in parts.items() if line in lines_of(paper)}
        items = _items(paper, given)
        if items:
            notes.append(
                _write(replace(bill(paper.content), items=items), Kind.CREDIT, now, credit=True,
                       of=paper)
            )  # fmt: skip
    return notes


def _without_paper(sold: Bill) -> Bill:
    lines = {item.line for item in sold.items}
    done = set(
        PaperLine.objects.filter(line__in=lines, credit=False).values_list("line", flat=True)
    )
    return replace(sold, items=tuple(item for item in sold.items if item.line not in done))


def lines_of(paper: IssuedPaper) -> set[UUID]:
    """The order's lines that a paper is about."""
    return {UUID(item["line"]) for item in paper.content["items"]}


def _items(paper: IssuedPaper, given: Mapping[UUID, int]) -> tuple[Item, ...]:
    """One row for each line of which something went back and is not credited already."""
    left: dict[UUID, int] = {}
    for row in PaperLine.objects.filter(line__in=list(given)):
        left[row.line] = left.get(row.line, 0) + (-row.minor if row.credit else row.minor)
    texts: dict[UUID, str] = {}
    for item in bill(paper.content).items:
        texts.setdefault(item.line, item.text)
    amounts = {line: min(minor, left.get(line, 0)) for line, minor in given.items()}
    return tuple(Item(line, texts[line], 1, minor) for line, minor in amounts.items() if minor > 0)


def _write(
    sold: Bill, kind: Kind, now: datetime, *, credit: bool, of: IssuedPaper | None = None
) -> IssuedPaper:
    number = _next(sold.seller.id)
    reference = f"{sold.seller.id.hex[-6:].upper()}-{number:06}"
    content = sold.stored()
    paper = IssuedPaper.objects.create(
        id=new_id(), seller_id=sold.seller.id, buyer_id=sold.buyer.id, order=sold.order,
        number=number, reference=reference, kind=kind, of=of, issued_at=now,
        currency=sold.currency, total=sold.total.minor, content=content,
        digest=digest(reference, kind, now, content, of.reference if of else ""),
    )  # fmt: skip
    sums: dict[UUID, int] = {}
    for item in sold.items:
        sums[item.line] = sums.get(item.line, 0) + item.minor
    PaperLine.objects.bulk_create(
        PaperLine(paper=paper, seller_id=paper.seller_id, line=line, credit=credit, minor=minor)
        for line, minor in sums.items()
    )
    journal.record(
        owner=sold.buyer.id, actor=sold.seller.id, verb="money.paper_issued", subject=sold.order,
        now=now, kind=kind.value, number=reference,
    )  # fmt: skip
    jobs.defer_now("money.print_paper", paper=str(paper.id))
    tell(paper, sold, now)
    return paper


def tell(paper: IssuedPaper, sold: Bill, now: datetime) -> None:
    """Let the buyer know of what she did not ask for, and a business of what its invoices lack."""
    if paper.kind != Kind.RECEIPT:
        notices.tell(
            member=paper.buyer_id, kind="money.paper", subject=paper.id, now=now, paper=paper.kind,
            number=paper.reference,
        )  # fmt: skip
    if paper.kind == Kind.INVOICE and not sold.seller.address:
        notices.tell(
            member=paper.seller_id, kind="money.paper_lacks", subject=paper.seller_id, now=now
        )


def _next(seller: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [seller])
        return int(cursor.fetchone()[0])


def digest(
    reference: str, kind: str, issued_at: datetime, content: Mapping[str, Any], of: str
) -> str:
    """SHA-256 of the canonical JSON of all that a paper says."""
    said = {
        "number": reference, "kind": str(kind), "issued_at": issued_at.isoformat(),
        "content": content, "of": of,
    }  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
