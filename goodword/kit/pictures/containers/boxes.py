"""The box structure that HEIC and AVIF share (ISO/IEC 14496-12, items as in 23008-12)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..cursor import Cursor
from ..measure import check_parts
from ..refusals import Damaged, Incomplete, RareKind

# What describes the items is a few kilobytes; a large one is only a way to keep us busy.
MAX_META = 2 * 1024 * 1024
MAX_ITEMS = 1_000  # libheif's own limit


@dataclass(frozen=True, slots=True)
class Box:
    kind: bytes
    start: int  # of its header
    body: int
    end: int

    def cursor(self, raw: bytes) -> Cursor:
        return Cursor(raw, self.body, self.end)


@dataclass
class Items:
    """The items of one file: what they are, what describes them, where their bytes are."""

    primary: int = 0
    kinds: dict[int, bytes] = field(default_factory=dict)
    kind_at: dict[int, int] = field(default_factory=dict)  # where in the file the kind is written
    properties: list[Box] = field(default_factory=list)
    owned: dict[int, list[int]] = field(default_factory=dict)  # item: places in `properties`
    extents: dict[int, list[tuple[int, int]]] = field(
        default_factory=dict
    )  # start, end in the file
    references: list[tuple[bytes, int, list[int]]] = field(default_factory=list)

    def data(self, raw: bytes, item: int) -> bytes:
        extents = self.extents.get(item, [])
        # Extents may overlap by their numbers; then a small file would hold a very large item.
        if not 0 < sum(end - start for start, end in extents) <= len(raw):
            raise Damaged
        return b"".join(raw[start:end] for start, end in extents)

    def properties_of(self, item: int) -> list[Box]:
        return [self.properties[place] for place in self.owned.get(item, [])]

    def referred(self, how: bytes, item: int) -> list[int]:
        """The items to which `item` refers in the way `how`."""
        pointed = [to for kind, start, to in self.references if kind == how and start == item]
        return [each for to in pointed for each in to]

    def referring(self, how: bytes, item: int) -> list[int]:
        """The items that refer to `item` in the way `how`."""
        return [start for kind, start, to in self.references if kind == how and item in to]


def walk(raw: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes from `start` to `end`, which they must fill exactly."""
    cursor = Cursor(raw, start, end)
    count = 0
    while cursor.left:
        count += 1
        check_parts(count)
        at = cursor.at
        size, kind = cursor.number(4), cursor.take(4)
        if size == 1:
            size = cursor.number(8)
        elif size == 0:  # to the end of the file
            size = end - at
        if kind == b"uuid":
            cursor.skip(16)
        if size < cursor.at - at:
            raise Damaged
        body = cursor.at
        cursor.skip(at + size - body)
        yield Box(kind, at, body, cursor.at)


def items(raw: bytes, meta: Box) -> Items:
    """What the `meta` box says; raises Damaged where it contradicts itself."""
    check_parts(meta.end - meta.start, most=MAX_META)
    found = Items()
    inside = only_once(list(walk(raw, meta.body + 4, meta.end)))
    for needed in (b"pitm", b"iinf", b"iprp", b"iloc"):
        if needed not in inside:
            raise Damaged
    version, pitm = _full(raw, inside[b"pitm"])
    found.primary = pitm.number(4 if version else 2)
    _read_kinds(raw, inside[b"iinf"], found)
    _read_properties(raw, inside[b"iprp"], found)
    _read_extents(raw, inside[b"iloc"], inside.get(b"idat"), found)
    if b"iref" in inside:
        _read_references(raw, inside[b"iref"], found)
    return found


def only_once(boxes: list[Box]) -> dict[bytes, Box]:
    """The boxes by kind. Of two of a kind we might believe one and a decoder the other: Damaged."""
    by_kind = {box.kind: box for box in boxes if box.kind not in (b"free", b"skip", b"uuid")}
    if len(by_kind) < sum(box.kind not in (b"free", b"skip", b"uuid") for box in boxes):
        raise Damaged
    return by_kind


def _full(raw: bytes, box: Box) -> tuple[int, Cursor]:
    cursor = box.cursor(raw)
    version = cursor.number(1)
    cursor.skip(3)
    return version, cursor


def _read_kinds(raw: bytes, iinf: Box, found: Items) -> None:
    version, cursor = _full(raw, iinf)
    cursor.skip(4 if version else 2)
    for box in walk(raw, cursor.at, iinf.end):
        version, entry = _full(raw, box)
        check_parts(len(found.kinds), most=MAX_ITEMS - 1)
        if box.kind != b"infe" or version < 2:
            raise Damaged
        item = entry.number(4 if version > 2 else 2)
        entry.skip(2)
        if item in found.kinds:
            raise Damaged
        found.kind_at[item] = entry.at
        found.kinds[item] = entry.take(4)


def _read_properties(raw: bytes, iprp: Box, found: Items) -> None:
    for box in walk(raw, iprp.body, iprp.end):
        if box.kind == b"ipco":
            if found.properties:
                raise Damaged
            found.properties += walk(raw, box.body, box.end)
        elif box.kind == b"ipma":
            _read_owned(raw, box, found)


def _read_owned(raw: bytes, ipma: Box, found: Items) -> None:
    version, cursor = _full(raw, ipma)
    wide = raw[ipma.body + 3] & 1
    entries = cursor.number(4)
    check_parts(entries + len(found.owned), most=MAX_ITEMS)
    for _ in range(entries):
        item = cursor.number(4 if version else 2)
        if item in found.owned:
            raise Damaged
        owned = found.owned[item] = []
        for _ in range(cursor.number(1)):
            place = cursor.number(2) & 0x7FFF if wide else cursor.number(1) & 0x7F
            if place > len(found.properties):
                raise Damaged
            if place:  # 0 means none
                owned.append(place - 1)


def _read_extents(raw: bytes, iloc: Box, idat: Box | None, found: Items) -> None:
    version, cursor = _full(raw, iloc)
    if version > 2:
        raise Damaged
    sizes = cursor.number(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    if {offset, length, base} - {0, 4, 8}:
        raise Damaged
    entries = cursor.number(4 if version == 2 else 2)
    check_parts(entries, most=MAX_ITEMS)
    for _ in range(entries):
        item = cursor.number(4 if version == 2 else 2)
        if item in found.extents:
            raise Damaged
        method = cursor.number(2) & 15 if version else 0
        cursor.skip(2)
        start = cursor.number(base)
        room = _room(raw, method, idat)
        extents: list[tuple[int, int]] = []
        pieces = cursor.number(2)
        check_parts(pieces, most=MAX_ITEMS)
        for _ in range(pieces):
            cursor.skip(index if version else 0)
            at = room[0] + start + cursor.number(offset)
            end = at + cursor.number(length) if length else room[1]
            if end > room[1] or at > end:
                raise Incomplete
            extents.append((at, end))
        found.extents[item] = extents


def _room(raw: bytes, method: int, idat: Box | None) -> tuple[int, int]:
    if method == 0:
        return 0, len(raw)
    if method == 1 and idat:
        return idat.body, idat.end
    raise RareKind


def _read_references(raw: bytes, iref: Box, found: Items) -> None:
    version, cursor = _full(raw, iref)
    width, total = 4 if version else 2, 0
    for box in walk(raw, cursor.at, iref.end):
        entry = box.cursor(raw)
        start = entry.number(width)
        ends = [entry.number(width) for _ in range(entry.number(2))]
        found.references.append((box.kind, start, ends))
        total += 1 + len(ends)
        check_parts(total, most=4 * MAX_ITEMS)
