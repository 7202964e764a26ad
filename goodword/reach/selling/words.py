"""What a seller is told, as sentences. No figure has fewer than five people behind it."""

from babel.dates import get_day_names
from django.utils.translation import gettext as _

from goodword.kit import formats, interests

from .bands import ENOUGH, Band
from .queries import Advice, Outlook, Usual
from .rhythm import PARTS, SLOTS
from .states import Group, Interest, Often, Outcome, Risk


def people(found: Band | None) -> str:
    """“20 to 30 people”, “fewer than five people”."""
    if found is None:
        return _("not known yet")
    if found.is_few:
        return _("fewer than five people")
    if found.low is None:
        return _("fewer than %(high)s people") % {"high": formats.number(found.high)}
    low, high = formats.number(found.low), formats.number(found.high)
    return _("%(low)s to %(high)s people") % {"low": low, "high": high}


def counted(number: int, by: int) -> str:
    """A number for operators, where enough people are behind it."""
    return formats.number(number) if by >= ENOUGH else _("fewer than five people")


def by_then(days: int) -> str:
    return {
        1: _("within a day"),
        2: _("within two days"),
        3: _("within three days"),
        7: _("within a week"),
    }[days]


def interest(found: Outlook) -> str:
    return {
        Interest.LOW: _("Few of those who meet it will look closer."),
        Interest.USUAL: _("Some of those who meet it will look closer."),
        Interest.HIGH: _("Many of those who meet it will look closer."),
    }[found.interest]


def risk(found: Outlook) -> str:
    return {
        Risk.LOW: _("Hardly anybody turns down a seller who shows this much."),
        Risk.SOME: _("Now and then a seller who shows this much is turned down."),
        Risk.HIGH: _(
            "Who shows this much is often turned down. Fewer things, or fewer people, keep friends."
        ),
    }[found.risk]


def basis(*, known: bool) -> str:
    if known:
        return _("From what people did here in the last weeks.")
    return _("A cautious guess: too little has happened here to know better.")


def part_of_week(slot: int) -> str:
    """“Tuesday evening”, “The evening”."""
    weekday, part = divmod(slot, PARTS)
    if slot >= SLOTS:
        return (_("The night"), _("The morning"), _("The afternoon"), _("The evening"))[part]
    day = get_day_names("wide", locale=formats.locale())[weekday]
    return (
        _("%(day)s night"),
        _("%(day)s morning"),
        _("%(day)s afternoon"),
        _("%(day)s evening"),
    )[part] % {"day": day}


def advice(found: Advice) -> str:
    sentence = {
        Group.ALL: _("%(time)s is when most of your friends read."),
        Group.KEEN: _("%(time)s is when those read who look closer at what you show."),
        Group.INTEREST: _("%(time)s is when your %(interest)s people read."),
    }[found.group]
    said = interests.name(found.interest)
    return sentence % {"time": part_of_week(found.slot), "interest": said}


def often(much: Often, shown: int) -> str:
    """A word about how much she shows; empty where that is little."""
    if much != Often.MANY:
        return ""
    return _(
        "You have shown %(num)s things in four weeks. A few less, each to those who care, "
        "may bring you more."
    ) % {"num": formats.number(shown)}


def outcome(found: Outcome) -> str:
    return {
        Outcome.OPEN: _("too early to say"),
        Outcome.AS_EXPECTED: _("as expected"),
        Outcome.MORE: _("more than expected"),
        Outcome.FEWER: _("fewer than expected"),
    }[found]


def usual(found: Usual) -> list[str]:
    """What is usual, hers and with others here."""
    told = [
        (found.own, _("About one in %(num)s who met something of yours looked closer.")),
        (found.looks, _("With others here, about one in %(num)s cards is looked at closer.")),
        (found.waved, _("With others here, about one in %(num)s cards is waved away.")),
        (
            found.turned,
            _(
                "With others here who show as much as you do, about one in %(num)s who meet a "
                "seller turns them down."
            ),
        ),
    ]
    return [sentence % {"num": number} for number, sentence in told if number]
