"""Finds what leads a buyer off the platform: accounts, numbers, addresses, links, codes to scan.

Patterns look at the folded text (see `folding`), in the order of `FINDERS`; what one has found is
covered up for the next, so that a number inside a link or behind "WeChat" is reported once. No
contact is: a number inside an address, an image's hash or a longer code; "WeChat Pay"; a picture's
address. Every repeat in a pattern is bounded: no text makes them hang.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from .folding import fold
from .model import Contact, ContactKind

Found = tuple[int, int, str]  # start and end in the folded text, the handle

WINDOW = 30  # folded letters after a keyword in which its handle must begin

_WECHAT = re.compile(
    r"微[\s.]{0,2}信|(?<![a-z0-9])[vw][\s.+]{0,2}信|w\s?e\s?i\s?x\s?i\s?n(?![a-z])|we[\s.]?chat"
    r"|(?<![a-z0-9])[vw][\s.]{0,2}x(?![a-z])"
    r"|加[\s.]{0,2}(?:v(?![a-z领字形型口])|微(?![量波弹米型小孔软生粒热调晶信])|卫星)"
    r"|卫星号|绿泡泡|微信?号|(?<![a-z0-9])v号"
)
_PAYS = re.compile(
    r"[\s.]{0,3}(?:支付|付款|钱包|红包|转账|小程序|朋友圈|pay|wallet|mini|moments|store|app\b)"
)
_ADDS = re.compile(
    r"(?:加|添|联系|咨询|找|搜|add|contact|text|message|dm|on|my|our|via)[^\n]{0,6}$"
)
_SAYS = re.compile(r"(?:id|number|no\.?|account|is|me|at|same)(?![a-z])")
_NAMES = re.compile(r"[:=@(\[【]|号|id|account|number|是|为|搜")
_ID = re.compile(r"(?<![a-z0-9_-])(?:[a-z][a-z0-9_-]{5,19}|\d{5,11})(?![a-z0-9_@-])")
_LINE_END = re.compile(r"\A([ \t:]{0,4})\n")  # "WeChat:" alone on its line speaks of the next
_STOPS = re.compile(r"[\n。！？!?;；]")
_NO_NAMES = """official service customer support online please before business contact buyers
    sellers details welcome discount article picture number groups follow friend friends moment"""
_WORDS = frozenset(_NO_NAMES.split())

_INVITES = re.compile(
    r"(?:加|添|联系|咨询|找|➕)[^\n。,，]{0,3}(?:微信|v信|weixin|wechat|(?<![a-z])vx)"
    r"|微信[^\n。,，]{0,3}(?:联系|咨询|聊|下单|优惠|购买|找我)"
    r"|(?:add|contact|message|text)\s{1,2}(?:me|us)\s{1,2}(?:on|via|by|at)\s{1,2}(?:wechat|weixin)"
)
_CODES = re.compile(
    r"(?:扫|识别|长按|保存|加)[^\n。]{0,8}(?:二维码|qr)"
    r"|二维码[^\n。]{0,4}(?:加|咨询|联系|购买|关注|添|下单|进)"
    r"|扫一?(?:码|扫)[^\n。]{0,2}(?:加|咨询|联系|购|关注|添|下单|进|入|领)"
    r"|scan\s{1,2}(?:(?:the|this|my|our)\s{1,2})?(?:qr[\s-]?)?code"
)
_QQ = re.compile(
    r"(?:(?<![a-z0-9])q[\s.]{0,2}q(?![a-z])|扣扣|企鹅号|企鹅(?=[:])|(?<![a-z0-9])q[号群])"
    r"[^a-z0-9\n]{0,8}(?:id)?[^a-z0-9\n]{0,3}(?P<id>[1-9]\d{4,10})(?![a-z0-9_])"
)
_MESSENGER = re.compile(
    r"(?:whatsapp|telegram|电报|(?<![a-z])line\s?id|kakao(?:talk)?|skype|旺旺|抖音号|小红书号)"
    r"[\s]{0,2}(?:(?:id|号|名)[\s]{0,2})?[:@=]\s{0,2}(?P<id>[^\s,，。;；<>()（）]{3,30})"
)
_EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])(?P<id>[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})"
)
_TOP = "com|cn|net|org|shop|store|vip|top|cc|jp|hk|tw|me|xyz|club|link|io|ly"
_LINK = re.compile(
    r"https?:/{1,2}[^\s<>\"'\u3000-\u9fff\uff00-\uffef]{3,2000}"
    r"|(?<![a-z0-9@._-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}"
    rf"(?:{_TOP})(?![a-z0-9-])(?:/[^\s<>\"'\u3000-\u9fff\uff00-\uffef]{{0,2000}})?"
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tbi)(?:_[^/]{0,40})?(?:[?#].{0,500})?$")
_PICTURE_HOSTS = ("alicdn.com", "tbcdn.cn", "taobaocdn.com")

_BARE = r"(?:(?<![a-z0-9_!%&=#+])|(?<=tel)|(?<=phone)|(?<=mobile)|(?<=sms)|(?<=vx)|(?<=wx)|(?<=qq))"
_ENDS = r"(?![a-z0-9_!%&=#]|\.[a-z0-9])"
_ALONE, _LAST = r"(?<!\d[\s.-])", r"(?![\s.-]\d)"  # no member of a row of numbers
_PHONE = re.compile(
    rf"{_BARE}{_ALONE}(?:\+?86[\s-]?)?1[3-9]\d{{9}}{_ENDS}"
    rf"|{_BARE}{_ALONE}(?:\+?86[\s-]?)?1[3-9]\d(?P<a>[\s.-])(?:\d{{4}}(?P=a)\d{{4}}"
    rf"|\d{{3}}(?P=a)\d{{5}}){_ENDS}{_LAST}"
    rf"|{_BARE}{_ALONE}1[\s.*-]{{1,2}}[3-9](?:[\s.*-]{{1,2}}\d){{9}}{_ENDS}{_LAST}"
    rf"|{_BARE}{_ALONE}(?:0\d{{2,3}}[\s-]|\(0\d{{2,3}}\)\s?)[2-9]\d{{6,7}}{_ENDS}{_LAST}"
    rf"|{_BARE}{_ALONE}[48]00[\s-]\d{{3}}[\s-]?\d{{4}}{_ENDS}{_LAST}"
    rf"|(?<![a-z0-9+])\+[1-9]\d{{0,2}}(?:[\s()-]{{0,2}}\d){{7,12}}{_ENDS}"
)


def find_contacts(text: str, *, field: str) -> tuple[Contact, ...]:
    """Every contact in `text`, in order, none overlapping; `field` is what the text is called."""
    folded = fold(text)
    visible = folded.text
    contacts: list[Contact] = []
    for kind, find, mask in FINDERS:
        for start, end, handle in list(find(visible)):
            visible = visible[:start] + "\n" * (end - start) + visible[end:]
            if not (kind is ContactKind.LINK and _is_picture(handle)):
                contacts.append(Contact(kind, field, *folded.span(start, end), mask(handle)))
    return tuple(sorted(contacts, key=lambda one: one.start))


def _wechat(text: str) -> Iterator[Found]:
    """A keyword, then within a few letters an account: 6 to 20 letters and digits, or a number."""
    done = 0
    for key in _WECHAT.finditer(text):
        if key.start() < done or _PAYS.match(text, key.end()):
            continue
        window = _LINE_END.sub(r"\1 ", text[key.end() : key.end() + WINDOW + 20])
        stop = _STOPS.search(window)
        found = _ID.search(window[: stop.start()] if stop else window)
        if not found or found.start() > WINDOW:
            continue
        gap = window[: found.start()]
        before = text[max(0, key.start() - 14) : key.start()]
        if _is_account(found.group(), gap, key.group(), added=bool(_ADDS.search(before))):
            done = key.end() + found.end()
            yield key.start(), done, found.group()


def _is_account(name: str, gap: str, key: str, *, added: bool) -> bool:
    """Whether `name` belongs to the keyword: other words between them say no."""
    if re.search(r"[a-z0-9]", _SAYS.sub("", gap)) or name in _WORDS:
        return False
    said = added or key.startswith("加") or bool(_NAMES.search(gap)) or key.endswith("号")
    if said:
        return True
    if key[0] in "vw" and key[-1] == "x":  # vx and wx also begin part numbers
        return not name.isdigit() and "-" not in gap and bool(re.search(r"\d", name))
    return len(gap) <= 4 and bool(re.search(r"[\d_-]", name))


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Found]]:
    """Finder for a pattern whose group `id`, or else the whole, is the handle."""
    named = "id" in pattern.groupindex

    def find(text: str) -> Iterator[Found]:
        for found in pattern.finditer(text):
            yield found.start(), found.end(), found["id"] if named else found.group()

    return find


def _is_picture(address: str) -> bool:
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return False
    return host.endswith(_PICTURE_HOSTS) or bool(_PICTURE.search(address))


def _mask_name(handle: str) -> str:
    return f"{handle[:2]}•••{handle[-1:]}"


def _mask_number(handle: str) -> str:
    digits = re.sub(r"[^\d+]", "", handle)
    return f"{digits[:3]}••••{digits[-2:]}"


def _mask_email(handle: str) -> str:
    name, _at, domain = handle.partition("@")
    return f"{name[:1]}•••@{domain}"


def _mask_link(address: str) -> str:
    return re.sub(r"^https?:/+", "", address).partition("/")[0][:60]


def _mask_wechat(handle: str) -> str:
    return _mask_number(handle) if handle.isdigit() else _mask_name(handle)


def _nothing(_handle: str) -> str:
    return ""


FINDERS: tuple[tuple[ContactKind, Callable[[str], Iterator[Found]], Callable[[str], str]], ...] = (
    (ContactKind.EMAIL, _matches(_EMAIL), _mask_email),
    (ContactKind.LINK, _matches(_LINK), _mask_link),
    (ContactKind.WECHAT, _wechat, _mask_wechat),
    (ContactKind.QQ, _matches(_QQ), _mask_number),
    (ContactKind.MESSENGER, _matches(_MESSENGER), _mask_name),
    (ContactKind.PHONE, _matches(_PHONE), _mask_number),
    (ContactKind.CODE, _matches(_CODES), _nothing),
    (ContactKind.INVITATION, _matches(_INVITES), _nothing),
)
