"""The export for a terminal."""

from dataclasses import dataclass
from datetime import datetime
from os import PathLike
from pathlib import Path

from django.utils.translation import gettext as _

from goodword.kit import clock
from goodword.kit.errors import NotFound

from ..importing.command import find_shop
from .files import Exported, export


@dataclass(frozen=True, slots=True)
class Written:
    """Where the file is, and what is in it."""

    path: Path
    file: Exported


def run(
    shop_name: str,
    form: str,
    path: str | PathLike[str] | None = None,
    owner: str | None = None,
    *,
    base: str = "",
    now: datetime | None = None,
) -> Written:
    """Write the shop's catalogue to `path`, or under the format's usual name where one stands.

    Raises Refused with one sentence: UnknownFormat, NotFound (shop, member, folder), Conflict.
    """
    shop = find_shop(shop_name, owner)
    file = export(shop=shop, form=form, base=base.rstrip("/"), now=now or clock.now())
    where = Path(path or file.name)
    if where.is_dir():
        where /= file.name
    try:
        where.write_bytes(file.data)
    except OSError as error:
        raise NotFound(
            _("“%(path)s” cannot be written: %(why)s.") % {"path": where, "why": error.strerror}
        ) from error
    return Written(where, file)
