"""Sample people, pictures and prices for the style gallery. Nothing here is shown to members."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django import forms

from .money import Money

SKIES = ("#f6d9cd", "#f5e0b8", "#cfe3ee", "#d9dcf4", "#cbe6da", "#f6d6df", "#ecd8ef", "#dde8c3")
HILLS = ("#c9451a", "#b7791f", "#2a7561", "#4a5aa8", "#3d6b4f", "#a33a5e", "#77408a", "#5c7a1f")


@dataclass(frozen=True)
class Person:
    display_name: str
    handle: str
    avatar_url: str = ""


@dataclass(frozen=True)
class Picture:
    url: str
    width: int
    height: int
    alt: str = ""

    @property
    def thumb_url(self) -> str:
        return self.url


@dataclass(frozen=True)
class Variant:
    id: int
    label: str
    price: Money
    stock: int | None


@dataclass(frozen=True)
class Card:
    title: str
    price: Money
    moment: datetime
    picture: Picture | None = None
    was: Money | None = None
    shop_name: str = "Lin's Tea 林家茶器"
    level: str = "none"
    level_phrase: str = "Not declared yet"
    why: str = ""
    sold: int = 0
    stock: int | None = 1
    rating: str | None = None
    url: str = "#listing"
    shop_url: str = "#shop"


@dataclass(frozen=True)
class Moment:
    author: Person
    text: str
    at: datetime
    pictures: list[Picture] = field(default_factory=list)
    likes: list[Person] = field(default_factory=list)
    comments: list[tuple[Person, str]] = field(default_factory=list)


LIN = Person("林小满", "lin")
CHEN = Person("Chen Yu 陈宇", "chen")
LONG = Person("Bartholomäus-Maximilian von und zu Hohenzollern-Sigmaringen 王", "bartholomaeus")
AN = Person("安", "an")
PEOPLE = [LIN, CHEN, LONG, AN, Person("Zoë", "zoe"), Person("🍵", "tea")]


def picture(number: int, width: int = 900, height: int = 900) -> Picture:
    """A drawn landscape as a data address; `width` and `height` in pixels."""
    sky, hill = SKIES[number % 8], HILLS[(number * 3 + 2) % 8]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><rect width="100%" height="100%" fill="{sky}"/>'
        f'<circle cx="{200 + 70 * (number % 7)}" cy="{height * 0.32:.0f}" r="90" fill="#fff8e7"/>'
        f'<path d="M0 {height * 0.7:.0f}Q{width * 0.3:.0f} {height * 0.4:.0f} {width * 0.6:.0f} '
        f'{height * 0.68:.0f}T{width} {height * 0.55:.0f}V{height}H0Z" fill="{hill}"/></svg>'
    )
    return Picture(f"data:image/svg+xml,{quote(svg)}", width, height)


def moments(now: datetime) -> list[Moment]:
    """One moment for each number of pictures and the texts that break layouts."""
    few = [
        Moment(
            LIN,
            "第一批春茶到了，用新买的白瓷盖碗泡了一下午。Oolong 的第三泡最好喝，窗外在下雨。",
            now - timedelta(minutes=4),
            [picture(3, 1200, 900)],
            [CHEN, AN],
            [(CHEN, "在哪里买的盖碗？"), (LIN, "回复 Chen：就是巷口那家店 😄")],
        ),
        Moment(AN, "只有文字的一天。", now - timedelta(hours=2)),
        Moment(
            LONG,
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft "
            "https://example.org/a/very/long/address/that/does/not/end/soon?and=has&a=query",
            now - timedelta(hours=26),
            [picture(5, 600, 1400)],
        ),
    ]
    many = [
        Moment(CHEN, f"{count} 张", now - timedelta(days=count), [picture(n) for n in range(count)])
        for count in range(2, 10)
    ]
    return few + many


def cards(now: datetime) -> list[Card]:
    """Market cards: usual, poor in facts, and bursting."""
    return [
        Card(
            "白瓷盖碗 手工拉坯 Gaiwan, hand-thrown porcelain, 120 ml",
            Money(12800, "CNY"),
            now - timedelta(minutes=40),
            picture(4),
            Money(16800, "CNY"),
            level="registered",
            level_phrase="企业，2026年3月2日已核验",
            why="你的 2 位朋友在这里买过",
            sold=1203,
            stock=8,
            rating="4.9",
        ),
        Card(
            "Oak shelf, made to your measure",
            Money(24000, "EUR"),
            now - timedelta(days=2),
            shop_name="Karl the Carpenter of the Very Long Lane Behind the Old Town Hall",
            stock=None,
        ),
        Card(
            "A grand piano",
            Money(123456789, "CNY"),
            now - timedelta(days=40),
            picture(6),
            Money(223456789, "CNY"),
            why="You like music",
            sold=0,
            stock=0,
        ),
    ]


def variants() -> list[Variant]:
    return [
        Variant(1, "120 ml", Money(12800, "CNY"), 8),
        Variant(2, "180 ml · 釉下彩", Money(15800, "CNY"), 1),
        Variant(3, "A gift box with two cups and a tray of bamboo", Money(123456789, "CNY"), 0),
        Variant(4, "定制", Money(30000, "CNY"), None),
    ]


class SampleForm(forms.Form):
    title = forms.CharField(max_length=10, help_text="At most 10 signs")
    price = forms.DecimalField(required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("new", "New 全新"), ("used", "Used 二手")])
    ship = forms.ChoiceField(
        choices=[("post", "Post 邮寄"), ("hand", "In person 面交")],
        widget=forms.RadioSelect,
        help_text="How it travels",
    )
    agree = forms.BooleanField(help_text="The house rules")


def samples(now: datetime) -> dict[str, Any]:
    """Everything the gallery's templates show."""
    prices = (16800, 16800, 14800, 15800, 12800)
    return {
        "people": PEOPLE,
        "moments": moments(now),
        "cards": cards(now),
        "variants": variants(),
        "form": SampleForm(),
        "pictures": [picture(1)],
        "bad_form": SampleForm({"title": "far too long for it", "price": "x"}, auto_id="bad_%s"),
        "sums": [Money(123456789, code) for code in ("CNY", "EUR", "JPY")],
        "small": Money(5, "CNY"),
        "held": Money(12800, "CNY"),
        "points": [
            (now - timedelta(days=90 - 20 * n), Money(p, "CNY")) for n, p in enumerate(prices)
        ],
        "soon": now + timedelta(hours=47),
        "ago": [now - timedelta(hours=n) for n in (70, 69, 20, 1)],
    }
