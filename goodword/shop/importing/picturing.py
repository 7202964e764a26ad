"""The pictures that an import only names: uploaded by the handful, hung by their file names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import IO

from django.utils.translation import ngettext

from goodword.kit import house
from goodword.kit.errors import Refused
from goodword.people.models import Member

from ..actions.pictures import add_pictures
from ..models import ImportRow, ImportRun, ListingPicture

SHOWN = 5  # names in one sentence


@dataclass(frozen=True, slots=True)
class Hung:
    """How many pictures went to how many listings, and sentences about those that did not."""

    pictures: int
    listings: int
    sentences: list[str]


def hang(
    *, owner: Member, run: ImportRun, files: Sequence[tuple[str, IO[bytes]]], now: datetime
) -> Hung:
    """Give each picture (file name, stream) to the imported listings that name it.

    The name counts without its ending, in any case. A picture that hangs there already, or would
    be one too many, is left out; one that cannot be read gets its sentence and stops nothing.
    """
    rows = ImportRow.objects.filter(run=run).exclude(listing=None).exclude(picture_names=[])
    wanted: dict[str, list[ImportRow]] = {}
    for row in rows.order_by("position"):
        for name in row.picture_names:
            wanted.setdefault(name.casefold(), []).append(row)
    hung, touched, sentences, strange = 0, set(), [], []
    for file_name, stream in files:
        named = wanted.get(PurePath(file_name).stem.casefold())
        if not named:
            strange.append(file_name)
            continue
        try:
            for row in named:
                if _hang_one(owner, row, stream, now):
                    hung += 1
                    touched.add(row.listing_id)
        except Refused as error:
            sentences.append(f"“{file_name}”: {error}")
    if strange:
        sentences.append(_unnamed(strange))
    return Hung(hung, len(touched), sentences)


def _unnamed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
    return ngettext(
        "No item names this picture: %(names)s.",
        "No item names these %(n)s pictures: %(names)s.",
        len(names),
    ) % {"n": len(names), "names": shown}


def _hang_one(owner: Member, row: ImportRow, stream: IO[bytes], now: datetime) -> bool:
    shown = ListingPicture.objects.filter(listing=row.listing_id, removed_at=None)
    if shown.count() >= house.rules(now).pictures_at_most or row.listing_id is None:
        return False
    stream.seek(0)
    values = ListingPicture.values(stream)
    if shown.filter(sha256=values["sha256"]).exists():
        return False
    add_pictures(
        seller=owner, listing=row.listing_id, pictures=[{**values, "alt": row.title}], now=now
    )
    return True
