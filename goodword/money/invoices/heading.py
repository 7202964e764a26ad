"""Where a seller is, as it stands on her papers; her name and number are her shop's to know."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from babel import Locale
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import Invalid
from goodword.kit.formats import locale
from goodword.kit.ids import new_id
from goodword.kit.rows import joined

from .models import PaperHead

LINES, LONG = 3, 80
HOME = "CN"


@dataclass(frozen=True, slots=True)
class Head:
    """`address` is one to three lines; none while she has not said it. `country` is ISO 3166-1."""

    address: tuple[str, ...] = ()
    country: str = HOME

    @property
    def text(self) -> str:
        return "\n".join(self.address)


def head_of(seller: UUID) -> Head:
    row = PaperHead.objects.filter(seller=seller).first()
    return Head(tuple(row.address.splitlines()), row.country) if row else Head()


@joined
def keep_head(*, seller: UUID, address: str, country: str, now: datetime) -> Head:
    """What stands on papers from now on; issued ones stay as they are. Raises Invalid."""
    lines = [" ".join(line.split()) for line in address.splitlines() if line.strip()]
    if not 0 < len(lines) <= LINES or any(len(line) > LONG for line in lines):
        sentence = _("Write street and town in one to three lines of %(most)s characters.") % {
            "most": LONG
        }
        raise Invalid(sentence, fields={"address": sentence})
    if country not in dict(countries("en")):
        sentence = _("Choose a country.")
        raise Invalid(sentence, fields={"country": sentence})
    PaperHead.objects.update_or_create(
        seller_id=seller,
        defaults={"address": "\n".join(lines), "country": country, "changed_at": now},
        create_defaults={
            "id": new_id(), "address": "\n".join(lines), "country": country, "changed_at": now,
        },
    )  # fmt: skip
    journal.record(owner=seller, actor=seller, verb="money.paper_head", subject=seller, now=now)
    return head_of(seller)


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each, by name."""
    names = Locale.parse(language).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    none = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}  # CLDR names them all the same
    return tuple(sorted(((code, name) for code, name in found if code not in none),
                        key=lambda one: one[1]))  # fmt: skip


def choices() -> tuple[tuple[str, str], ...]:
    """The countries in the reader's language."""
    return countries(locale())
