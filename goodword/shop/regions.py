"""Where a parcel can go: ISO 3166-1 countries, and ISO 3166-2 provinces of mainland China."""

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goodword.kit import formats

from .parcels import ELSEWHERE

COUNTRIES = ("HK", "MO", "TW", "SG", "MY", "JP", "KR", "US", "CA", "GB", "DE", "FR", "AU")
HOME = "CN"
PROVINCES = {
    "CN-BJ": _("Beijing"),
    "CN-TJ": _("Tianjin"),
    "CN-HE": _("Hebei"),
    "CN-SX": _("Shanxi"),
    "CN-NM": _("Inner Mongolia"),
    "CN-LN": _("Liaoning"),
    "CN-JL": _("Jilin"),
    "CN-HL": _("Heilongjiang"),
    "CN-SH": _("Shanghai"),
    "CN-JS": _("Jiangsu"),
    "CN-ZJ": _("Zhejiang"),
    "CN-AH": _("Anhui"),
    "CN-FJ": _("Fujian"),
    "CN-JX": _("Jiangxi"),
    "CN-SD": _("Shandong"),
    "CN-HA": _("Henan"),
    "CN-HB": _("Hubei"),
    "CN-HN": _("Hunan"),
    "CN-GD": _("Guangdong"),
    "CN-GX": _("Guangxi"),
    "CN-HI": _("Hainan"),
    "CN-CQ": _("Chongqing"),
    "CN-SC": _("Sichuan"),
    "CN-GZ": _("Guizhou"),
    "CN-YN": _("Yunnan"),
    "CN-XZ": _("Tibet"),
    "CN-SN": _("Shaanxi"),
    "CN-GS": _("Gansu"),
    "CN-QH": _("Qinghai"),
    "CN-NX": _("Ningxia"),
    "CN-XJ": _("Xinjiang"),
}
CODES = frozenset({HOME, *COUNTRIES, *PROVINCES})


def name(code: str) -> str:
    """What the reader's language calls it: “Zhejiang”, “Germany”, “everywhere else”."""
    if code == ELSEWHERE:
        return str(_("everywhere else"))
    if code in PROVINCES:
        return str(PROVINCES[code])
    return _territories().get(code, code)


def _territories() -> dict[str, str]:
    return dict(Locale.parse(formats.locale() if get_language() else "en").territories)


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped for a select: home's provinces, then other countries and regions."""
    return [
        (name(HOME), [(code, str(word)) for code, word in PROVINCES.items()]),
        (str(_("Other countries and regions")), [(code, name(code)) for code in COUNTRIES]),
    ]


def some(codes: list[str] | tuple[str, ...], most: int = 4) -> str:
    """A few of them by name: “Zhejiang, Jiangsu and 3 more”."""
    shown = ", ".join(name(code) for code in codes[:most])
    if len(codes) <= most:
        return shown
    return _("%(names)s and %(n)s more") % {"names": shown, "n": len(codes) - most}
