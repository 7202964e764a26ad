"""Settings from the environment, typed, read once, failing early with the variable's name."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

from babel.numbers import list_currencies


class BadSetting(SystemExit):
    """A setting that cannot work; its sentence names the variable."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server that takes the house's letters."""

    host: str
    port: int
    security: str  # "starttls", "tls" from the first byte, or "none" within this machine
    user: str = ""  # empty: no sign-in
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Backups:
    """The backup that the house writes by itself each night."""

    folder: Path
    hour: int  # of the house's own time zone, from which on it is due
    keep: int  # so many are kept, the new one among them


@dataclass(frozen=True, slots=True)
class Config:
    data: Path
    database_url: str
    port: int
    events_url: str  # empty: the page's own host on port + 1
    hosts: tuple[str, ...]
    debug: bool
    demo: bool
    https: bool
    language: str
    time_zone: str
    currency: str  # the house's own: in which it counts what a private person may sell
    log_level: str
    smtp: Smtp | None  # None: letters are written to files and reach nobody
    mail_from: str
    backups: Backups | None  # None: nobody but the operator makes them

    @property
    def media(self) -> Path:
        return self.data / "media"

    @property
    def public_url(self) -> str:
        """Where letters lead: the first host of GOODWORD_HOSTS, or this machine."""
        if not self.hosts:
            return f"http://localhost:{self.port}"
        return f"{'https' if self.https else 'http'}://{self.hosts[0].lstrip('*.')}"


def read(env: "os._Environ[str] | dict[str, str]" = os.environ) -> Config:
    """The configuration that `env` gives; raises BadSetting."""
    data = Path(env.get("GOODWORD_DATA") or "data").absolute()
    smtp = _smtp(given(data, env, "GOODWORD_SMTP"))
    return Config(
        data=data,
        database_url=env.get("DATABASE_URL", ""),
        port=_port(env.get("GOODWORD_PORT") or "8000"),
        events_url=env.get("GOODWORD_EVENTS_URL", ""),
        hosts=tuple(h.strip() for h in env.get("GOODWORD_HOSTS", "").split(",") if h.strip()),
        debug=_flag(env, "GOODWORD_DEBUG"),
        demo=_flag(env, "GOODWORD_DEMO"),
        https=_flag(env, "GOODWORD_HTTPS"),
        language=_language(env.get("GOODWORD_LANGUAGE") or "en"),
        time_zone=_time_zone(env.get("GOODWORD_TIME_ZONE") or "UTC"),
        currency=_currency(env.get("GOODWORD_CURRENCY") or "CNY"),
        log_level=_log_level(env.get("GOODWORD_LOG_LEVEL") or "INFO"),
        smtp=smtp,
        mail_from=_mail_from(env.get("GOODWORD_MAIL_FROM", "").strip(), needed=smtp is not None),
        backups=_backups(data, env),
    )


def given(data: Path, env: Mapping[str, str], name: str) -> str:
    """The variable `name`, or the file of the data folder that stands for it; empty without both.

    The file is `secrets/` and the name without GOODWORD_, in small letters with dashes. Raises
    BadSetting when it cannot be read, or others can read it.
    """
    if value := env.get(name, "").strip():
        return value
    file = data / "secrets" / name.removeprefix("GOODWORD_").lower().replace("_", "-")
    return _private(file, name)


def retired(data: Path, name: str) -> list[str]:
    """What the secret `name` was before, newest first: it opens what is old and closes nothing.

    One a line in the file `secrets/` and the name with `.retired`, the newest last.
    """
    return _private(data / "secrets" / f"{name}.retired", name).splitlines()[::-1]


def _private(file: Path, name: str) -> str:
    """What is in a file for its owner's eyes only; empty without one. Raises BadSetting."""
    try:
        text = file.read_text().strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise BadSetting(f"{name} cannot be read from {file}: {error.strerror}.") from error
    if file.stat().st_mode & 0o077:
        raise BadSetting(f"{name} in {file} can be read by others: `chmod 600 {file}`.")
    return text


def secret(data: Path, name: str) -> str:
    """The secret `name` of this instance: made at first use, kept in the data folder, mode 0600."""
    folder = data / "secrets"
    file = folder / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _settled(file)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48) + "\n")
        return file.read_text().strip()
    except OSError as error:
        raise BadSetting(
            f"The data folder {data} cannot be used ({error.strerror}). "
            "Set GOODWORD_DATA to a folder that you may write."
        ) from error


def _settled(file: Path) -> str:
    # Another process may have made the file and not yet written it.
    for _try in range(200):
        if text := file.read_text().strip():
            return text
        os.sched_yield()
    raise BadSetting(f"{file} is empty. Remove it, and a new secret is made.")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65535:
        raise BadSetting(f"GOODWORD_PORT is {text!r}; it must be a number from 1 to 65534.")
    return int(text)


