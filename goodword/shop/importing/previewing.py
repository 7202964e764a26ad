"""A file is read and kept as a preview: what it would create, change, leave alone, and why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import Invalid
from goodword.kit.money import Money
from goodword.people.models import Member

from ..imports import LIMITS, Reading, TooBig, read
from ..imports.reader import ENCODING_NAMES
from ..models import ImportRow, ImportRun, Listing, Shop
from ..states import OUTCOME_WORDS, RowOutcome
from .plan import Plan, plan, sentence, stored

PAGE = 25
FLAGGED = "flagged"  # a filter beside the outcomes

Progress = Callable[[str, int, int], None]  # stage ("reading", "writing"), done, total


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds and what would become of it.

    `variants` counts what the file itself calls variants; an item without options gets one plain
    variant that is not counted. `contacts` is items by kind of contact found in them.
    """

    run: UUID
    state: str
    shop: str
    file_name: str
    format: str
    encoding: str
    created_at: datetime
    listings: int
    variants: int
    flagged: int
    refused: int
    create: int
    update: int
    unchanged: int
    pictures: int  # named in the file, to be uploaded
    price_minor: int  # sum of the items' own prices
    contacts: dict[str, int]
    notices: list[str]
    written: int = 0  # items, while it is carried out
    trouble: str = ""

    @property
    def readable(self) -> int:
        """Items that become listings, or are ones already."""
        return self.create + self.update + self.unchanged

    @property
    def result(self) -> "Result":
        """What was done, once it is applied."""
        return Result(self.create, self.update, self.unchanged, self.refused, self.variants)


@dataclass(frozen=True, slots=True)
class Result:
    """How many listings an import has created, changed, left alone and not read."""

    created: int
    updated: int
    unchanged: int
    refused: int
    variants: int


@dataclass(frozen=True, slots=True)
class RowView:
    """One item of the file on a page of the preview."""

    row: int
    title: str
    outcome: str
    flagged: bool
    sentences: list[tuple[str, str]]  # level, sentence
    price_minor: int | None
    currency: str
    variants: int
    stock: int
    listing: UUID | None
    pictures: int

    @property
    def price(self) -> Money | None:
        return None if self.price_minor is None else Money(self.price_minor, self.currency)

    @property
    def outcome_word(self) -> str:
        return str(OUTCOME_WORDS[RowOutcome(self.outcome)])


@dataclass(frozen=True, slots=True)
class RowPage:
    rows: list[RowView]
    page: int  # from 1
    pages: int


class NoFile(Invalid):
    """The form came without a file."""

    def __init__(self) -> None:
        super().__init__(_("Choose the file that your old shop exported."))


def check(data: bytes, file_name: str) -> None:
    """Refuse what is no old shop's file before anything is made for it. Unreadable, TooBig."""
    read(data, filename=file_name)


