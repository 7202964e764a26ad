"""From a measured still to pixels: decoded small, flattened, in sRGB, upright."""

import io
import math
import os
import threading

import pillow_heif
from PIL import Image, ImageCms

from . import sizes
from .refusals import Damaged
from .shapes import Derivative, PictureLimits, Still, Variant

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

# Decoding takes up to about 500 MB for the largest picture that is let in, so only one large one is
# decoded at a time, and not more small ones than there are processors.
_LARGE = 16_000_000
_one_large = threading.Semaphore(1)
_some_small = threading.Semaphore(os.cpu_count() or 1)

_BAND = 1_000_000  # pixels converted at a time, where a whole converted copy would be large
# A decoder's own reduction is taken as it is when it comes this near to a large size: half of a
# phone's 4032 pixels is 2016, and scaling to 2048 would cost three times the decoding.
_NEAR = 0.9
_LARGE_SIDE = 1080
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(still: Still, variants: tuple[Variant, ...], limits: PictureLimits) -> Image.Image:
    """The picture as RGB in sRGB, just large enough for `variants`; raises Damaged.

    Every way in which a decoder can fail is a damaged picture to the person who sent it.
    """
    with _one_large if still.width * still.height > _LARGE else _some_small:
        try:
            return _upright(still, variants, limits)
        except Damaged:
            raise
        except Exception as error:
            raise Damaged from error


def derivatives(picture: Image.Image, variants: tuple[Variant, ...]) -> dict[str, Derivative]:
    """Every variant by name. Those that would come out alike, as of a small picture, are one."""
    made: dict[tuple[object, ...], Derivative] = {}
    named = {}
    for variant in variants:
        size = sizes.fitted(*picture.size, variant)
        alike = (size, variant.square, variant.quality)
        if alike not in made:
            made[alike] = derivative(picture, variant)
        named[variant.name] = made[alike]
    return named


def derivative(picture: Image.Image, variant: Variant) -> Derivative:
    """`picture` as WebP in the size of `variant`."""
    size = sizes.fitted(*picture.size, variant)
    box = sizes.crop(*picture.size) if variant.square else None
    small = picture
    if size != picture.size:
        small = picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=variant.quality, method=variant.effort)
    return Derivative(out.getvalue(), *size)


def _upright(still: Still, variants: tuple[Variant, ...], limits: PictureLimits) -> Image.Image:
    picture: Image.Image = Image.open(io.BytesIO(still.stream), formats=(still.format,))
    _check_against_header(picture, still, limits)
    icc = still.icc or picture.info.get("icc_profile")
    wanted = sizes.needed(*picture.size, variants)
    if still.draft:
        _reduce_while_decoding(picture, wanted)
    picture.load()
    _check_against_header(picture, still, limits, reduced=still.draft)
    picture = _reduced(picture, wanted)
    wanted = sizes.needed(*picture.size, variants)
    if wanted != picture.size:
        picture = picture.resize(wanted, Image.Resampling.LANCZOS)
    picture = _in_srgb(picture, icc)
    turn = _TURNS.get(still.orientation)
    return picture if turn is None else picture.transpose(turn)


def _check_against_header(
    picture: Image.Image, still: Still, limits: PictureLimits, *, reduced: bool = False
) -> None:
    width, height = picture.size
    if still.turns:
        if width * height > limits.max_pixels:
            raise Damaged
    elif not reduced and (width, height) != (still.width, still.height):
        raise Damaged


def _reduce_while_decoding(picture: Image.Image, wanted: tuple[int, int]) -> None:
    """Let the JPEG decoder scale by 1/2, 1/4 or 1/8, which costs less than decoding all of it."""
    width, height = picture.size
    enough = max(wanted) * (_NEAR if max(wanted) > _LARGE_SIDE else 1)
    for by in (8, 4, 2):
        size = math.ceil(width / by), math.ceil(height / by)
        if max(size) >= enough:
            picture.draft(picture.mode, size)
            return


def _reduced(picture: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """Flattened on white, and near to `wanted` in size but not smaller, one band at a time."""
    width, height = picture.size
    by = max(1, (min(width // wanted[0], height // wanted[1]) + 1) // 2)
    if by == 1 and _is_plain(picture):
        return picture
    rows = max(by, _BAND // width // by * by)
    whole = None
    for top in range(0, height, rows):
        band = picture.crop((0, top, width, min(top + rows, height)))
        band = _flat(band, picture)
        band = band.reduce(by) if by > 1 else band
        if whole is None:
            whole = Image.new(band.mode, (-(-width // by), -(-height // by)))
        whole.paste(band, (0, top // by))
    if whole is None:
        raise Damaged
    return whole


def _flat(band: Image.Image, picture: Image.Image) -> Image.Image:
    """L, RGB or CMYK in 8 bits, on white: what lay hidden under transparency is gone."""
    if _is_plain(picture):
        return band
    if picture.mode.startswith("I;16"):
        return band.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        band = band.convert("RGBA")
        paper = Image.new("RGB", band.size, "white")
        paper.paste(band, mask=band.getchannel("A"))
        return paper
    return band.convert("L" if picture.mode == "1" else "RGB")


def _is_plain(picture: Image.Image) -> bool:
    return picture.mode in ("L", "RGB", "CMYK") and not picture.has_transparency_data


def _in_srgb(picture: Image.Image, icc: bytes | None) -> Image.Image:
    """Converted from its profile. A broken or foreign profile is as good as none."""
    if icc:
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            if picture.mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(profile):
                return picture
            converted = ImageCms.profileToProfile(picture, profile, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB") if picture.mode != "RGB" else picture
