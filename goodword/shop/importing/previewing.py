"""A preview for the page, the API and the terminal: what a file does, row by row, and why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid
from goodword.kit.money import Money

from ..imports import LIMITS, Meaning, TooBig
from ..models import ImportRow, ImportRun
from ..states import OUTCOME_WORDS, TAKEN_BACK_SENTENCES, RowOutcome, TakenBack
from .plan import sentence
from .saying import Said, said

PAGE = 25
FLAGGED = "flagged"  # filters beside the outcomes
STAYS = "stays"
FIXABLE = frozenset(
    ("cell_missing", "value_refused", "value_unclear", "value_unknown", "value_rounded",
     "price_zero", "formula", "currencies", "cell_damaged")
)  # fmt: skip

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
    currency: str = "CNY"  # of prices that name none
    currencies: tuple[str, ...] = ()  # of the items, the commonest first
    asks_currency: bool = False
    columns: tuple[Meaning, ...] = ()  # of a table that nobody knows, for the seller to say
    taken_back: int = 0
    stays: int = 0  # of what was to be taken back

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
class Fix:
    """A cell of the file that could not be read, to be corrected on the page."""

    row: int
    column: str
    label: str


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
    changes: list[Said]  # what a listing becomes, field by field
    fixes: list[Fix]  # cells that can be corrected
    taken_back: str = ""

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


def too_long(size: int) -> None:
    """Refuse a file by its size in bytes, before it is read into memory. TooBig."""
    if size > LIMITS.file_bytes:
        megabyte = 2**20
        raise TooBig("too_big", size=size // megabyte + 1, limit=LIMITS.file_bytes // megabyte)


def look(run: ImportRun) -> Preview:
    """The import as it stands; three statements."""
    counts = ImportRow.objects.filter(run=run).aggregate(
        flagged=Count("id", filter=Q(flagged=True)),
        pictures=Count("id", filter=~Q(picture_names=[])),
        back=Count("id", filter=Q(taken_back=TakenBack.DONE)),
        stays=Count("id", filter=~Q(taken_back__in=(TakenBack.NO, TakenBack.DONE))),
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
        currency=run.choices.get("currency", "CNY"), currencies=_currencies(run),
        asks_currency=run.facts.get("asks_currency", False),
        columns=tuple(Meaning(**one) for one in run.facts.get("columns", ())),
        taken_back=counts["back"], stays=counts["stays"],
    )  # fmt: skip


def _currencies(run: ImportRun) -> tuple[str, ...]:
    counted = (
        ImportRow.objects.filter(run=run)
        .exclude(payload={})
        .values_list("payload__currency")
        .annotate(items=Count("id"))
        .order_by("-items", "payload__currency")
    )
    return tuple(currency for currency, _items in counted)


def rows(run: ImportRun, *, show: str = "", page: int = 1) -> RowPage:
    """A page of the file's items; `show` is an outcome, FLAGGED or STAYS. `page` counts from 1."""
    found = ImportRow.objects.filter(run=run)
    if show == FLAGGED:
        found = found.filter(flagged=True)
    elif show == STAYS:
        found = found.exclude(taken_back__in=(TakenBack.NO, TakenBack.DONE))
    elif show:
        found = found.filter(outcome=show)
    pages = max(1, -(-found.count() // PAGE))
    page = min(max(1, page), pages)
    shown = found.order_by("position")[(page - 1) * PAGE : page * PAGE]
    return RowPage([_row_view(row) for row in shown], page, pages)


def is_read(run: ImportRun, row: int) -> bool:
    """Whether the item that begins in this row of the file can be carried out."""
    found = ImportRow.objects.filter(run=run, row=row).exclude(outcome=RowOutcome.REFUSED)
    return found.exists()


def _row_view(row: ImportRow) -> RowView:
    variants = row.payload["variants"] if row.payload else []
    return RowView(
        row=row.row, title=row.title, outcome=row.outcome, flagged=row.flagged,
        sentences=_sentences(row),
        price_minor=min((one["price_minor"] for one in variants), default=None),
        currency=row.payload["currency"] if row.payload else "",
        variants=sum(bool(one["options"]) for one in variants),
        stock=sum(one["stock"] for one in variants),
        listing=row.listing_id, pictures=len(row.picture_names),
        changes=[said(change) for change in row.changes], fixes=_fixes(row),
        taken_back=row.taken_back,
    )  # fmt: skip


def _sentences(row: ImportRow) -> list[tuple[str, str]]:
    told = [(message["level"], sentence(message)) for message in row.messages]
    told = list(dict.fromkeys(told))  # what holds for each variant is said once
    if row.taken_back:
        level = "info" if row.taken_back == TakenBack.DONE else "check"
        told.insert(0, (level, str(TAKEN_BACK_SENTENCES[TakenBack(row.taken_back)])))
    return told


def _fixes(row: ImportRow) -> list[Fix]:
    """The cells in which a corrected text may help."""
    found: dict[tuple[int, str], Fix] = {}
    for message in row.messages:
        if message.get("field") and message.get("code") in FIXABLE:
            label = str(message.get("values", {}).get("column", message["field"]))
            where = (message.get("row", row.row), message["field"])
            found.setdefault(where, Fix(*where, label.partition("|")[0]))
    return list(found.values())
