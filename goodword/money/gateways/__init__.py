"""Machines that move real money, behind one shape, by name."""

from django.conf import settings
from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid, NotFound
from goodword.kit.money import Money

from .base import Gateway
from .sandbox import Sandbox
from .transfer import BankTransfer


def set_up() -> dict[str, Gateway]:
    """Every gateway that can be reached: also those that are no longer offered, for refunds."""
    paying, public_url = settings.PAYING, settings.CONFIG.public_url
    found: list[Gateway] = [Sandbox(), BankTransfer()]
    if paying.stripe:
        from .stripe import Stripe

        found.append(Stripe(paying.stripe, public_url))
    if paying.wechatpay:
        from .wechatpay import WechatPay

        found.append(WechatPay(paying.wechatpay, public_url))
    if paying.alipay:
        from .alipay import Alipay

        found.append(Alipay(paying.alipay, public_url))
    return {gateway.name: gateway for gateway in found}


GATEWAYS: dict[str, Gateway] = set_up()


def named(name: str) -> Gateway:
    """The gateway called `name`. Raises NotFound."""
    if name not in GATEWAYS:
        raise NotFound(_("There is no such way to pay here."))
    return GATEWAYS[name]


def offered(amount: Money) -> list[Gateway]:
    """Those through which `amount` can be paid now, best first."""
    ready = [GATEWAYS[name] for name in settings.PAYING.offered if name in GATEWAYS]
    return [gateway for gateway in ready if gateway.takes(amount)]


def usual(amount: Money) -> Gateway:
    """The one that a buyer is offered first. Raises Invalid when there is none."""
    for gateway in offered(amount):
        return gateway
    raise Invalid(
        _("Nothing can be paid in %(currency)s here. Ask the operator.")
        % {"currency": amount.currency}
    )
