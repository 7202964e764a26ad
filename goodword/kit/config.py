"""Settings from the environment, typed, read once, failing early with the variable's name."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from babel.numbers import list_currencies


class BadSetting(SystemExit):
    """A setting that cannot work; its sentence names the variable."""


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
    return Config(
        data=Path(env.get("GOODWORD_DATA") or "data").absolute(),
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
    )


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
