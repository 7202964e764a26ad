"""Which gateways this house pays through: settings from the environment, checked before it opens.

A secret may stand in its variable or in a file of the data folder, `secrets/` and the variable's
name without GOODWORD_, in small letters with dashes; that file is for its owner's eyes only.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from goodword.kit.config import BadSetting, given

KNOWN = ("sandbox", "bank", "stripe", "wechatpay", "alipay")


@dataclass(frozen=True, slots=True)
class StripeSettings:
    key: str
    webhook_secret: str
    api: str = ""  # another address than Stripe's, for trying out


@dataclass(frozen=True, slots=True)
class WechatSettings:
    """A merchant's account of WeChat Pay, APIv3, with WeChat Pay's public key."""

    merchant: str
    app: str
    serial: str  # of the merchant's certificate
    private_key: str
    apiv3_key: str
    public_key: str
    public_key_id: str
    sharing: bool = False  # freeze what comes in, so that sellers' parts can be handed on
    api: str = ""


@dataclass(frozen=True, slots=True)
class AlipaySettings:
    app: str
    seller: str  # the merchant's PID, which notifications must name
    private_key: str
    public_key: str  # Alipay's
    api: str = ""


@dataclass(frozen=True, slots=True)
class Paying:
    """What is offered, best first, and how to reach whatever is set up."""

    offered: tuple[str, ...] = ("sandbox",)
    stripe: StripeSettings | None = None
    wechatpay: WechatSettings | None = None
    alipay: AlipaySettings | None = None


def read(data: Path, env: Mapping[str, str] = os.environ) -> Paying:
    """The settings in `env` and the data folder. Raises BadSetting, naming the variable."""
    source = Source(data, env)
    paying = Paying(
        offered=offered(env.get("GOODWORD_PAY_WITH") or "sandbox"),
        stripe=stripe(source),
        wechatpay=wechatpay(source),
        alipay=alipay(source),
    )
    for name in paying.offered:
        if name in NEEDS and getattr(paying, name) is None:
            raise BadSetting(
                f"GOODWORD_PAY_WITH names {name}, which needs {NEEDS[name]} too. "
                "See docs/operations/gateways.md."
            )
    return paying


NEEDS = {
    "stripe": "GOODWORD_STRIPE_KEY",
    "wechatpay": "GOODWORD_WECHATPAY_MERCHANT",
    "alipay": "GOODWORD_ALIPAY_APP",
}


def offered(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if name not in KNOWN:
            raise BadSetting(f"GOODWORD_PAY_WITH names {name!r}; it may name {', '.join(KNOWN)}.")
    if len(set(names)) != len(names):
        raise BadSetting("GOODWORD_PAY_WITH names a gateway twice.")
    return names


@dataclass(frozen=True, slots=True)
class Source:
    data: Path
    env: Mapping[str, str]

    def optional(self, name: str) -> str:
        """The variable `name`, or the file that stands for it; empty without both."""
        return given(self.data, self.env, name).replace("\\n", "\n")

    def needed(self, name: str, *, pattern: str, like: str, because: str) -> str:
        value = self.optional(name)
        if not value:
            raise BadSetting(f"{name} is missing, and {because} needs it.")
        if not re.fullmatch(pattern, value, re.DOTALL):
            raise BadSetting(f"{name} does not look right; it must be {like}.")
        return value


def stripe(source: Source) -> StripeSettings | None:
    if not source.optional("GOODWORD_STRIPE_KEY"):
        return None
    because = "GOODWORD_STRIPE_KEY"
    return StripeSettings(
        key=source.needed(
            "GOODWORD_STRIPE_KEY", pattern=r"(sk|rk)_(test|live)_\w{8,200}",
            like="a secret key of Stripe’s, sk_live_…", because=because,
        ),
        webhook_secret=source.needed(
            "GOODWORD_STRIPE_WEBHOOK_SECRET", pattern=r"whsec_\S{8,200}",
            like="the signing secret of the endpoint, whsec_…", because=because,
        ),
        api=source.optional("GOODWORD_STRIPE_API"),
    )  # fmt: skip


PEM = r"-----BEGIN [A-Z ]+-----\s.+\s-----END [A-Z ]+-----"


def wechatpay(source: Source) -> WechatSettings | None:
    because = "GOODWORD_WECHATPAY_MERCHANT"
    if not source.optional(because):
        return None
    check_extra("wechatpay", "wechatpayv3", because)

    def needed(name: str, pattern: str, like: str) -> str:
        return source.needed(
            f"GOODWORD_WECHATPAY_{name}", pattern=pattern, like=like, because=because
        )

    return WechatSettings(
        merchant=needed("MERCHANT", r"\d{8,12}", "the merchant’s number, ten digits"),
        app=needed("APP", r"wx[0-9a-f]{16}", "an app id, wx and sixteen digits"),
        serial=needed("SERIAL", r"[0-9A-Fa-f]{40}", "the serial number of your certificate"),
        private_key=needed("PRIVATE_KEY", PEM, "the private key of your certificate, as PEM"),
        apiv3_key=needed("APIV3_KEY", r"[0-9A-Za-z]{32}", "the APIv3 key, 32 characters"),
        public_key=needed("PUBLIC_KEY", PEM, "WeChat Pay’s public key, as PEM"),
        public_key_id=needed("PUBLIC_KEY_ID", r"PUB_KEY_ID_\w+", "its id, PUB_KEY_ID_…"),
        sharing=source.optional("GOODWORD_WECHATPAY_SHARING") == "1",
        api=source.optional("GOODWORD_WECHATPAY_API"),
    )


def alipay(source: Source) -> AlipaySettings | None:
    because = "GOODWORD_ALIPAY_APP"
    if not source.optional(because):
        return None
    check_extra("alipay", "python-alipay-sdk", because)
    check_namesake(because)

    def needed(name: str, pattern: str, like: str) -> str:
        return source.needed(f"GOODWORD_ALIPAY_{name}", pattern=pattern, like=like, because=because)

    return AlipaySettings(
        app=needed("APP", r"\d{16}", "the app’s id, sixteen digits"),
        seller=needed("SELLER", r"2088\d{12}", "the merchant’s PID, 2088 and twelve digits"),
        private_key=needed("PRIVATE_KEY", PEM, "your app’s private key, as PEM"),
        public_key=needed("PUBLIC_KEY", PEM, "Alipay’s public key, as PEM"),
        api=source.optional("GOODWORD_ALIPAY_API"),
    )


def check_extra(extra: str, package: str, because: str) -> None:
    """Raises BadSetting when the extra that brings `package` is not installed."""
    if not installed(package):
        raise BadSetting(
            f"{because} is set, and {package} is not installed: `pip install goodword[{extra}]`."
        )


def check_namesake(because: str) -> None:
    """Alipay's other SDK is imported by the same name, and overwrites the one we use."""
    if installed("alipay-sdk-python"):
        raise BadSetting(
            f"{because} is set, and alipay-sdk-python stands where python-alipay-sdk should: "
            "uninstall both, then `pip install goodword[alipay]`."
        )


def installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True
