"""What goes into the pipeline and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLimits:
    """The most a picture may be. Sizes are in pixels as stored, before it is turned upright."""

    max_bytes: int = 32 * 1024 * 1024
    max_pixels: int = 65_000_000  # the largest mode that phones save by themselves is 64.2 million
    max_side: int = 32_767
    max_frames: int = 1_000
    max_frame_pixels: int = 1_000_000_000  # width × height × frames


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One size in which a picture is kept, as WebP.

    `box` is the side in pixels of the square which the picture is made to fit; a `square` variant
    is cropped to fill it. `long_too` lets a picture longer than 3:1 stay readable: see
    `sizes.fitted`. `effort` is WebP's method, 0 to 6 (docs/decisions/0003-pictures.md).
    """

    name: str
    box: int
    square: bool = False
    long_too: bool = False
    quality: int = 80
    effort: int = 4

    @property
    def suffix(self) -> str:
        return f".{self.name}.webp"


FEED = (
    Variant(name="thumb", box=320, square=True),
    Variant(name="medium", box=1080),
    Variant(name="large", box=2048, long_too=True, effort=2),
)
AVATAR = (
    Variant(name="small", box=64, square=True),
    Variant(name="large", box=256, square=True),
)


@dataclass(frozen=True, slots=True)
class Still:
    """One picture, cut out of the file that was sent: all that a decoder gets to see."""

    format: str  # the name of the Pillow plugin that decodes `stream`
    width: int  # as stored
    height: int
    stream: bytes
    orientation: int = 1  # 1 to 8, as in EXIF
    icc: bytes | None = None
    draft: bool = False  # the decoder can scale while it decodes
    turns: bool = False  # the decoder applies the file's own turning and cropping


@dataclass(frozen=True, slots=True)
class Derivative:
    """A picture encoded by us: WebP bytes without metadata, upright, in sRGB."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A picture that was let in.

    `width` and `height` are those of the largest variant (the proportions of all uncropped ones).
    `colour` is the dominant colour as `#rrggbb`. `sha256` (32 bytes) is of the bytes as sent.
    `dhash` is the 64-bit difference hash as a signed integer (it fits PostgreSQL's bigint): two
    pictures are alike when few of its bits differ.
    """

    variants: Mapping[str, Derivative]
    width: int
    height: int
    colour: str
    sha256: bytes
    dhash: int

    @property
    def total_bytes(self) -> int:
        return sum(len(one.data) for one in self.variants.values())
