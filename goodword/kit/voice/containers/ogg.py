"""Ogg: Firefox, messengers."""

from ..refusals import Damaged, Incomplete, SeveralTracks, SomethingHidden
from . import MAX_PARTS

MAGIC = b"OggS"
_HEAD = 27


def walk(raw: bytes) -> None:
    """Raise a refusal unless `raw` is whole pages of one stream."""
    at, stream = 0, raw[14:18]
    for _ in range(MAX_PARTS):
        if at == len(raw):
            return
        page = raw[at : at + _HEAD]
        if not MAGIC.startswith(page[:4]) and not page.startswith(MAGIC):
            raise SomethingHidden
        table = raw[at + _HEAD : at + _HEAD + page[-1]]
        if len(page) < _HEAD or len(table) < page[-1]:
            raise Incomplete
        if page[14:18] != stream:
            raise SeveralTracks
        at += _HEAD + len(table) + sum(table)
        if at > len(raw):
            raise Incomplete
    raise Damaged
