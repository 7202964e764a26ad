"""Google Merchant's product feed: RSS or Atom with `g:` elements, or a table of the same names.

One entry is one thing to buy; `item_group_id` ties variants together. `c:goodword_…` are custom
attributes of ours. XML comes from strangers: a document that declares a DOCTYPE is refused before
anything of it is expanded, and so is one that nests deeper than any feed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from xml.parsers import expat

from . import values as v
from .columns import Column
from .errors import Unreadable
from .goods import CODE, CONDITIONS, DELIVERIES, LINE, TITLE, Pairs, Part, Product
from .model import Choices, Draft, Limits, Refusal
from .sheet import Cells, Sheet, by_code, part_of, read_products

DEPTH = 12
NATIVE = ("color", "size", "material", "pattern")  # what a variant may differ in, in Google's words
OPTIONS = 4
ENTRIES = ("item", "entry")

COLUMNS: tuple[Column, ...] = (
    Column("id", "", "id", v.code(LINE)),
    Column("item_group_id", "", "code", v.code(LINE)),
    Column("title", "", "title", v.text(TITLE)),
    Column("description", "", "description", v.as_is),
    Column("image_link", "", "picture", v.addresses, fallback=()),
    Column("additional_image_link", "", "more_pictures", v.addresses, fallback=()),
    Column(
        "availability",
        "",
        "in_stock",
        v.choice(
            {
                **{f"in{s}stock": True for s in (" ", "_", "")},
                **{f"out{s}of{s}stock": False for s in (" ", "_", "")},
                **dict.fromkeys(("preorder", "backorder", "limited availability"), True),
            }
        ),
        fallback=None,
    ),
    Column("price", "", "price", v.price, fallback=None),
    Column("sale_price", "", "sale_price", v.price, fallback=None),
    Column("sale_price_effective_date", "", "sale_until", v.text(LINE)),
    Column("brand", "", "brand", v.text(LINE)),
    Column("gtin", "", "barcode", v.code(64)),
    Column("condition", "", "condition", v.choice(CONDITIONS), fallback=None),
    Column("product_type", "", "category", v.text(LINE)),
    *(Column(name, "", name, v.text(LINE)) for name in NATIVE),
    Column("shipping", "", "shipping", v.last_price, fallback=None),
    *(
        Column(f"goodword_option{n}_{part}", "", f"option{n}_{part}", v.text(LINE))
        for n in range(1, OPTIONS + 1)
        for part in ("name", "value")
    ),
    Column("goodword_sku", "", "sku", v.code(CODE)),
    Column("goodword_stock", "", "stock", v.quantity, fallback=None),
    Column("goodword_condition", "", "our_condition", v.choice(CONDITIONS), fallback=None),
    Column("goodword_origin", "", "origin", v.text(LINE)),
    Column("goodword_days_min", "", "days_min", v.whole(0, 180), fallback=None),
    Column("goodword_days_max", "", "days_max", v.whole(0, 180), fallback=None),
    Column(
        "goodword_ship_within_hours", "", "ship_within_hours", v.whole(1, 2160), fallback=None
    ),
    Column("goodword_returns_days", "", "returns_days", v.whole(0, 365), fallback=None),
    Column("goodword_digital", "", "digital", v.choice(DELIVERIES), fallback=None),
    Column("goodword_grams", "", "grams", v.whole(0, 10**6), fallback=None),
    Column("goodword_customs_code", "", "customs_code", v.code(10)),
    Column("goodword_customs_note", "", "customs_note", v.text(200)),
    Column("goodword_lead_days", "", "lead_days", v.whole(0, 730), fallback=None),
)  # fmt: skip
BY_FIELD = {column.field: column for column in COLUMNS}
KNOWN = frozenset(column.name for column in COLUMNS)


def normal(name: str) -> str:
    """`g:image link`, `Image_Link` and `image link` are one."""
    return name.casefold().removeprefix("g:").removeprefix("c:").strip().replace(" ", "_")


def group(parts: Sequence[Part]) -> Iterable[Product]:
    for code, rows in by_code([_tidy(part) for part in parts]).items():
        chosen = [replace(row, options=_options(row)) for row in rows]
        own = code.strip() if rows[0].get("code") else rows[0].get("id") or ""
        varied = any(row.options for row in chosen) or len(chosen) > 1
        yield Product("merchant", own, chosen, chosen if varied else ())


def _tidy(row: Part) -> Part:
    values = dict(row.values)
    if values.get("sale_until"):
        values["sale_price"] = None
    pictures = [*(values.get("picture") or ()), *(values.get("more_pictures") or ())]
    condition = values.get("our_condition") or values.get("condition")
    sku = values.get("sku") or values.get("id") or ""
    if values.get("code", "").startswith("gw-") or values.get("id", "").startswith("gw-"):
        sku = values.get("sku") or ""
    return replace(row, values={**values, "pictures": pictures, "condition": condition, "sku": sku})


def _options(row: Part) -> Pairs:
    """Ours where the feed has them; Google's own four only count within a group."""
    named = tuple(
        (row.get(f"option{n}_name"), row.get(f"option{n}_value"))
        for n in range(1, OPTIONS + 1)
        if row.get(f"option{n}_name") and row.get(f"option{n}_value")
    )
    if named or not row.get("code"):
        return named
    return tuple((name.capitalize(), row.get(name)) for name in NATIVE if row.get(name))


