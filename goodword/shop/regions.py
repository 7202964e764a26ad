"""Where a parcel can go: ISO 3166-1 countries, and ISO 3166-2 provinces of mainland China."""

from unicodedata import normalize

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goodword.kit import formats

from .parcels import ELSEWHERE

NEAR = ("HK", "MO", "TW")  # first, where most parcels of this house go
FAR = tuple(  # all others of ISO 3166-1 where somebody lives
    """
    AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG
    EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HN HR
    HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI
    LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MP MQ MR MS MT MU MV MW MX MY MZ NA NC
    NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO
    TR TT TV TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()  # noqa: SIM905
)
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
CODES = frozenset({HOME, *NEAR, *FAR, *PROVINCES})


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
        (str(_("Other countries and regions")), [(code, name(code)) for code in (*NEAR, *_abc())]),
    ]


def countries() -> list[tuple[str, str]]:
    """Home, then all others, without provinces."""
    return [(code, name(code)) for code in (HOME, *NEAR, *_abc())]


def _abc() -> list[str]:
    """FAR by the names that the reader sees, accents left out."""
    # the common characters stand in GB 18030 by their pinyin
    return sorted(FAR, key=lambda code: normalize("NFKD", name(code)).encode("gb18030"))


def some(codes: list[str] | tuple[str, ...], most: int = 4) -> str:
    """A few of them by name: “Zhejiang, Jiangsu and 3 more”."""
    shown = ", ".join(name(code) for code in codes[:most])
    if len(codes) <= most:
        return shown
    return _("%(names)s and %(n)s more") % {"names": shown, "n": len(codes) - most}
