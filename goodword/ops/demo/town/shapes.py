"""The shapes that the town's data come in: frozen, plain, without Django.

Amounts are in minor units of the listing's currency; times are given as `When`, relative to the day
on which the town is built, and become UTC instants only through `When.before(now)`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from goodword.ops.demo.art.faces import Face

TOWN_TIME = ZoneInfo("Asia/Shanghai")
LANGUAGES = ("zh-hans", "en")
SIZES = {"wide": (1080, 810), "tall": (810, 1080), "square": (960, 960), "small": (720, 720)}


@dataclass(frozen=True, slots=True)
class Text:
    """The same thing said in both editions; neither is a translation of the other."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """In "zh-hans" or "en"."""
        return self.zh if language.startswith("zh") else self.en


NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class When:
    """A point in the town's past: `days` ago at a clock time there, or simply `ago`."""

    days: int = 0
    at: time = time(12, 0)
    ago: timedelta | None = None

    def before(self, now: datetime) -> datetime:
        """The instant in UTC, always before `now` (aware)."""
        if self.ago is not None:
            return now - self.ago
        today = now.astimezone(TOWN_TIME).date()
        local = datetime.combine(today - timedelta(days=self.days), self.at, TOWN_TIME)
        instant = local.astimezone(UTC)
        return instant if instant < now else instant - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Picture:
    """What `art.studio.draw` needs, and what somebody who cannot see it is told."""

    scene: str
    seed: int
    alt: Text
    shape: str = "wide"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return SIZES[self.shape]


@dataclass(frozen=True, slots=True)
class Person:
    """A member. Who shows no face (`face` None) shows `picture` instead, as many people do."""

    handle: str
    name: Text
    bio: Text
    born: int  # the decade, 1990 for the nineties
    face: Face | None = None
    picture: Picture | None = None
    face_seed: int = 0
    region: str = "CN"
    joined: When = When(days=400)


@dataclass(frozen=True, slots=True)
class Tie:
    """A friendship. `kind`: family, classmate, colleague, neighbour, customer, friend."""

    one: str
    other: str
    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group in its owner's circle; every member is a friend of the owner."""

    owner: str
    key: str
    name: Text
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody who asked and has no answer yet."""

    asker: str
    asked: str
    message: Text
    when: When


@dataclass(frozen=True, slots=True)
class Dial:
    """One side of a friendship turned down: market "on", "digest" or "off"."""

    owner: str
    friend: str
    market: str


@dataclass(frozen=True, slots=True)
class Audience:
    """`kind`: everyone, chosen, except, only_me; `groups` are keys of the author's groups."""

    kind: str = "everyone"
    groups: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """Said `after` the moment; `reply_to` is the place (0…) of the comment that it answers."""

    by: str
    text: Text
    after: timedelta
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Tune:
    """What `art.tunes.played` needs for a voice note; `beat` in seconds."""

    notes: str
    beat: float
    seed: int


@dataclass(frozen=True, slots=True)
class Life:
    """A life moment. `from_listing` is the key of a listing which it only points to."""

    author: str
    when: When
    text: Text
    pictures: tuple[Picture, ...] = ()
    audience: Audience = Audience()
    likes: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    from_listing: str | None = None
    voice: Tune | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """A market moment: its author shows one of their own listings, whose pictures travel along."""

    author: str
    listing: str
    when: When
    text: Text
    audience: Audience = Audience()
    likes: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Business:
    """A registered business: its name and number in China's register, and its licence."""

    name: Text
    number: str
    licence: Picture


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop. Without a `business` a private person sells; `public` False shows it to friends only.

    Strangers may follow every shop that is public.
    """

    key: str
    owner: str
    name: Text
    about: Text
    promise: Text
    opened: When
    public: bool = True
    business: Business | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """From `days` ago on, one piece cost `minor`."""

    days: int
    minor: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One thing to buy: a value for each of the listing's options.

    `prices` oldest first, the first one from the day of listing; the last is today's. `stock` is
    what the seller put up on that day: the orders of this town are taken out of it.
    """

    key: str
    values: tuple[Text, ...]
    prices: tuple[Price, ...]
    stock: int
    code: str = ""

    @property
    def price(self) -> int:
        """Today's price in minor units."""
        return self.prices[-1].minor


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper. `kind`: receipt, authorisation, customs, inspection, workshop.

    `audience`: everyone, or buyers when it shows more than strangers should see, or operators.
    """

    kind: str
    picture: Picture
    audience: str = "everyone"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a buyer says when something is made for her: a range in `unit`, or one of `values`."""

    name: Text
    unit: str = ""
    span: tuple[int, int, int] = (0, 0, 0)  # from, to, in steps of
    values: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What is offered. `condition`: new, like_new, used; `lead_days` only when made to order."""

    key: str
    shop: str
    title: Text
    description: Text
    variants: tuple[Variant, ...]
    pictures: tuple[Picture, ...]
    listed: When
    options: tuple[Text, ...] = ()
    currency: str = "CNY"
    condition: str = "new"
    brand: Text = NOTHING
    origin: Text = NOTHING
    returns_days: int = 7
    ship_within_hours: int = 48
    shipping_minor: int = 0
    shipping_days: tuple[int, int] = (2, 4)
    made_to_order: bool = False
    lead_days: int = 0
    asks: tuple[Choice, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    booklet: Text = NOTHING  # what is read in the PDF that is sold; then nothing is sent


@dataclass(frozen=True, slots=True)
class Line:
    """So many pieces of a listing's variant."""

    listing: str
    variant: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Turn:
    """What a side does in a case: a verb of `care`, its words, what share in % it offers."""

    by: str  # buyer or seller
    verb: str
    when: When
    words: Text = NOTHING
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """Something was not right with the first line of an order. `reason` as `care` names it."""

    reason: str
    when: When
    words: Text
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """A past order and how far it came.

    `state`: expired, cancelled (after paying, before it was shipped), held, shipped, met (handed
    over in person), arrived (whatever the clocks made of it since), received, released, completed.
    """

    buyer: str
    lines: tuple[Line, ...]
    when: When
    state: str
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody wants a thing made. `wishes` answer its choices; `price` None: no answer yet."""

    buyer: str
    listing: str
    wishes: tuple[Text, ...]
    note: Text
    when: When
    price: int | None = None
    lead_days: int = 0
    answer: Text = NOTHING
    answered: When | None = None


@dataclass(frozen=True, slots=True)
class Liking:
    """What somebody said that they like: keys of `kit.interests`."""

    member: str
    interests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Follow:
    """A stranger to its owner sees what a shop offers."""

    member: str
    shop: str
    when: When


@dataclass(frozen=True, slots=True)
class Plan:
    """So long from now the listing goes off sale, and so long from now on again."""

    listing: str
    off: timedelta
    on: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Town:
    """Everybody and everything, checked for consistency by the town's tests."""

    reader: str
    people: tuple[Person, ...]
    ties: tuple[Tie, ...]
    groups: tuple[Group, ...]
    requests: tuple[Request, ...]
    dials: tuple[Dial, ...]
    shops: tuple[Shop, ...]
    listings: tuple[Listing, ...]
    life: tuple[Life, ...]
    market: tuple[Showing, ...]
    orders: tuple[Order, ...]
    quotes: tuple[Quote, ...] = ()
    likings: tuple[Liking, ...] = ()
    operator: str = ""  # who runs the house
    follows: tuple[Follow, ...] = ()
    plans: tuple[Plan, ...] = ()
    learning: tuple[str, ...] = ()  # who lets the house learn from what they choose