SHEET = Sheet(
    "merchant", COLUMNS, frozenset(("id", "title", "price", "availability")), group, normal
)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in XML that has been read, entry by entry."""

    entries: tuple[dict[str, str], ...]


def recognise_feed(text: str) -> Feed | None:
    """The feed, or None for a text that is no XML of this kind. Raises Unreadable."""
    head = text.lstrip()[:2000]
    if not head.startswith("<") or not any(f"<{name}" in head for name in ("?xml", "rss", "feed")):
        return None
    reader = _Reader()
    try:
        reader.read(text)
    except expat.ExpatError as error:
        raise Unreadable("xml_broken", line=error.lineno) from None
    if not reader.entries:
        raise Unreadable("no_feed")
    return Feed(tuple(reader.entries))


def read_feed(feed: Feed, choices: Choices, limits: Limits) -> Iterator[Draft | Refusal]:
    """One draft or refusal for each product; entries are counted as rows, from 1. Raises TooBig."""
    rows = []
    for number, entry in enumerate(feed.entries, 1):
        cells = {**entry, **choices.fixes.get(number, {})}
        rows.append(part_of(Cells(number, number, cells), COLUMNS))
    yield from read_products(rows, group, BY_FIELD, choices, limits)


class _Reader:
    """Expat, with everything turned off that a feed has no need of."""

    def __init__(self) -> None:
        self.entries: list[dict[str, str]] = []
        self.path: list[str] = []
        self.entry: dict[str, list[str]] | None = None
        self.text: list[str] = []

    def read(self, text: str) -> None:
        # The text is decoded already, whatever its declaration says.
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self.text.append
        parser.buffer_text = True
        parser.Parse(text.encode("utf-8", errors="replace"), True)

    def _doctype(self, *_parts: object) -> None:
        raise Unreadable("xml_doctype")

    def _open(self, name: str, _attributes: dict[str, str]) -> None:
        self.path.append(name.rsplit(" ", 1)[-1].casefold())
        if len(self.path) > DEPTH:
            raise Unreadable("xml_deep")
        self.text.clear()
        if self.path[-1] in ENTRIES and self.entry is None:
            self.entry = {}

    def _close(self, _name: str) -> None:
        name = self.path.pop()
        if name in ENTRIES and self.entry is not None:
            self.entries.append({key: " ".join(said) for key, said in self.entry.items()})
            self.entry = None
        elif self.entry is not None:
            self._keep(name, "".join(self.text).strip())
        self.text.clear()

    def _keep(self, name: str, said: str) -> None:
        assert self.entry is not None
        if name == "price" and self.path and self.path[-1] == "shipping":
            name = "shipping"
        if name not in KNOWN or not said:
            return
        if name == "additional_image_link" or name not in self.entry:
            self.entry.setdefault(name, []).append(v.visible(said))
