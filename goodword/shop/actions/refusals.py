"""Why pieces cannot be reserved or counted, each as one question or instruction."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.kit import formats
from goodword.kit.errors import Conflict, Forbidden, Invalid, NotFound
from goodword.kit.money import Money

from .. import regions


class OutOfStock(Conflict):
    """Fewer pieces are left than wanted: `left` of `variant`."""

    def __init__(self, name: str, *, variant: UUID, left: int, made_to_order: bool) -> None:
        self.variant, self.left = variant, left
        if left:
            sentence = ngettext(
                "Only %(left)s of “%(name)s” is left. Do you want to take that?",
                "Only %(left)s of “%(name)s” are left. Do you want to take those?",
                left,
            )
        elif made_to_order:
            sentence = _("“%(name)s” takes no orders now.")
        else:
            sentence = _("“%(name)s” has just been sold out.")
        super().__init__(sentence % {"left": left, "name": name})


class PriceChanged(Conflict):
    """The page showed `before`, it costs `price` now."""

    def __init__(self, name: str, *, variant: UUID, before: Money | None, price: Money) -> None:
        self.variant, self.before, self.price = variant, before, price
        super().__init__(
            _("“%(name)s” now costs %(price)s instead of %(before)s. Do you want it at that price?")
            % {
                "name": name,
                "price": formats.money(price),
                "before": formats.money(before) if before else "–",
            }
        )


class NotForSale(Conflict):
    """Withdrawn, or the shop has closed."""

    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is not on sale any more.") % {"name": name})


class NotSentThere(Conflict):
    """The seller's shipping template says nothing of the buyer's region."""

    def __init__(self, title: str, region: str) -> None:
        super().__init__(
            _("“%(title)s” is not sent to %(region)s. Choose another address, or leave it out.")
            % {"title": title, "region": regions.name(region)}
        )


class BoughtFromOneself(Forbidden):
    """Units sold are for others to make."""

    def __init__(self) -> None:
        super().__init__(_("You cannot buy from your own shop."))


class BadQuantity(Invalid):
    """No pieces, or too many for one order."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("Choose a quantity from 1 to %(most)s.") % {"most": most},
            fields={"quantity": _("Choose a quantity from 1 to %(most)s.") % {"most": most}},
        )


class NothingChosen(Invalid):
    """An order of nothing."""

    def __init__(self) -> None:
        super().__init__(_("Choose something to buy first."))


class ReservationEnded(Conflict):
    """The payment came after the pieces had gone back into stock, or for no reservation at all."""

    def __init__(self) -> None:
        super().__init__(
            _("The time to pay was over, and the goods went back to the shop. Order them again.")
        )


class KeysCount(Invalid):
    """The stock of what gives keys is how many are left."""

    def __init__(self) -> None:
        sentence = _("Its stock is the number of its keys: add keys, or take some out.")
        super().__init__(sentence, fields={"stock": sentence})


class VariantMissing(NotFound):
    """No such variant of this seller's."""

    def __init__(self) -> None:
        super().__init__(_("This variant is not offered any more."))
