"""HEIC (HEVC in HEIF) and AVIF (AV1 in HEIF); of a sequence the still that comes with it."""

from collections import Counter
from collections.abc import Iterator

from .. import hidden
from ..cursor import Cursor
from ..measure import check_parts, check_size
from ..refusals import Damaged, NotAPicture, RareKind, TooManyPixels
from ..shapes import PictureLimits, Still
from .boxes import MAX_ITEMS, MAX_META, Box, Items, items, walk
from .codecs import Size, av1_sizes, hevc_config, hevc_sizes

MAGIC = b"ftyp"  # at byte 4

_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_SEQUENCE_BRANDS = {b"avis", b"hevc", b"hevx", b"msf1"}
_SHARED_BRANDS = {b"mif1", b"msf1"}
_AV1, _HEVC, _GRID = b"av01", b"hvc1", b"grid"
_METADATA = {b"Exif", b"mime", b"uri "}
_ALPHA_NAMES = (
    b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
    b"urn:mpeg:hevc:2015:auxid:1",
    b"urn:mpeg:avc:2015:auxid:1",
)
_PADDING = 64
_LAYERS = 4  # a grid and its tiles, and the same for its transparency
_MAX_PROPERTY = 4096
_TRACKS = (b"moov", b"trak", b"mdia", b"minf", b"stbl")


def read(raw: bytes, limits: PictureLimits) -> Still:
    _check_brand(raw)
    boxes = list(walk(raw, 0, len(raw)))
    metas = [box for box in boxes if box.kind == b"meta"]
    if not metas:
        raise NotAPicture  # a film: its first frame is no still that came with it
    if len(metas) > 1:
        raise Damaged
    found = items(raw, metas[0])
    shown = _shown(raw, found)
    width, height = _declared(raw, found, found.primary)
    check_size(width, height, limits, frames=_frames(raw, boxes))
    _check_items(raw, found, shown, limits)
    hidden.check_parts(raw)
    coding = {found.kinds[item] for item in shown} - {_GRID}
    if len(coding) != 1:
        raise RareKind
    avif = coding == {_AV1}
    return Still(
        format="AVIF" if avif else "HEIF",
        width=width,
        height=height,
        stream=_only_the_still(raw, boxes, found, b"avif" if avif else b"heic"),
        orientation=_orientation(raw, found) if avif else 1,
        turns=not avif,
    )


def _check_items(raw: bytes, found: Items, shown: Counter[int], limits: PictureLimits) -> None:
    pixels = size = 0
    for item, times in shown.items():
        declared = _declared(raw, found, item)
        check_size(*declared, limits)
        pixels += declared[0] * declared[1] * times
        data = found.data(raw, item)
        size += len(data)
        if size > len(raw):
            raise Damaged
        _check_coded(declared, list(_coded(raw, found, item, data)))
    if pixels > _LAYERS * limits.max_pixels:
        raise TooManyPixels(*_declared(raw, found, found.primary))


def _check_brand(raw: bytes) -> None:
    size = int.from_bytes(raw[:4], "big")
    if not 16 <= size <= 1024:
        raise NotAPicture
    brands = {raw[at : at + 4] for at in range(8, size, 4) if at != 12}
    known = _AVIF_BRANDS | _HEIC_BRANDS
    if raw[8:12] not in known | _SHARED_BRANDS or not brands & known:
        raise NotAPicture


def _shown(raw: bytes, found: Items) -> Counter[int]:
    """The items that are decoded to show the primary one: it, its tiles, their transparency."""
    shown = [found.primary]
    for item in shown:  # grows meanwhile
        check_parts(len(shown), most=MAX_ITEMS)
        kind = found.kinds.get(item)
        if kind not in (_AV1, _HEVC, _GRID):
            raise RareKind
        if kind == _GRID:
            shown += found.referred(b"dimg", item)
        shown += [start for start in found.referring(b"auxl", item) if _is_alpha(raw, found, start)]
    return Counter(shown)


