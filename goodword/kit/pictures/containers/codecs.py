"""How large the pictures inside AV1 and HEVC data are.

A container may say 100 × 100 and carry a sequence header for 16384 × 16384, and decoders allocate
by the latter. So the sizes are read from the coded data themselves.
"""

from collections.abc import Iterator

from ..cursor import Bits, Cursor
from ..measure import check_parts
from ..refusals import Damaged

Size = tuple[int, int]

_AV1_SEQUENCE = 1
_HEVC_SPS = 33
_MAX_UNITS = 2_000  # in one picture
_HEADER_BYTES = 1024  # no sequence header is longer


def av1_sizes(data: bytes) -> Iterator[Size]:
    """The largest frame of each sequence header among the OBUs of `data` (AV1, 5.3 and 5.5)."""
    cursor = Cursor(data)
    count = 0
    while cursor.left:
        count += 1
        check_parts(count, most=_MAX_UNITS)
        header = cursor.number(1)
        if header & 0x80:
            raise Damaged
        cursor.skip(1 if header & 4 else 0)
        size = _leb128(cursor) if header & 2 else cursor.left
        body = cursor.take(size)
        if header >> 3 & 15 == _AV1_SEQUENCE:
            yield _av1_sequence(Bits(body[:_HEADER_BYTES]))


def _leb128(cursor: Cursor) -> int:
    value = 0
    for place in range(8):
        byte = cursor.number(1)
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value
    raise Damaged


def _av1_sequence(bits: Bits) -> Size:
    bits.take(4)  # profile, still picture
    if bits.take(1):  # reduced header
        bits.take(5)
    else:
        _av1_operating_points(bits, delay=_av1_timing(bits))
    across, down = bits.take(4) + 1, bits.take(4) + 1
    return bits.take(across) + 1, bits.take(down) + 1


def _av1_timing(bits: Bits) -> int:
    """Skip the timing part; the bits of a buffer delay, 0 where there's no decoder model."""
    if not bits.take(1):
        return 0
    bits.take(64)
    if bits.take(1):
        bits.exp_golomb()
    if not bits.take(1):
        return 0
    delay = bits.take(5) + 1
    bits.take(42)
    return delay


def _av1_operating_points(bits: Bits, *, delay: int) -> None:
    shows_delay = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if delay and bits.take(1):
            bits.take(2 * delay + 1)
        if shows_delay and bits.take(1):
            bits.take(4)


def hevc_config(body: bytes) -> tuple[int, list[Size]]:
    """The width of a length field and the sizes in an `hvcC` box (ISO/IEC 14496-15, 8.3.3)."""
    cursor = Cursor(body, at=21)
    length_width = (cursor.number(1) & 3) + 1
    sizes: list[Size] = []
    for _ in range(cursor.number(1)):
        cursor.skip(1)
        for _ in range(cursor.number(2)):
            sizes += _hevc_unit(cursor.take(cursor.number(2)))
    return length_width, sizes


def hevc_sizes(data: bytes, length_width: int) -> Iterator[Size]:
    """The size in each parameter set that stands among the pictures of `data`."""
    cursor = Cursor(data)
    count = 0
    while cursor.left:
        count += 1
        check_parts(count, most=_MAX_UNITS)
        yield from _hevc_unit(cursor.take(cursor.number(length_width)))


def _hevc_unit(unit: bytes) -> list[Size]:
    first_layer = len(unit) > 2 and not (unit[0] & 1 or unit[1] >> 3)
    if not first_layer or unit[0] >> 1 & 0x3F != _HEVC_SPS:
        return []
    plain = unit[2:_HEADER_BYTES].replace(b"\0\0\3", b"\0\0")  # undo emulation prevention
    return [_hevc_sps(Bits(plain))]


def _hevc_sps(bits: Bits) -> Size:
    bits.take(4)
    layers = bits.take(3)
    bits.take(1 + 96)  # nesting flag; the general profile, tier and level
    present = [(bits.take(1), bits.take(1)) for _ in range(layers)]
    bits.take(2 * (8 - layers) if layers else 0)
    for profile, level in present:
        bits.take(88 * profile + 8 * level)
    bits.exp_golomb()
    if bits.exp_golomb() == 3:  # chroma format 4:4:4
        bits.take(1)
    return bits.exp_golomb(), bits.exp_golomb()