def _flag(env: "os._Environ[str] | dict[str, str]", name: str) -> bool:
    value = env.get(name, "").lower()
    if value in ("", "0", "no", "false"):
        return False
    if value in ("1", "yes", "true"):
        return True
    raise BadSetting(f"{name} is {value!r}; it must be 1 or 0.")


def _language(text: str) -> str:
    if text not in ("en", "zh-hans"):
        raise BadSetting(f"GOODWORD_LANGUAGE is {text!r}; it must be en or zh-hans.")
    return text


def _currency(text: str) -> str:
    if text not in list_currencies():
        raise BadSetting(f"GOODWORD_CURRENCY is {text!r}; it must be a code like CNY or EUR.")
    return text


def _time_zone(text: str) -> str:
    if text not in available_timezones():
        raise BadSetting(
            f"GOODWORD_TIME_ZONE is {text!r}; it must be a name like Asia/Shanghai or UTC."
        )
    return text


def _log_level(text: str) -> str:
    if text not in LEVELS:
        raise BadSetting(f"GOODWORD_LOG_LEVEL is {text!r}; it must be one of {', '.join(LEVELS)}.")
    return text


def _backups(data: Path, env: "os._Environ[str] | dict[str, str]") -> Backups | None:
    """Whether the folder is there is asked when a backup is due: without it a house still opens."""
    text = env.get("GOODWORD_BACKUPS", "").strip()
    hour = _count(env, "GOODWORD_BACKUPS_HOUR", usual=3, least=0, most=23)
    keep = _count(env, "GOODWORD_BACKUPS_KEEP", usual=14, least=1, most=1000)
    if not text:
        return None
    folder = Path(text)
    if not folder.is_absolute():
        raise BadSetting(
            f"GOODWORD_BACKUPS is {text!r}; it must be a whole path like /backups/goodword."
        )
    if folder.resolve().is_relative_to(data.resolve()):
        raise BadSetting(
            f"GOODWORD_BACKUPS is {text}, which lies in the data folder {data}: what destroys the "
            "one destroys the other. Name a folder elsewhere, best on another disk."
        )
    return Backups(folder, hour, keep)


def _count(
    env: "os._Environ[str] | dict[str, str]", name: str, *, usual: int, least: int, most: int
) -> int:
    text = env.get(name, "").strip() or str(usual)
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise BadSetting(f"{name} is {text!r}; it must be a number from {least} to {most}.")
    return int(text)


LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SCHEMES = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}
HERE = ("localhost", "127.0.0.1", "::1")
LIKE_SMTP = "It looks like smtp://user:password@mail.example:587. See docs/operations/mail.md."


def _smtp(text: str) -> Smtp | None:
    """None for no text. No sentence of it quotes the text, which holds a password."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # its own words quote what may be a piece of the password
        raise _bad_smtp(
            "cannot be read: /, ?, #, @, : and % in a password must be %-encoded"
        ) from None
    if parts.scheme not in SCHEMES:
        raise _bad_smtp("must begin with smtp://, smtps:// or smtp+plain://")
    if not re.fullmatch(r"[A-Za-z0-9.:-]+", host):
        raise _bad_smtp("names no host")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise _bad_smtp("goes on after the port: /, ? and # in a password must be %-encoded")
    security, usual = SCHEMES[parts.scheme]
    if security == "none" and host not in HERE:
        raise _bad_smtp("would send letters in the clear: smtp+plain:// is for this machine only")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise _bad_smtp("has a user without a password, or a password without a user")
    if not re.fullmatch(r"[\x20-\x7e]*", user + password):
        raise _bad_smtp("may have only ASCII in user and password: SMTP signs in with nothing else")
    return Smtp(host, port or usual, security, user, password)


def _bad_smtp(what: str) -> BadSetting:
    return BadSetting(f"GOODWORD_SMTP {what}. {LIKE_SMTP}")


def _mail_from(text: str, *, needed: bool) -> str:
    if not text:
        if needed:
            raise BadSetting(
                "GOODWORD_SMTP is set, and GOODWORD_MAIL_FROM is missing: the address that letters "
                "come from, such as Our circle <circle@mail.example>."
            )
        return "goodword@localhost"
    address = parseaddr(text)[1]
    alone = re.fullmatch(r"[^\s<>]+|[^<>\r\n]*<[^<>]+>", text)
    if not alone or not re.fullmatch(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+", address):
        raise BadSetting(
            f"GOODWORD_MAIL_FROM is {text!r}; it must be one address, such as "
            "circle@mail.example or Our circle <circle@mail.example>."
        )
    return text
