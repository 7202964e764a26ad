"""The import for a terminal: the same reading, preview and carrying out as on the page."""

from dataclasses import dataclass
from datetime import datetime
from os import PathLike
from pathlib import Path

from django.utils.translation import gettext as _

from goodword.kit import clock
from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.people import queries as people
from goodword.people.models import Member

from .. import queries
from ..actions.shops import open_shop
from ..imports import Choices
from ..models import Shop
from .applying import apply
from .plan import Defaults
from .previewing import Preview, Progress, Result, RowView, look, rows, too_long
from .reading import preview


@dataclass(frozen=True, slots=True)
class Imported:
    """`preview` as the file was read; `result` None when it was only looked at.

    `rows` are all items with their sentences, in the file's order.
    """

    preview: Preview
    result: Result | None
    rows: list[RowView]


def run(
    path: str | PathLike[str],
    shop_name: str,
    owner: str | None = None,
    *,
    progress: Progress | None = None,
    defaults: Defaults | None = None,
    choices: Choices | None = None,
    look_only: bool = False,
    now: datetime | None = None,
) -> Imported:
    """Import the file at `path` into the shop of that name.

    `owner` is a handle: it tells shops of one name apart, and opens the shop when there is none.
    `choices` says what the file does not: the currency of its prices, what its columns mean.
    `progress(stage, done, total)` is called with "reading" and then "writing". Raises Refused with
    one sentence: NotFound (file, shop or member), Conflict (which shop?), Unreadable, TooBig.
    """
    at = now or clock.now()
    data = _bytes(Path(path))
    shop = _shop(shop_name.strip(), owner, look_only=look_only, now=at)
    found = preview(
        owner=shop.owner, shop=shop, data=data, file_name=Path(path).name, now=at,
        choices=choices, progress=progress,
    )  # fmt: skip
    if not look_only:
        apply(owner=shop.owner, run=found.run, defaults=defaults, now=at, progress=progress)
    kept = queries.import_run(shop.owner_id, found.run)
    first = rows(kept)
    pages = [rows(kept, page=number).rows for number in range(2, first.pages + 1)]
    everything = [*first.rows, *(row for page in pages for row in page)]
    return Imported(found, None if look_only else look(kept).result, everything)


def _bytes(path: Path) -> bytes:
    try:
        too_long(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise NotFound(
            _("“%(path)s” cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
        ) from error


def find_shop(name: str, owner: str | None) -> Shop:
    """The open shop of that name. Raises NotFound, Conflict when there are several, and Invalid
    for an owner without a shop.
    """
    return _shop(name.strip(), owner, look_only=True, now=clock.now())


def _shop(name: str, owner: str | None, *, look_only: bool, now: datetime) -> Shop:
    member = _member(owner) if owner else None
    found = [one for one in queries.shops_named(name) if not member or one.owner_id == member.id]
    if len(found) == 1:
        return found[0]
    if found:
        handles = ", ".join(one.owner.handle for one in found)
        raise Conflict(
            _("Several shops are called “%(name)s”. Say whose you mean: %(handles)s.")
            % {"name": name, "handles": handles}
        )
    if member is None:
        raise NotFound(
            _("There is no shop called “%(name)s”. Name its owner, and it is opened.")
            % {"name": name}
        )
    if other := queries.my_shop(member.id):
        raise Conflict(
            _("%(handle)s's shop is called “%(name)s”.")
            % {"handle": member.handle, "name": other.name}
        )
    if look_only:
        raise Invalid(_("Name a shop that is open."))
    return open_shop(owner=member, name=name, now=now)


def _member(handle: str) -> Member:
    found = people.by_handle(handle.lstrip("@"))
    if found is None:
        raise NotFound(_("There is nobody here called “%(handle)s”.") % {"handle": handle})
    return found