def _is_alpha(raw: bytes, found: Items, item: int) -> bool:
    return any(
        box.kind == b"auxC" and raw[box.body + 4 : box.end].startswith(_ALPHA_NAMES)
        for box in found.properties_of(item)
    )


def _declared(raw: bytes, found: Items, item: int) -> Size:
    """The size that the item's `ispe` property gives."""
    cursor = Cursor(_property(raw, found, item, b"ispe"), at=4)
    return cursor.number(4), cursor.number(4)


def _check_coded(declared: Size, coded: list[Size]) -> None:
    # A coder pads to whole blocks. Less than declared would be enlarged, more is a lie.
    for way, side in enumerate(declared):
        if not coded or not all(side <= size[way] <= side + _PADDING for size in coded):
            raise Damaged


def _coded(raw: bytes, found: Items, item: int, data: bytes) -> Iterator[Size]:
    """Every size that the item's data and configuration tell a decoder to allocate."""
    kind = found.kinds[item]
    if kind == _GRID:
        yield _grid(data)
    elif kind == _AV1:
        yield from av1_sizes(_property(raw, found, item, b"av1C")[4:])
        yield from av1_sizes(data)
    else:
        length_width, sizes = hevc_config(_property(raw, found, item, b"hvcC"))
        yield from sizes
        yield from hevc_sizes(data, length_width)


def _property(raw: bytes, found: Items, item: int, kind: bytes) -> bytes:
    boxes = [box for box in found.properties_of(item) if box.kind == kind]
    if len(boxes) != 1 or boxes[0].end - boxes[0].body > _MAX_PROPERTY:
        raise Damaged
    return raw[boxes[0].body : boxes[0].end]


def _grid(data: bytes) -> Size:
    cursor = Cursor(data)
    cursor.skip(1)
    width = 4 if cursor.number(1) & 1 else 2
    cursor.skip(2)
    return cursor.number(width), cursor.number(width)


def _frames(raw: bytes, boxes: list[Box], *, depth: int = 0) -> int:
    """The most samples that any track has; 1 without tracks."""
    most = 1
    for box in boxes:
        if depth < len(_TRACKS) and box.kind == _TRACKS[depth]:
            check_parts(box.end - box.start, most=MAX_META)
            inside = list(walk(raw, box.body, box.end))
            most = max(most, _frames(raw, inside, depth=depth + 1))
        elif depth == len(_TRACKS) and box.kind in (b"stsz", b"stz2"):
            cursor = box.cursor(raw)
            cursor.skip(8)
            most = max(most, cursor.number(4))
    return most


def _orientation(raw: bytes, found: Items) -> int:
    """The EXIF orientation that equals the item's `irot` and then `imir` (MIAF's order)."""
    turns, mirror = 0, None
    for box in found.properties_of(found.primary):
        if box.kind == b"irot":
            turns = box.cursor(raw).number(1) & 3  # quarter turns anticlockwise
        elif box.kind == b"imir":
            mirror = box.cursor(raw).number(1) & 1  # 0: top and bottom change places; 1: the sides
    if mirror is None:
        return (1, 8, 3, 6)[turns]
    return ((4, 5, 2, 7) if mirror == 0 else (2, 7, 4, 5))[turns]


def _only_the_still(raw: bytes, boxes: list[Box], found: Items, brand: bytes) -> bytes:
    """The same bytes with tracks and metadata renamed, so that a decoder passes over them."""
    still = bytearray(raw)
    still[8:12] = brand
    for at in range(16, int.from_bytes(raw[:4], "big"), 4):
        if raw[at : at + 4] in _SEQUENCE_BRANDS:  # it would promise tracks
            still[at : at + 4] = brand
    for box in boxes:
        if box.kind == b"moov":
            still[box.start + 4 : box.start + 8] = b"free"
    for item, kind in found.kinds.items():
        if kind in _METADATA:
            at = found.kind_at[item]
            still[at : at + 4] = b"skip"
    return bytes(still)
