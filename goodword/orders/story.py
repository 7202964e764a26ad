"""An order's deeds as one timeline, told to whoever reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.journal.queries import Deed
from goodword.kit import formats
from goodword.kit.money import Money

from . import rules, words
from .states import Role


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    at: datetime
    verb: str
    icon: str
    sentence: str
    detail: str
    tone: str

    @property
    def row(self) -> tuple[str, str, datetime, str, str]:
        """As the component `story` takes it."""
        return (self.icon, self.sentence, self.at, self.detail, self.tone)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: in which role, and what the other side is called."""

    id: UUID
    role: Role
    other: str

    @property
    def is_buyer(self) -> bool:
        return self.role == Role.BUYER


BUYERS_OWN = {"orders.declined"}  # how full her card is concerns nobody else
Told = tuple[str, str, str, str]  # icon, sentence, detail, tone


def tell(deeds: list[Deed], reader: Reader) -> list[Event]:
    """The timeline, oldest first; what is not told to this reader is left out."""
    return [
        Event(deed.at, deed.verb, *TELLERS[deed.verb](deed, reader))
        for deed in deeds
        if deed.verb in TELLERS and (reader.is_buyer or deed.verb not in BUYERS_OWN)
    ]


def money(facts: Mapping[str, Any]) -> str:
    amount = facts.get("amount") or {"minor": 0, "currency": "CNY"}
    return formats.money(Money(int(amount["minor"]), amount["currency"]))


def which(facts: Mapping[str, Any]) -> str:
    """The titles of the lines when it was not all of the order."""
    return _(", ").join(facts.get("titles", ()))


def until(facts: Mapping[str, Any]) -> str:
    text = facts.get("until", "")
    return formats.date_time(datetime.fromisoformat(text)) if text else ""


def carrier(facts: Mapping[str, Any]) -> str:
    by = rules.carrier(facts.get("carrier", ""))
    return str(by.word) if by else ""


def placed(deed: Deed, reader: Reader) -> Told:
    names = {"other": reader.other, "sum": money(deed.facts)}
    agreed = deed.facts.get("agreed")
    detail = _("Agreed: “%(words)s”") % {"words": agreed} if agreed else ""
    if reader.is_buyer:
        return "box", _("You ordered for %(sum)s.") % names, detail, ""
    return "box", _("%(other)s ordered for %(sum)s.") % names, detail, ""


def paid(deed: Deed, reader: Reader) -> Told:
    names = {"other": reader.other, "sum": money(deed.facts)}
    sentence = (
        _("You paid %(sum)s.") % names if reader.is_buyer else _("%(other)s paid %(sum)s.") % names
    )
    return "lock", sentence, _("The money is held until the goods are there."), "good"


def declined(deed: Deed, _reader: Reader) -> Told:
    return "card", _("A payment was declined."), deed.facts.get("reason", ""), "bad"


def asked(facts: Mapping[str, Any]) -> str:
    """The sum that was asked for, where another came."""
    return money({"amount": facts["asked"]}) if facts.get("asked") else ""


def returned(deed: Deed, _reader: Reader) -> Told:
    names = {"sum": money(deed.facts), "asked": asked(deed.facts)}
    if names["asked"]:
        sentence = _("%(sum)s came instead of %(asked)s, and goes back.") % names
        return "return", sentence, _("The order still waits for the whole sum."), "bad"
    if deed.facts.get("over"):
        return "return", _("%(sum)s more came than was to be paid, and goes back.") % names, "", ""
    return "return", _("A payment of %(sum)s came too late and goes back.") % names, "", ""


def taken_back(deed: Deed, _reader: Reader) -> Told:
    names = {"sum": money(deed.facts)}
    sentence = _("The buyer’s bank took the payment of %(sum)s back.") % names
    return "bank", sentence, which(deed.facts), "bad"


def provided(deed: Deed, reader: Reader) -> Told:
    detail = which(deed.facts)
    if reader.is_buyer:
        return "download", _("It is here: you can fetch it on this page."), detail, "good"
    if deed.actor is None:
        return "download", _("It was delivered by itself as soon as it was paid."), detail, ""
    return "download", _("You delivered it."), detail, ""


def put_right(deed: Deed, reader: Reader) -> Told:
    was, became = (deed.facts[name]["name"] for name in ("was", "became"))
    detail = f"{was} → {became}" if was and became else which(deed.facts)
    if reader.is_buyer:
        names = {"other": reader.other}
        return (
            "download",
            _("%(other)s sent a corrected one. The first stays here.") % names,
            detail,
            "",
        )
    return "download", _("You sent a corrected one. The first stays here."), detail, ""


def fetched(deed: Deed, reader: Reader) -> Told:
    detail = which(deed.facts)
    if reader.is_buyer:
        return "download", _("You fetched it for the first time."), detail, ""
    return "download", _("%(other)s fetched it.") % {"other": reader.other}, detail, ""


def shipped(deed: Deed, reader: Reader) -> Told:
    names = {"other": reader.other, "carrier": carrier(deed.facts)}
    sentence = (
        _("%(other)s shipped it with %(carrier)s.") % names
        if reader.is_buyer
        else _("You shipped it with %(carrier)s.") % names
    )
    detail = " · ".join(part for part in (deed.facts.get("number", ""), which(deed.facts)) if part)
    return "truck", sentence, detail, ""


