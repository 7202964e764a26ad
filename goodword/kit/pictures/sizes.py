"""How large each variant becomes. Pure: pixels in, pixels out; nothing is ever enlarged."""

from .shapes import Variant

Size = tuple[int, int]
Box = tuple[int, int, int, int]

# From here on a picture is a long one: a screenshot of a conversation, a recipe, a size table.
LONG = 3
_LONG_SHORT_SIDE = 1080
_LONG_SIDE = 16_000  # WebP ends at 16383
_LONG_PIXELS = 8_000_000


def fitted(width: int, height: int, variant: Variant) -> Size:
    """The size of `variant` for a picture of `width` × `height`.

    It fits the variant's box. A picture longer than 3:1 would become an unreadable strip there, so
    with `long_too` its short side gets up to 1080 pixels instead, up to 8 million pixels in all.
    """
    short, long = sorted((width, height))
    if variant.square:
        side = min(variant.box, short)
        return side, side
    if variant.long_too and long > LONG * short:
        scale = min(
            1.0,
            _LONG_SHORT_SIDE / short,
            _LONG_SIDE / long,
            (_LONG_PIXELS / (width * height)) ** 0.5,
        )
        # Rounded down, so that what was made to fit fits when it is asked again.
        return max(1, int(width * scale)), max(1, int(height * scale))
    scale = min(1.0, variant.box / long)
    return max(1, round(width * scale)), max(1, round(height * scale))


def crop(width: int, height: int) -> Box:
    """The square of a picture that its thumbnail shows: the middle, of a long picture the top."""
    side = min(width, height)
    left = (width - side) // 2
    top = 0 if height > LONG * width else (height - side) // 2
    return left, top, left + side, top + side


def needed(width: int, height: int, variants: tuple[Variant, ...]) -> Size:
    """The smallest size of the whole picture from which every variant can be made."""
    largest = (1, 1)
    for variant in variants:
        size = fitted(width, height, variant)
        if variant.square:
            scale = size[0] / min(width, height)
            size = max(1, round(width * scale)), max(1, round(height * scale))
        largest = max(largest, size, key=max)
    return largest
