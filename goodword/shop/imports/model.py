"""What an import file is read into: drafts, refusals and notices. Plain values, no database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .messages import Message


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is taken; characters unless the name says otherwise."""

    file_bytes: int = 32 * 2**20
    items: int = 5_000
    rows: int = 50_000  # with those that are blank but for spaces
    columns: int = 400
    cell: int = 500_000
    description: int = 20_000
    variants: int = 1_000
    pictures: int = 100


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the seller says about her file beside what stands in it.

    `currency` holds for prices that name none; `columns` gives a column of an unknown table its
    meaning; `fixes` are cells that she has corrected, by row and then by column.
    """

    currency: str = "CNY"
    columns: Mapping[str, str] = field(default_factory=dict)
    fixes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


NOTHING_SAID = Choices()


class Confidence(StrEnum):
    """How sure we are of a file's letters."""

    CERTAIN = "certain"  # a byte order mark says so, or the bytes are valid UTF-8
    LIKELY = "likely"  # the bytes fit and the text reads like Chinese; a person should look
    DAMAGED = "damaged"  # as above, but some bytes are broken and became U+FFFD


class Level(StrEnum):
    """How much a notice asks of the seller."""

    INFO = "info"  # worth knowing, nothing to do
    CHECK = "check"  # look at it before publishing


class ContactKind(StrEnum):
    """What leads off the platform."""

    WECHAT = "wechat"
    QQ = "qq"
    PHONE = "phone"
    EMAIL = "email"
    MESSENGER = "messenger"  # WhatsApp, Telegram, LINE, Wangwang
    LINK = "link"
    CODE = "code"  # "scan the QR code": the handle is in a picture
    INVITATION = "invitation"  # "add me on WeChat" without saying which account


class Condition(StrEnum):
    """As the old shop declared it."""

    NEW = "new"
    LIKE_NEW = "like_new"
    USED = "used"


class PaidBy(StrEnum):
    """Who pays the postage."""

    SELLER = "seller"
    BUYER = "buyer"


class PictureRole(StrEnum):
    """Where the old shop showed it."""

    MAIN = "main"  # above the title, in order
    OPTION = "option"  # belongs to one value of an option, such as one colour
    DESCRIPTION = "description"  # between the paragraphs of the description


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know or to check; `field` is the column's name in the file, "" for the row."""

    row: int
    field: str
    level: Level
    message: Message

    @property
    def sentence(self) -> str:
        """In the active language."""
        return self.message.sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that could not become a draft; `field` is the column to correct, "" when none is."""

    row: int
    message: Message
    field: str = ""
    title: str = ""

    @property
    def sentence(self) -> str:
        """In the active language."""
        return self.message.sentence


@dataclass(frozen=True, slots=True)
class Contact:
    """A way off the platform: `start:end` slices `Draft.text_of(field)`."""

    kind: ContactKind
    field: str
    start: int
    end: int
    masked: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`name` is a file in the folder beside the export, `url` is http(s); either may be ""."""

    role: PictureRole
    position: int
    name: str = ""
    url: str = ""
    option: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One thing to buy: (option, value) pairs, price in minor units, pieces in stock."""

    options: tuple[tuple[str, str], ...]
    price_minor: int
    stock: int
    seller_code: str = ""
    barcode: str = ""


@dataclass(frozen=True, slots=True)
class Postage:
    """Fees in minor units, None where the file says nothing; `template` is the old shop's id."""

    paid_by: PaidBy | None = None
    post_minor: int | None = None
    ems_minor: int | None = None
    express_minor: int | None = None
    template: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a seller promises beyond the goods; None where the file says nothing."""

    returns_days: int | None = None
    ship_within_hours: int | None = None
    shipping_days: tuple[int, int] | None = None
    lead_days: int | None = None  # 0: not made to order
    grams: int | None = None  # of one piece, packed
    digital: str | None = None  # "at_once", "by_hand", or "" where the file says it is sent
    customs_code: str = ""
    customs_note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One listing as the file describes it.

    `key` is stable across exports of the same item and unique within a Reading (see the format's
    module for what it is made of). Without variants, `price_minor` and `stock` are the item's own;
    with variants, theirs count. `rows` are rows as a spreadsheet numbers them, `line` is the first
    one in a text editor, both from 1.
    """

    key: str
    rows: tuple[int, ...]
    line: int
    title: str
    price_minor: int
    currency: str
    currency_said: bool = True  # False: the seller's choice, since the file names none
    source_id: str = ""
    seller_code: str = ""
    subtitle: str = ""
    description_text: str = ""
    stock: int | None = None
    variants: tuple[Variant, ...] = ()
    pictures: tuple[Picture, ...] = ()
    location: str = ""
    origin: str = ""
    condition: Condition | None = None
    brand: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    barcode: str = ""
    category: str = ""
    postage: Postage = field(default_factory=Postage)
    promise: Promise = field(default_factory=Promise)
    invoice: bool | None = None
    warranty: bool | None = None
    returns: bool | None = None
    contacts: tuple[Contact, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def pieces(self) -> int:
        """What can be sold: the variants' stock, or the item's own."""
        return sum(one.stock for one in self.variants) if self.variants else self.stock or 0

    def text_of(self, field: str) -> str:
        """The text in which a Contact's span lies; the variants' is one value a line."""
        if field == "variants":
            return "\n".join(dict.fromkeys(v for one in self.variants for _o, v in one.options))
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "description_text": self.description_text,
        }[field]

    def has_contact(self, kind: ContactKind, field: str | None = None) -> bool:
        return any(
            one.kind is kind and (field is None or one.field == field) for one in self.contacts
        )


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures a seller can compare with her old shop."""

    items: int = 0
    refused: int = 0
    with_variants: int = 0
    variants: int = 0
    stock_agrees: int = 0  # items whose own stock is the sum of their variants'
    price_minor: int = 0  # sum of the items' own prices
    with_contacts: int = 0
    contacts: tuple[tuple[ContactKind, int], ...] = ()  # items with that kind

    @classmethod
    def of(cls, drafts: Sequence[Draft], refusals: Sequence[Refusal]) -> "Totals":
        varied = [draft for draft in drafts if draft.variants]
        kinds = Counter(kind for draft in drafts for kind in {one.kind for one in draft.contacts})
        return cls(
            items=len(drafts),
            refused=len(refusals),
            with_variants=len(varied),
            variants=sum(len(draft.variants) for draft in varied),
            stock_agrees=sum(draft.stock == draft.pieces for draft in varied),
            price_minor=sum(draft.price_minor for draft in drafts),
            with_contacts=sum(bool(draft.contacts) for draft in drafts),
            contacts=tuple(sorted(kinds.items())),
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column of the file, an example of what stands in it, and our field, "" when it has none."""

    column: str
    example: str
    field: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file, read. `encoding` is Python's name for it; `filename` is for display only.

    `columns` says what was made of a table's columns; `asks_columns` when the seller may say it,
    `asks_currency` when prices name no currency.
    """

    format: str
    filename: str
    encoding: str
    confidence: Confidence
    drafts: tuple[Draft, ...]
    refusals: tuple[Refusal, ...]
    notices: tuple[Notice, ...]  # about the file as a whole, row 0
    totals: Totals
    columns: tuple[Meaning, ...] = ()
    asks_columns: bool = False
    asks_currency: bool = False
