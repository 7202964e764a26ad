"""Who and what a difference is about, in words: an operator reads no ids."""

from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.ids import spoken
from goodword.people.models import Member
from goodword.people.queries import members

from .. import gateways
from ..models import Account, Payment
from ..states import CHART, AccountKind


def the_order(order: UUID) -> str:
    """“7K2M-9QXD (Chen of Lin)”: the number that both sides read on it, and who they are."""
    row = Payment.objects.filter(order=order).select_related("buyer", "seller").first()
    if row is None:
        return spoken(order)
    said = {
        "number": spoken(order), "buyer": row.buyer.display_name, "seller": row.seller.display_name,
    }  # fmt: skip
    return _("%(number)s (%(buyer)s buys from %(seller)s)") % said


def the_member(member: Member | None) -> str:
    return f"{member.display_name} (@{member.handle})" if member else _("a former member")


def member_of(id: UUID) -> Member | None:
    return members([id]).get(id)


def the_account(id: UUID) -> str:
    """“Escrow, 7K2M-9QXD (Chen buys from Lin), CNY”."""
    row = Account.objects.select_related("holder").get(id=id)
    whose = ""
    if row.order:
        whose = the_order(row.order)
    elif row.holder:
        whose = the_member(row.holder)
    elif row.gateway:
        whose = the_gateway(row.gateway)
    parts = (str(CHART[AccountKind(row.kind)].word), whose, row.currency)
    return ", ".join(part for part in parts if part)


def the_gateway(name: str) -> str:
    """As members read it; its bare name when it is set up no more."""
    gateway = gateways.GATEWAYS.get(name)
    return str(gateway.word) if gateway else name
