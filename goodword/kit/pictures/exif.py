"""The only thing that is read from EXIF: which way up the picture is."""

_ORIENTATION = 0x0112
_SHORT = 3


def orientation(tiff: bytes) -> int:
    """1 to 8 from a TIFF block, perhaps after `Exif\\0\\0`; 1 when it says nothing usable."""
    tiff = tiff.removeprefix(b"Exif\0\0")
    if tiff[:4] == b"II*\0":
        order = "little"
    elif tiff[:4] == b"MM\0*":
        order = "big"
    else:
        return 1
    start = _number(tiff, 4, 4, order)
    for entry in range(_number(tiff, start, 2, order)):
        at = start + 2 + entry * 12
        if (
            _number(tiff, at, 2, order) == _ORIENTATION
            and _number(tiff, at + 2, 2, order) == _SHORT
        ):
            value = _number(tiff, at + 8, 2, order)
            return value if 1 <= value <= 8 else 1
    return 1


def _number(data: bytes, at: int, width: int, order: str) -> int:
    part = data[at : at + width]
    if len(part) < width:
        return 0
    return int.from_bytes(part, "little" if order == "little" else "big")