def too_long(size: int) -> None:
    """Refuse a file by its size in bytes, before it is read into memory. TooBig."""
    if size > LIMITS.file_bytes:
        megabyte = 2**20
        raise TooBig("too_big", size=size // megabyte + 1, limit=LIMITS.file_bytes // megabyte)


def preview(
    *,
    owner: Member,
    shop: Shop,
    data: bytes,
    file_name: str,
    now: datetime,
    progress: Progress | None = None,
) -> Preview:
    """Read `data` and keep what it would do; nothing in the shop changes.

    Raises Unreadable (422) or TooBig (413) for the file as a whole.
    """
    too_long(len(data))
    reading = read(data, filename=file_name)
    plans = []
    for done, draft in enumerate(reading.drafts, 1):
        plans.append(plan(draft))
        if progress:
            progress("reading", done, len(reading.drafts))
    with transaction.atomic():
        run = ImportRun.objects.create(
            owner=owner,
            shop=shop,
            file_name=reading.filename or "?",
            format=reading.format,
            encoding=ENCODING_NAMES.get(reading.encoding, reading.encoding),
            facts=_facts(reading),
            created_at=now,
        )
        ImportRow.objects.bulk_create(_rows(run, reading, plans), batch_size=500)
        journal.record(
            owner=owner.id, actor=owner.id, verb="shop.import_read", subject=run.id, now=now,
            items=reading.totals.items,
        )  # fmt: skip
    return look(run)


def _facts(reading: Reading) -> dict[str, Any]:
    totals = reading.totals
    return {
        "items": totals.items,
        "variants": totals.variants,
        "price_minor": totals.price_minor,
        "contacts": {kind.value: count for kind, count in totals.contacts},
        "notices": [stored(notice) for notice in reading.notices],
    }


def _rows(run: ImportRun, reading: Reading, plans: list[Plan]) -> list[ImportRow]:
    known = dict(
        Listing.objects.filter(
            seller=run.owner_id, source_key__in=[one.key for one in plans]
        ).values_list("source_key", "source_digest")
    )
    rows = [_row(run, one, known.get(one.key)) for one in plans]
    rows += [
        ImportRow(
            run=run, owner_id=run.owner_id, row=refusal.row, outcome=RowOutcome.REFUSED,
            messages=[{"level": "check", "field": "", **refusal.message.as_json()}],
        )
        for refusal in reading.refusals
    ]  # fmt: skip
    rows.sort(key=lambda row: row.row)
    for position, row in enumerate(rows):
        row.position = position
    return rows


def _row(run: ImportRun, one: Plan, known: str | None) -> ImportRow:
    messages = one.messages
    if one.refusal:
        messages = [{"level": "check", "field": "", "said": one.refusal}, *messages]
    return ImportRow(
        run=run, owner_id=run.owner_id, row=one.row, key=one.key, title=one.title,
        outcome=RowOutcome.REFUSED if one.refusal else outcome(one.digest, known),
        flagged=one.flagged, messages=messages, digest=one.digest,
        payload={} if one.refusal else one.payload, picture_names=one.pictures,
    )  # fmt: skip


def outcome(digest: str, known: str | None) -> RowOutcome:
    """What a row does to the shop; `known` is the digest of the listing that it made before."""
    if known is None:
        return RowOutcome.CREATE
    return RowOutcome.UNCHANGED if known == digest else RowOutcome.UPDATE


def look(run: ImportRun) -> Preview:
    """The import as it stands; two statements."""
    counts = ImportRow.objects.filter(run=run).aggregate(
        flagged=Count("id", filter=Q(flagged=True)),
        pictures=Count("id", filter=~Q(picture_names=[])),
        **{one.value: Count("id", filter=Q(outcome=one)) for one in RowOutcome},
    )
    names = ImportRow.objects.filter(run=run).values_list("picture_names", flat=True)
    return Preview(
        run=run.id, state=run.state, shop=run.shop.name, file_name=run.file_name,
        format=run.format, encoding=run.encoding, created_at=run.created_at,
        listings=run.facts["items"], variants=run.facts["variants"], flagged=counts["flagged"],
        refused=counts["refused"], create=counts["create"], update=counts["update"],
        unchanged=counts["unchanged"], pictures=len({name for some in names for name in some}),
        price_minor=run.facts["price_minor"], contacts=run.facts["contacts"],
        notices=[sentence(message) for message in run.facts["notices"]],
        written=run.written, trouble=run.trouble,
    )  # fmt: skip


def rows(run: ImportRun, *, show: str = "", page: int = 1) -> RowPage:
    """A page of the file's items; `show` is an outcome or FLAGGED. `page` counts from 1."""
    found = ImportRow.objects.filter(run=run)
    if show == FLAGGED:
        found = found.filter(flagged=True)
    elif show:
        found = found.filter(outcome=show)
    pages = max(1, -(-found.count() // PAGE))
    page = min(max(1, page), pages)
    shown = found.order_by("position")[(page - 1) * PAGE : page * PAGE]
    return RowPage([_row_view(row) for row in shown], page, pages)


def _row_view(row: ImportRow) -> RowView:
    variants = row.payload["variants"] if row.payload else []
    return RowView(
        row=row.row, title=row.title, outcome=row.outcome, flagged=row.flagged,
        sentences=[(message["level"], sentence(message)) for message in row.messages],
        price_minor=min((one["price_minor"] for one in variants), default=None),
        currency=row.payload["currency"] if row.payload else "",
        variants=sum(bool(one["options"]) for one in variants),
        stock=sum(one["stock"] for one in variants),
        listing=row.listing_id, pictures=len(row.picture_names),
    )  # fmt: skip
