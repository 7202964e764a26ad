"""Accounts that come as a file for each day: read once when the day is over, kept, and summed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Protocol

from goodword.kit.ids import parse_id
from goodword.kit.money import Money

from .base import GatewayDown, Report
from .memory import OutsideCharge, OutsideDay

BEIJING = timezone(timedelta(hours=8))  # by whose clock the days of WeChat Pay and Alipay are
DAY = timedelta(days=1)
MOST_BYTES = 64 * 1024 * 1024


class NotReady(Exception):
    """The file of that day is not made yet: ask again later."""


class NotABill(GatewayDown):
    """What came is not the file that was promised, or does not add up."""


class Billing(Protocol):
    """A gateway that gives its account day by day."""

    name: str

    def bill(self, day: date) -> Report:
        """All that moved on `day` (Beijing's). Raises NotReady, GatewayDown."""
        ...


def summed(machine: Billing, *, since: datetime, now: datetime) -> Report:
    """Every day since then that is over, up to the first one whose file is not ready.

    What was read before is not asked for again: a day that is over does not change.
    """
    first = begun(machine.name, since=since, now=now)
    today = now.astimezone(BEIJING).date()
    known = {
        row.day: row for row in OutsideDay.objects.filter(gateway=machine.name, day__gte=first)
    }
    days: list[OutsideDay] = []
    for n in range((today - first).days):
        day = first + n * DAY
        try:
            days.append(known.get(day) or read(machine, day, now))
        except NotReady:
            break
    return Report(
        stands=total(row.stands for row in days),
        strange=total(row.strange for row in days),
        since=midnight(first),
        until=midnight(first + len(days) * DAY),
    )


def begun(gateway: str, *, since: datetime, now: datetime) -> date:
    """The first day of which there is something to compare."""
    charges = OutsideCharge.objects.filter(gateway=gateway, created_at__gte=since)
    first = charges.order_by("created_at").values_list("created_at", flat=True).first()
    return (first or now).astimezone(BEIJING).date()


def read(machine: Billing, day: date, now: datetime) -> OutsideDay:
    said = machine.bill(day)
    row, _new = OutsideDay.objects.get_or_create(
        gateway=machine.name, day=day,
        defaults={"read_at": now, "stands": kept(said.stands), "strange": kept(said.strange)},
    )  # fmt: skip
    return row


def believed(read: Callable[[bytes], Report], data: bytes) -> Report:
    """What the file says. Raises NotABill, also where a head or a figure is missing."""
    try:
        return read(data)
    except (KeyError, IndexError, ValueError) as error:
        raise NotABill(f"the bill is another one than is documented: {error!r}") from error


def is_late(day: date, now: datetime, *, after: time) -> bool:
    """Whether the file of `day` must be there by now: it is made the day after, by `after`."""
    return now.astimezone(BEIJING) >= datetime.combine(day + DAY, after, BEIJING)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), BEIJING)


class Sums:
    """What moved on one day, by our charge or, where it is none of ours, by their number."""

    def __init__(self, gateway: str) -> None:
        self.gateway = gateway
        self.moves: list[tuple[str, str, Money]] = []

    def add(self, ours: str, theirs: str, amount: Money) -> None:
        """`ours` is the number that we gave the charge, `theirs` the one of this line."""
        self.moves.append((str(parse_id(ours[:36]) or ""), theirs, amount))

    def report(self) -> Report:
        keys = {key for key, _theirs, _amount in self.moves if key}
        known = set(
            OutsideCharge.objects.filter(gateway=self.gateway, key__in=keys).values_list(
                "key", flat=True
            )
        )
        stands: dict[str, Money] = {}
        strange: dict[str, Money] = {}
        for key, theirs, amount in self.moves:
            of, name = (stands, key) if key in known else (strange, theirs)
            of[name] = of[name] + amount if name in of else amount
        return Report(stands, strange)


def kept(sums: Mapping[str, Money]) -> dict[str, list[object]]:
    return {key: [amount.minor, amount.currency] for key, amount in sums.items()}


def total(days: Iterable[Mapping[str, list[object]]]) -> dict[str, Money]:
    """What stands after all of them, without what is nothing by now."""
    found: dict[str, Money] = {}
    for day in days:
        for key, (minor, currency) in day.items():
            amount = Money(int(str(minor)), str(currency))
            found[key] = found[key] + amount if key in found else amount
    return {key: amount for key, amount in found.items() if amount}


def yuan(text: str) -> Money:
    """“12.50” or “-0.01” as both write amounts. Raises NotABill."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    whole, _point, part = digits.partition(".")
    plain = whole + part
    if not (plain.isascii() and plain.isdigit() and whole and len(part) <= 2 and len(plain) < 16):
        raise NotABill(f"{text!r} is no amount")
    return Money(sign * int(whole + part.ljust(2, "0")), "CNY")


def letters(data: bytes) -> str:
    """UTF-8 with a mark or without, else the national code. Raises NotABill."""
    for code in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    raise NotABill("the letters of the bill cannot be read")