def corrected(deed: Deed, reader: Reader) -> Told:
    names = {"other": reader.other, "carrier": carrier(deed.facts)}
    sentence = (
        _("%(other)s corrected the tracking number (%(carrier)s).") % names
        if reader.is_buyer
        else _("You corrected the tracking number (%(carrier)s).") % names
    )
    return "truck", sentence, deed.facts.get("number", ""), ""


def handed_over(_deed: Deed, reader: Reader) -> Told:
    names = {"other": reader.other}
    if reader.is_buyer:
        return "hand", _("%(other)s handed it over, as your code proves.") % names, "", "good"
    return "hand", _("You handed it over, as the code proves.") % names, "", "good"


def kept(_deed: Deed, reader: Reader) -> Told:
    if reader.is_buyer:
        return "hand", _("The seller does not call it off. She ships it as promised."), "", ""
    return "hand", _("You did not call it off. Ship it as promised."), "", ""


def ship_late(_deed: Deed, reader: Reader) -> Told:
    if reader.is_buyer:
        return "clock", _("The promised time to ship is over. You may cancel alone now."), "", "bad"
    return "clock", _("Your promised time to ship is over. The buyer may cancel alone."), "", "bad"


def reminded(deed: Deed, reader: Reader) -> Told:
    names = {"until": until(deed.facts)}
    if reader.is_buyer:
        return "bell", _("We reminded you: it counts as received on %(until)s.") % names, "", ""
    return "bell", _("We reminded the buyer: it counts as received on %(until)s.") % names, "", ""


def extended(deed: Deed, reader: Reader) -> Told:
    names = {"until": until(deed.facts), "other": reader.other}
    if reader.is_buyer:
        return "clock", _("You took more time, until %(until)s.") % names, "", ""
    return "clock", _("%(other)s took more time, until %(until)s.") % names, "", ""


def delivered(deed: Deed, reader: Reader) -> Told:
    detail = which(deed.facts)
    if reader.is_buyer:
        detail = detail or _("Confirm once you have seen it, or say that it never came.")
    return "gift", _("The carrier says that it was delivered."), detail, ""


def not_met(deed: Deed, _reader: Reader) -> Told:
    return "truck", _("The carrier met nobody."), which(deed.facts), "bad"


def going_back(deed: Deed, reader: Reader) -> Told:
    detail = which(deed.facts)
    if reader.is_buyer:
        detail = detail or _("If you do not have it, say so before the time is over.")
    return "return", _("The carrier says that it goes back to the seller."), detail, "bad"


def received(deed: Deed, reader: Reader) -> Told:
    detail = which(deed.facts)
    if deed.actor is None:
        return "gift", _("Nobody objected in time: it counts as received."), detail, "good"
    if reader.is_buyer:
        return "gift", _("You confirmed that you have it."), detail, "good"
    return "gift", _("%(other)s has it and confirmed.") % {"other": reader.other}, detail, "good"


def released(deed: Deed, reader: Reader) -> Told:
    names = {"other": reader.other, "sum": money(deed.facts)}
    if reader.is_buyer:
        return "wallet", _("%(sum)s went to %(other)s.") % names, "", "good"
    return "wallet", _("%(sum)s came to your balance.") % names, "", "good"


def refunded(deed: Deed, reader: Reader) -> Told:
    names = {"other": reader.other, "sum": money(deed.facts)}
    why = str(words.REASONS.get(deed.facts.get("reason", ""), ""))
    detail = " · ".join(part for part in (why, which(deed.facts)) if part)
    if reader.is_buyer:
        return "return", _("%(sum)s goes back to you.") % names, detail, "good"
    return "return", _("%(sum)s goes back to %(other)s.") % names, detail, "bad"


def called_off(deed: Deed, reader: Reader) -> Told:
    if deed.actor == reader.id:
        return "close", _("You called it off before it was paid."), "", ""
    return "close", _("%(other)s called it off.") % {"other": reader.other}, "", ""


def cancel_asked(_deed: Deed, reader: Reader) -> Told:
    if reader.is_buyer:
        return "hand", _("You asked the seller to call it off."), "", ""
    return "hand", _("%(other)s asks you to call it off.") % {"other": reader.other}, "", "bad"


def expired(_deed: Deed, _reader: Reader) -> Told:
    return "clock", _("It was not paid in time and has expired."), "", ""


def completed(_deed: Deed, _reader: Reader) -> Told:
    return "ok", _("The after-sale time is over. The order is complete."), "", "good"


def also(tellers: Mapping[str, Callable[[Deed, Reader], Told]]) -> None:
    """Let a domain above tell its own deeds in the story, as care tells of returns."""
    TELLERS.update(tellers)


TELLERS: dict[str, Callable[[Deed, Reader], Told]] = {
    "orders.placed": placed,
    "orders.paid": paid,
    "orders.declined": declined,
    "orders.returned": returned,
    "orders.taken_back": taken_back,
    "orders.provided": provided,
    "orders.put_right": put_right,
    "orders.fetched": fetched,
    "orders.shipped": shipped,
    "orders.corrected": corrected,
    "orders.handed_over": handed_over,
    "orders.kept": kept,
    "orders.ship_late": ship_late,
    "orders.reminded": reminded,
    "orders.extended": extended,
    "orders.delivered": delivered,
    "orders.not_met": not_met,
    "orders.going_back": going_back,
    "orders.received": received,
    "orders.released": released,
    "orders.refunded": refunded,
    "orders.called_off": called_off,
    "orders.cancel_asked": cancel_asked,
    "orders.expired": expired,
    "orders.completed": completed,
}
