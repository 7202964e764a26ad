"""A file is read and kept as a preview; the seller may correct how it was read, cell by cell.

The file itself is kept, compressed, only as long as its import is a preview: a currency, the
meaning of a column or a corrected cell makes it read anew, with everything that was said before.
"""

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import Conflict, Invalid
from goodword.kit.money import CURRENCIES
from goodword.people.models import Member

from .. import queries
from ..imports import Choices, Reading, Refusal, read
from ..imports.reader import ENCODING_NAMES
from ..models import ImportRow, ImportRun, ImportSource, Listing, Shop
from ..queries import ImportMissing
from ..states import ImportState, RowOutcome
from .finding import There, judge, there
from .plan import Plan, plan, stored
from .previewing import Preview, Progress, look, too_long

CELL = 2_000  # characters of a corrected cell
FIXES = 500  # corrected rows of one file


class Decided(Conflict):
    """What is carried out or given up is not read again."""

    def __init__(self) -> None:
        super().__init__(_("This import is over. Start again with your file to change it."))


def check(data: bytes, file_name: str) -> None:
    """Refuse what is no old shop's file before anything is made for it. Unreadable, TooBig."""
    read(data, filename=file_name)


def preview(
    *,
    owner: Member,
    shop: Shop,
    data: bytes,
    file_name: str,
    now: datetime,
    choices: Choices | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Read `data` and keep what it would do; nothing in the shop changes.

    Without `choices`, prices that name no currency are in the one of most of her listings.
    Raises Unreadable (422) or TooBig (413) for the file as a whole.
    """
    too_long(len(data))
    chosen = choices or Choices(currency=usual_currency(owner.id))
    reading = read(data, filename=file_name, choices=chosen)
    plans = _plans(reading, progress)
    with transaction.atomic():
        run = ImportRun(owner=owner, shop=shop, created_at=now, file_name=reading.filename or "?")
        _keep(run, reading, chosen)
        run.save(force_insert=True)
        ImportSource.objects.create(run=run, owner=owner, data=zlib.compress(data, 6))
        ImportRow.objects.bulk_create(_rows(run, reading, plans), batch_size=500)
        journal.record(
            owner=owner.id, actor=owner.id, verb="shop.import_read", subject=run.id, now=now,
            items=reading.totals.items,
        )  # fmt: skip
    return look(run)


def usual_currency(owner: UUID) -> str:
    """The currency of most of the owner's listings; the house's own before."""
    counted = Counter(Listing.objects.filter(seller=owner).values_list("currency", flat=True))
    return counted.most_common(1)[0][0] if counted else settings.CONFIG.currency


@transaction.atomic
def choose(
    *,
    owner: Member,
    run: UUID,
    currency: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Preview:
    """Read the file of a preview anew, with prices in `currency` or with `columns` so named.

    `columns` gives our field by column; what it leaves out is not read. Raises ImportMissing,
    Decided, Invalid, Unreadable.
    """
    row, said = _said(owner, run)
    if currency is not None:
        if currency not in CURRENCIES:
            raise Invalid(_("Choose a currency."), fields={"currency": _("Choose a currency.")})
        said["currency"] = currency
    if columns is not None:
        said["columns"] = {name: field for name, field in columns.items() if field}
    return _read_again(row, said)


@transaction.atomic
def fix(*, owner: Member, run: UUID, row: int, column: str, text: str) -> Preview:
    """Correct one cell of a preview's file, as if it had said `text` there.

    Raises ImportMissing, Decided, Invalid.
    """
    found, said = _said(owner, run)
    if len(text) > CELL:
        raise Invalid(_("A cell has at most %(most)s characters here.") % {"most": CELL})
    fixes = said["fixes"]
    fixes.setdefault(str(row), {})[column] = text
    if len(fixes) > FIXES:
        raise Invalid(_("So much is easier to correct in the file itself. Then import it anew."))
    return _read_again(found, said)


def choices_of(run: ImportRun) -> Choices:
    """What the seller has said about this file."""
    said = run.choices
    fixes = {int(row): cells for row, cells in said.get("fixes", {}).items()}
    return Choices(said.get("currency", "CNY"), said.get("columns", {}), fixes)


def _said(owner: Member, run: UUID) -> tuple[ImportRun, dict[str, Any]]:
    found = (
        ImportRun.objects.select_for_update(no_key=True, of=("self",))
        .select_related("shop")
        .filter(id=run, owner=owner)
        .first()
    )
    if found is None:
        raise ImportMissing
    if found.state != ImportState.PREVIEW:
        raise Decided
    return found, {"currency": "CNY", "columns": {}, "fixes": {}, **found.choices}


def _read_again(run: ImportRun, said: dict[str, Any]) -> Preview:
    run.choices = said
    choices = choices_of(run)
    data = zlib.decompress(queries.import_source(run.id))
    reading = read(data, filename=run.file_name, choices=choices)
    _keep(run, reading, choices)
    run.trouble = ""
    run.save()
    ImportRow.objects.filter(run=run).delete()
    ImportRow.objects.bulk_create(_rows(run, reading, _plans(reading)), batch_size=500)
    return look(run)


def _plans(reading: Reading, progress: Progress | None = None) -> list[Plan]:
    plans = []
    for done, draft in enumerate(reading.drafts, 1):
        plans.append(plan(draft))
        if progress:
            progress("reading", done, len(reading.drafts))
    return plans


def _keep(run: ImportRun, reading: Reading, choices: Choices) -> None:
    totals = reading.totals
    run.format = reading.format
    run.encoding = ENCODING_NAMES.get(reading.encoding, reading.encoding)
    run.facts = {
        "items": totals.items,
        "variants": totals.variants,
        "price_minor": totals.price_minor,
        "contacts": {kind.value: count for kind, count in totals.contacts},
        "notices": [stored(notice) for notice in reading.notices],
        "columns": [asdict(one) for one in reading.columns],
        "asks_currency": reading.asks_currency,
    }
    fixes = {str(row): dict(cells) for row, cells in choices.fixes.items()}
    run.choices = {"currency": choices.currency, "columns": dict(choices.columns), "fixes": fixes}


def _rows(run: ImportRun, reading: Reading, plans: list[Plan]) -> list[ImportRow]:
    shop = there(run.owner_id, [one.key for one in plans])
    rows = [_row(run, one, shop) for one in plans]
    rows += [_refused(run, refusal) for refusal in reading.refusals]
    rows.sort(key=lambda row: row.row)
    for position, row in enumerate(rows):
        row.position = position
    return rows


def _row(run: ImportRun, one: Plan, shop: There) -> ImportRow:
    row = ImportRow(
        run=run, owner_id=run.owner_id, row=one.row, key=one.key, title=one.title,
        flagged=one.flagged, messages=one.messages, digest=one.digest, payload=one.payload,
        picture_names=one.pictures,
    )  # fmt: skip
    if one.refusal:
        said = {"level": "check", "field": "", "row": one.row, "said": one.refusal}
        row.outcome, row.messages = RowOutcome.REFUSED, [said, *one.messages]
    else:
        judge(row, shop)
    if row.outcome == RowOutcome.REFUSED:
        row.payload = {}
    return row


def _refused(run: ImportRun, refusal: Refusal) -> ImportRow:
    message = {"level": "check", "field": refusal.field, "row": refusal.row}
    return ImportRow(
        run=run, owner_id=run.owner_id, row=refusal.row, outcome=RowOutcome.REFUSED,
        title=refusal.title[:300], messages=[{**message, **refusal.message.as_json()}],
    )  # fmt: skip
