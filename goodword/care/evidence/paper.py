"""What there is to read of it: a PDF/A-3 in the active language, with `order.json` within."""

import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from goodword.kit import blobs, formats, signing
from goodword.kit.errors import NotFound
from goodword.kit.money import Money
from goodword.kit.pictures.shapes import FEED
from goodword.money import queries as money
from goodword.money.invoices import typesetting
from goodword.orders.goods import Goods
from goodword.orders.models import OrderLine
from goodword.orders.pages import LineView
from goodword.orders.states import CARRIERS, LineState
from goodword.people.models import Member
from goodword.shop.states import CONDITION_WORDS, Condition

from ..pages import CasePage
from . import words
from .gathering import Gathered, Shown

TEMPLATE = Path(__file__).with_name("evidence.typ")
SIDE, QUALITY = 720, 78  # of a picture on the page, in pixels; the file has it larger


def printed(found: Gathered, told: bytes, *, now: datetime) -> bytes:
    """The PDF; `told` is the same as data."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "order.json").write_bytes(told)
        there = drawn(found.pictures, root)
        page, lacking = typesetting.fitted(
            data_of(found, there, now), translation.get_language() or "en"
        )
        if lacking:
            page["notes"].append(
                _("Letters that this paper cannot print stand as □; its data holds them.")
            )
        return typesetting.pdf(TEMPLATE, page, root=root)


def drawn(pictures: Iterable[Shown], root: Path) -> dict[str, str]:
    """Those that are kept, as JPEG in `root`: PDF keeps these as they are. File by name."""
    found = {}
    for number, one in enumerate(pictures, 1):
        try:
            with blobs.store().open(one.key + FEED[1].suffix) as file:
                picture = Image.open(BytesIO(file.read())).convert("RGB")
        except blobs.NoSuchFile:
            continue
        picture.thumbnail((SIDE, SIDE))
        name = f"/{number}.jpg"
        picture.save(root / name[1:], quality=QUALITY)
        found[one.name] = name
    return found


def data_of(found: Gathered, there: dict[str, str], now: datetime) -> dict[str, Any]:
    return {
        "lang": "zh" if formats.locale() == "zh_Hans" else "en",
        "title": _("Evidence of order %(reference)s") % {"reference": found.order.reference},
        "subheading": _("As %(house)s held it on %(date)s. %(whom)s") % {
            "house": settings.CONFIG.public_url, "date": formats.date_time(now),
            "whom": words.FOR[found.reader],
        },
        "house": settings.CONFIG.public_url,
        "date": {"year": now.year, "month": now.month, "day": now.day},
        "short": in_short(found),
        "facts": facts(found),
        "promised": [promised(found, n, there) for n in range(1, len(found.lines) + 1)],
        "sums": sums(found),
        "story": [
            {"at": when(one.at), "by": str(words.BY[one.by]), "words": one.sentence,
             "detail": one.detail}
            for one in found.told()
        ],
        "money": [
            {"at": when(one.at), "what": str(one.word), "way": f"{one.from_} → {one.to}",
             "sum": formats.money(one.amount)}
            for one in found.trail
        ],
        "cases": [
            case(one, shown(found.shown_in(number), there), found.is_side)
            for number, one in enumerate(found.cases, 1)
        ],
        "notes": notes(),
        "words": said(),
    }  # fmt: skip


def said() -> dict[str, Any]:
    """What the page itself says."""
    return {
        "promised": _("What was promised"), "story": _("What happened"),
        "money": _("The money’s way"), "check": _("How to check this"),
        "pictures": _("Pictures"), "end": _("What was decided"), "attached": _("The same as data"),
        "deeds": [_("When"), _("Who"), _("What")],
        "moves": [_("When"), _("What"), _("From and to"), _("Amount")],
    }  # fmt: skip


def in_short(found: Gathered) -> list[str]:
    """The order in a few plain sentences."""
    order = found.order
    told = [
        _("On %(date)s %(buyer)s ordered of %(seller)s: %(what)s, for %(sum)s.") % {
            "date": formats.date(order.placed_at), "buyer": called(found.buyer),
            "seller": called(found.seller), "sum": formats.money(order.total),
            "what": _(", ").join(line.name for line in found.lines),
        }
    ]  # fmt: skip
    names = {name: formats.money(found.sum_of(name)) for name in ("captured", "released",
                                                                  "refunded", "held")}  # fmt: skip
    if not found.parts:
        told.append(_("Nothing was paid that was held for it."))
    else:
        told.append(
            _("%(captured)s was paid and held by %(custodian)s. Of it %(released)s went to the "
              "seller, %(refunded)s went back to the buyer, and %(held)s is still held.")
            % {**names, "custodian": custodian(found)}
        )  # fmt: skip
    states = list(dict.fromkeys(str(words.STATES[LineState(line.state)]) for line in found.lines))
    told.append(" ".join(states) if len(found.lines) == 1 else each(found.lines))
    told += [
        _("Case of %(date)s, “%(reason)s”: %(state)s.") % {
            "date": formats.date(one.case.opened_at), "reason": one.reason, "state": one.word,
        }
        for one in found.cases
    ] or [_("No case was opened about it.")]  # fmt: skip
    return told


def each(lines: list[OrderLine]) -> str:
    """How each of several things stands."""
    return " ".join(
        _("“%(what)s”: %(state)s")
        % {"what": line.name, "state": words.STATES[LineState(line.state)]}
        for line in lines
    )


def called(one: Member) -> str:
    """By the name of the page; of a former member there is none."""
    return one.display_name if one.left_at else f"{one.display_name} (@{one.handle})"


def custodian(found: Gathered) -> str:
    try:
        return str(money.custodian(found.order.gateway).name)
    except NotFound:  # of a gateway that the house has no more
        return found.order.custodian


def facts(found: Gathered) -> list[tuple[str, str]]:
    order, shop = found.order, found.lines[0].snapshot["shop"]
    told = [
        (_("Order number"), f"{order.reference} · {order.id}"),
        (_("Buyer"), called(found.buyer)),
        (_("Seller"), called(found.seller)),
        (_("Shop"), shop["name"]),
    ]
    if business := LineView(found.lines[0]).business:
        checked = f"{business['name']} · {business['word']} {business['number']}"
        told.append((_("Business, as the house checked it"), checked))
    told.append((_("Who held the money"), custodian_sentence(found)))
    if address := found.address:
        told.append((_("Where it goes"), ", ".join(filter(None, (address.name, *address.lines)))))
    for parcel, _way in found.ways:
        carrier = CARRIERS[parcel.carrier].word
        told.append((_("Parcel"), f"{carrier} {parcel.number} · {formats.date_time(parcel.at)}"))
    if found.note:
        told.append((_("A word to the seller"), found.note))
    told += [(str(paper_word(one.kind)), one.reference) for one in found.papers]
    if (zone := get_current_timezone_name()) != "UTC":
        told.append((_("Times"), _("In the time of %(zone)s, and in UTC.") % {"zone": zone}))
    return told


def paper_word(kind: str) -> Any:
    from goodword.money.invoices.states import KIND_WORDS, Kind

    return KIND_WORDS[Kind(kind)]


def custodian_sentence(found: Gathered) -> str:
    try:
        return str(money.custodian(found.order.gateway).sentence)
    except NotFound:
        return found.order.custodian


def promised(found: Gathered, number: int, there: dict[str, str]) -> dict[str, Any]:
    line = found.lines[number - 1]
    named = {"quantity": formats.number(line.quantity), "what": line.name}
    return {
        "title": _("%(quantity)s × %(what)s") % named,
        "facts": [*promise(line), *came(found.delivered.get(line.id, []))],
        "text": line.snapshot["description"],
        "pictures": shown(found.promised_of(number), there),
    }


def came(delivered: list[Goods]) -> list[tuple[str, str]]:
    """Of digital goods: what was delivered when, and how often it was fetched."""
    told = []
    for one in delivered:
        fetched = ngettext("fetched %(num)s time", "fetched %(num)s times", one.downloads)
        parts = (one.name or _("a text"), both(one.at), fetched % {"num": one.downloads})
        told.append((_("Delivered"), " · ".join(parts[: 3 if one.is_file else 2])))
    return told


def quoted(said: dict[str, Any]) -> list[tuple[str, str]]:
    """What was asked and answered before, where it was made to order."""
    quote = said.get("quote")
    if not quote:
        return []
    asked = " · ".join(f"{question}: {answer}" for question, answer in quote["wishes"])
    return [
        (_("Asked for"), asked),
        (_("Besides"), quote["note"]),
        (_("Answered"), quote["answer"]),
    ]


def promise(line: OrderLine) -> list[tuple[str, str]]:
    """What the listing said when it was ordered, whatever the seller has changed since."""
    said, view = line.snapshot, LineView(line)
    days = said["returns_days"]
    told = [
        (_("Price of each"), formats.money(line.unit)),
        *quoted(said),
        (_("Condition"), str(CONDITION_WORDS.get(Condition(said["condition"]), ""))
         if said["condition"] else ""),
        (_("Brand"), said["brand"]),
        (_("Origin"), said["origin"]),
        (_("Sent within"), formats.duration(line.ship_within)),
        (_("Returns"), ngettext("%(num)s day to return it", "%(num)s days to return it", days)
         % {"num": days} if days else _("No returns were promised")),
        (_("The shop’s promise"), said["shop"]["promise"]),
        (_("Digest (SHA-256)"), line.digest),
        (_("The house’s signature"), {
            "holds": _("Signed when it was ordered, and unchanged since."),
            "broken": _("This is not what was signed when it was ordered."),
            "lost": _("The house has lost the key with which it signed this."),
            "": _("Older than the house’s signatures."),
        }[view.seal]),
    ]  # fmt: skip
    return [(label, value) for label, value in told if value]


def sums(found: Gathered) -> list[tuple[str, str]]:
    order = found.order
    shipping = Money(order.shipping_minor, order.currency)
    goods = Money(order.goods_minor, order.currency)
    return [
        (_("Goods"), formats.money(goods)),
        (_("Shipping"), formats.money(shipping)),
        (_("Together"), formats.money(order.total)),
    ]


def case(page: CasePage, pictures: list[dict[str, str]], is_side: bool) -> dict[str, Any]:
    row = page.case
    told = [
        (_("About"), page.title),
        (_("State"), str(page.word)),
        (_("Opened"), both(row.opened_at)),
        (_("Ended"), both(row.ended_at) if row.ended_at else ""),
        (_("Asked for"), formats.money(row.asked)),
    ]
    if is_side:
        told += [
            (_("Where to send it back"), row.return_address),
            (_("Sent back with"), f"{page.carrier} {row.number}".strip()),
        ]
    first = [
        (_("The buyer, when asking"), page.words),
        (_("The seller, when refusing"), page.no),
        (_("The seller, about what came back"), page.objection),
    ]
    said = [
        (" · ".join(str(part) for part in (one.side, one.about) if part),
         f"{one.words}\n{both(one.at)}")
        for one in page.said
    ]  # fmt: skip
    return {
        "title": _("Case: “%(reason)s”") % {"reason": page.reason},
        "facts": [(label, value) for label, value in told if value],
        "said": [{"by": by, "words": said} for by, said in (*first, *said) if said],
        "pictures": pictures,
        "end": ended(page),
    }


def ended(page: CasePage) -> list[str]:
    """What the house decided, and why."""
    row = page.case
    told = []
    if page.panel is not None:
        told.append(
            _("%(votes)s of %(seats)s jurors voted; they know neither side and saw no names.")
            % {"votes": page.panel.votes, "seats": page.panel.seats}
        )
    if page.decision is not None:
        told.append(
            {
                "panel": _("The middle of their votes: %(sum)s goes back to the buyer."),
                "operator": _("The operator of the house decided: %(sum)s goes back to the buyer."),
            }.get(row.decided_by, _("Decided: %(sum)s goes back"))
            % {"sum": formats.money(page.decision)}
        )
    if row.decision:
        told.append(_("The operator’s reason:") + f" “{row.decision}”")
    if page.stays:
        told.append(_("The buyer keeps the goods: %(why)s.") % {"why": page.stays})
    elif page.waits_for_goods and page.decision is not None:
        told.append(_("It goes back once the seller has the goods again."))
    if page.compensation:
        told.append(
            _("It counts as a fake: the seller owes %(sum)s besides.")
            % {"sum": formats.money(page.compensation)}
        )
    if page.back is not None:
        told.append(_("Went back: %(sum)s") % {"sum": formats.money(page.back)})
    return told


def shown(pictures: Iterable[Shown], there: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"file": there[one.name], "name": one.name, "alt": one.alt}
        for one in pictures if one.name in there
    ]  # fmt: skip


def when(at: datetime) -> dict[str, str]:
    """In the house's time and in UTC; once where these are one."""
    utc = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    if get_current_timezone_name() == "UTC":
        return {"here": utc, "utc": ""}
    return {"here": formats.date_time(at), "utc": utc}


def both(at: datetime) -> str:
    return " · ".join(filter(None, when(at).values()))


def notes() -> list[str]:
    return [
        _("This paper is part of a ZIP that the house signed with the key %(key)s. The program "
          "verify_order.py in it says, without a network, whether a byte was changed since, and "
          "whether deeds, promises and money fit each other.")
        % {"key": signing.public_keys()[0].id},
        _("Compare that key with the one at %(address)s, or with that of an earlier file.")
        % {"address": f"{settings.CONFIG.public_url}/.well-known/jwks.json"},
        _("The signature shows that nothing was changed since, not that it is true: what the two "
          "sides said and showed is theirs. Names are those that members chose, but for a "
          "business, whose papers an operator compared."),
    ]  # fmt: skip
