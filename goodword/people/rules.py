"""What a handle, a name and a profile may be. Pure: text in, clean text out, or a refusal."""

import re
import unicodedata
from datetime import date

from babel import Locale
from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid

HANDLE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")  # dots only between: /@lin. would end a sentence
HANDLE_MIN, HANDLE_MAX = 3, 30
NAME_MAX = 60
BIO_MAX = 300
TOKEN_NAME_MAX = 60
TOKENS_MAX = 20

# Names that would speak for the house, or that an address or a program could mistake for its own.
RESERVED_WORDS = (
    "about account accounts admin administrator all anonymous api avatar avatars bot cart "
    "checkout circle compose everyone friends goodword guest health healthz help home house "
    "info judge jury language listing listings login logout mail market me member members "
    "moderator moment moments news none notices null official operator order orders owner "
    "pictures postmaster readyz rules root sales security seller service settings shop shops "
    "signup site staff static status support system team test timeline undefined webmaster www "
    "you"
)
RESERVED = frozenset(RESERVED_WORDS.split())

# Unicode's controls and its invisible joiners and direction marks: two names must not look alike
# and differ only in them, and a name must not turn the rest of the page around.
UNSEEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)

# The first mark found in a user agent names it; many programs also carry the marks of others.
PROGRAMS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("HarmonyOS", "HarmonyOS"),
    ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip

THEMES = ("", "light", "dark")
LANGUAGES = ("", "en", "zh-hans")
# ISO 3166-1 as the CLDR knows it, without its groups, placeholders and reserved codes.
REGIONS = frozenset(
    code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)
) - frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


class BadHandle(Invalid):
    """This text cannot be a handle; the sentence says why."""


class BadName(Invalid):
    """This text cannot be a member's name."""


class BadProfile(Invalid):
    """A profile field holds what it cannot."""


def handle(text: str) -> str:
    """`text` as a handle: 3 to 30 of a–z, 0–9, "_" and single inner dots, lower case.

    Raises BadHandle.
    """
    value = text.strip().lower()
    if not HANDLE_MIN <= len(value) <= HANDLE_MAX:
        raise _bad_handle(_("A handle has 3 to 30 characters."))
    if not HANDLE.fullmatch(value):
        raise _bad_handle(
            _("A handle has only the letters a to z, digits and “_”, and dots between them.")
        )
    if value in RESERVED:
        raise _bad_handle(_("This handle is kept for the house. Choose another one."))
    return value


def display_name(text: str) -> str:
    """`text` as a name: NFC, one line, 1 to 60 characters. Raises BadName."""
    value = line(text)
    if not value:
        raise _bad_name(_("Write the name that your friends know you by."))
    if len(value) > NAME_MAX:
        raise _bad_name(_("A name has at most 60 characters."))
    return value


def bio(text: str) -> str:
    """`text` as the few words about a member: at most 300 characters. Raises BadProfile."""
    value = line(text)
    if len(value) > BIO_MAX:
        raise _bad_profile("bio", _("At most 300 characters about yourself."))
    return value


def region(code: str) -> str:
    """An ISO 3166-1 alpha-2 code. Raises BadProfile."""
    value = code.strip().upper()
    if value not in REGIONS:
        raise _bad_profile("region", _("Choose a country or region from the list."))
    return value


def language(code: str) -> str:
    """ "en", "zh-hans", or "" for as the browser asks. Raises BadProfile."""
    if code not in LANGUAGES:
        raise _bad_profile("language", _("Choose a language from the list."))
    return code


def theme(name: str) -> str:
    """ "light", "dark", or "" for as the device asks. Raises BadProfile."""
    if name not in THEMES:
        raise _bad_profile("theme", _("Choose light, dark, or as the device."))
    return name


def email(text: str) -> str:
    """An e-mail address as it is claimed and compared: lower case, no blanks around it."""
    return unicodedata.normalize("NFC", text).strip().lower()


def token_name(text: str) -> str:
    """What a token is for, in 1 to 60 characters. Raises BadProfile."""
    value = line(text)
    if not 1 <= len(value) <= TOKEN_NAME_MAX:
        raise _bad_profile("name", _("Say in 1 to 60 characters what the token is for."))
    return value


def line(text: str) -> str:
    """`text` in NFC on one line, without characters that nobody sees."""
    value = UNSEEN.sub(" ", unicodedata.normalize("NFC", text))
    return " ".join(value.split())


def browser(user_agent: str) -> str:
    """“Firefox, Android”: what a person calls the program that sent `user_agent`."""
    program = next((name for mark, name in PROGRAMS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (program, system) if part) or _("Unknown browser")


def marks_a_new_day(last_used_on: date | None, today: date) -> bool:
    """Whether a token's day of use must be written: at most once a day, so reads stay reads."""
    return last_used_on is None or last_used_on < today


def _bad_handle(sentence: str) -> BadHandle:
    return BadHandle(sentence, fields={"handle": sentence})


def _bad_name(sentence: str) -> BadName:
    return BadName(sentence, fields={"display_name": sentence})


def _bad_profile(field: str, sentence: str) -> BadProfile:
    return BadProfile(sentence, fields={field: sentence})
