"""The easel: flat gouache shapes with grainy light and shade, painted by Pillow alone.

Everything is painted at twice the asked size and reduced once at the end; grain is a fixed noise
that decides, pixel by pixel, where a gradient takes, the way a dry brush does. All randomness comes
from the easel's own generator, so one seed always gives the same bytes.
"""

import io
import itertools
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from goodword.ops.demo.art.cut import Shape, ellipse, ribbon
from goodword.ops.demo.art.ink import Colour, Ink, deep, ink, mix
from goodword.ops.demo.art.lots import lots

Box = tuple[int, int, int, int]
OVERSAMPLE = 1.5


@lru_cache(maxsize=4)
def _noise(width: int, height: int, cell: int) -> Image.Image:
    """Even noise over a whole canvas, one value for each `cell` pixels."""
    side = 384
    tile = Image.frombytes("L", (side, side), lots("paper").randbytes(side * side))
    tile = tile.resize((side * cell, side * cell), Image.Resampling.NEAREST)
    whole = Image.new("L", (width, height))
    for y in range(0, height, side * cell):
        for x in range(0, width, side * cell):
            whole.paste(tile, (x, y))
    return whole


@lru_cache(maxsize=4)
def _mottle(width: int, height: int) -> Image.Image:
    """Slow, cloudy noise: pigment that dried unevenly."""
    small = Image.frombytes("L", (24, 24), lots("pigment").randbytes(24 * 24))
    return small.resize((width, height), Image.Resampling.BICUBIC)


@lru_cache(maxsize=4)
def _tooth(width: int, height: int) -> Image.Image:
    """The paper's tooth as an RGB overlay around mid-grey."""
    fine = _noise(width, height, 1).point(lambda v: 122 + v * 12 // 255)
    return Image.merge("RGB", (fine, fine, fine))


class Easel:
    """One picture being painted; `w` and `h` are in units, the short side being 1000."""

    def __init__(self, *, width: int, height: int, seed: str, look: str = "") -> None:
        self.size = (width, height)
        self.px = (round(width * OVERSAMPLE), round(height * OVERSAMPLE))
        self.k = min(self.px) / 1000
        self.w = self.px[0] / self.k
        self.h = self.px[1] / self.k
        self.rng = lots(seed)
        self.look = look
        self.im = Image.new("RGB", self.px, (250, 244, 232))
        self._pen = ImageDraw.Draw(self.im)
        self._clips: list[Image.Image] = []

    # -- paint -----------------------------------------------------------------------------------

    def fill(self, shape: Shape, colour: Colour, alpha: float = 1.0) -> None:
        """One flat colour, cut to the shape."""
        if alpha >= 1 and not self._clips:
            if len(shape) > 2:
                self._pen.polygon([(x * self.k, y * self.k) for x, y in shape], fill=ink(colour))
            return
        found = self._mask(shape)
        if found:
            self._lay(found[0], found[1], colour, alpha)

    def paint(
        self,
        shape: Shape,
        colour: Colour,
        *,
        shade: float = 0.3,
        glow: float = 0.0,
        angle: float = 90,
    ) -> None:
        """The usual way to paint a thing: flat, then shade dying away against `angle`, then light.

        The angle says where the shade lies (90 is below, 0 is right).
        """
        self.fill(shape, colour)
        if shade:
            self.grain(shape, deep(colour, 0.45), angle=angle, amount=shade)
        if glow:
            self.grain(shape, mix(colour, "#fff3d6", 0.6), angle=angle + 180, amount=glow)

    def grain(
        self,
        shape: Shape,
        colour: Colour,
        *,
        angle: float = 90,
        amount: float = 0.6,
        reach: float = 0.8,
        smooth: float = 0.4,
    ) -> None:
        """A grainy gradient inside the shape: full at the far end of `angle`, none at `reach`."""
        found = self._mask(shape)
        if not found:
            return
        mask, box = found
        fall = self._slope(box, angle).point(_ramp(amount, reach))
        self._dissolve(mask, fall, box, colour, smooth)

    def aura(
        self,
        cx: float,
        cy: float,
        r: float,
        colour: Colour,
        amount: float = 0.8,
        *,
        ry: float | None = None,
        smooth: float = 0.5,
        power: float = 1.6,
    ) -> None:
        """Light around a point: strongest in the middle, gone at the radius."""
        found = self._mask(ellipse(cx, cy, r, ry or r))
        if not found:
            return
        mask, box = found
        full = self._pixels(cx - r, cy - (ry or r), cx + r, cy + (ry or r))
        disc = Image.radial_gradient("L").resize((full[2] - full[0], full[3] - full[1]))
        disc = disc.point(
            [round(255 * amount * max(0.0, 1 - v / 181) ** power) for v in range(256)]
        )
        offset = (box[0] - full[0], box[1] - full[1])
        disc = disc.crop((*offset, offset[0] + box[2] - box[0], offset[1] + box[3] - box[1]))
        self._dissolve(mask, disc, box, colour, smooth)

    def cast(
        self,
        shape: Shape,
        *,
        dx: float = 18,
        dy: float = 22,
        blur: float = 14,
        alpha: float = 0.28,
        colour: Colour = "#2a1b3d",
    ) -> None:
        """The soft shadow which the shape throws on what is already painted."""
        pad = blur * 2
        moved = [(x + dx, y + dy) for x, y in shape]
        found = self._mask(moved, pad=pad, clip=False)
        if not found:
            return
        mask, box = found
        mask = mask.filter(ImageFilter.BoxBlur(blur * self.k / 2))
        mask = mask.filter(ImageFilter.BoxBlur(blur * self.k / 2))
        self._lay(self._clipped(mask, box), box, colour, alpha)

    def mottle(self, shape: Shape, colour: Colour, amount: float = 0.35) -> None:
        """Uneven pigment of a neighbouring colour inside the shape."""
        found = self._mask(shape)
        if not found:
            return
        mask, box = found
        cloud = _mottle(*self.px).crop(box)
        cloud = cloud.point(
            [round(255 * amount * min(1, max(0, (v - 96) / 110))) for v in range(256)]
        )
        self._dissolve(mask, cloud, box, colour, 0.55)

    def line(
        self,
        points: Shape,
        width: float,
        colour: Colour,
        *,
        end: float | None = None,
        middle: float = 0,
        alpha: float = 1.0,
    ) -> None:
        """A brush stroke with round ends."""
        self.fill(ribbon(points, width, end, middle), colour, alpha)
        if alpha >= 1 and width > 5:
            self.fill(ellipse(*points[0], width / 2, steps=12), colour)
            tail = (width if end is None else end) / 2
            if tail > 2:
                self.fill(ellipse(*points[-1], tail, steps=12), colour)

    def wash(
        self, stops: Sequence[tuple[float, Colour]], top: float = 0, bottom: float = 0
    ) -> None:
        """A vertical gradient over the whole width, dithered like a wet wash."""
        bottom = bottom or self.h
        y0, y1 = round(top * self.k), round(bottom * self.k)
        rows = max(2, y1 - y0)
        column = Image.new("RGB", (1, rows))
        for y in range(rows):
            column.putpixel((0, y), _between(stops, y / (rows - 1)))
        self.im.paste(column.resize((self.px[0], rows), Image.Resampling.NEAREST), (0, y0))

    def dots(
        self, shape: Shape, colour: Colour, count: int, size: float, *, alpha: float = 1.0
    ) -> None:
        """Specks scattered inside the shape: sesame, flour, petals far away."""
        xs, ys = [p[0] for p in shape], [p[1] for p in shape]
        with self.clip(shape):
            for _ in range(count):
                x, y = self.rng.uniform(min(xs), max(xs)), self.rng.uniform(min(ys), max(ys))
                r = size * self.rng.uniform(0.5, 1.3)
                self.fill(ellipse(x, y, r, r * self.rng.uniform(0.7, 1), steps=9), colour, alpha)

    @contextmanager
    def clip(self, shape: Shape) -> Iterator[None]:
        """Paint only inside the shape while the block lasts; clips nest."""
        mask = Image.new("L", self.px)
        ImageDraw.Draw(mask).polygon([(x * self.k, y * self.k) for x, y in shape], fill=255)
        if self._clips:
            mask = ImageChops.multiply(mask, self._clips[-1])
        self._clips.append(mask)
        try:
            yield
        finally:
            self._clips.pop()

    # -- finishing -------------------------------------------------------------------------------

    def frame(self) -> Shape:
        """The whole sheet as a shape."""
        return [(0, 0), (self.w, 0), (self.w, self.h), (0, self.h)]

    def tint(self, colour: Colour, alpha: float) -> None:
        """One thin glaze over everything: what pulls a palette together."""
        self.fill(self.frame(), colour, alpha)

    def jpeg(self, *, flip: bool = False, quality: int = 84) -> bytes:
        """Reduce, add the paper's tooth, and encode."""
        small = self.im.resize(self.size, Image.Resampling.HAMMING)
        if flip:
            small = small.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        small = ImageChops.add(small, _tooth(*small.size), 1, -128)
        out = io.BytesIO()
        small.save(out, "JPEG", quality=quality)
        return out.getvalue()

    # -- the mechanics ---------------------------------------------------------------------------

    def _pixels(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        return (
            math.floor(x0 * self.k),
            math.floor(y0 * self.k),
            math.ceil(x1 * self.k) + 1,
            math.ceil(y1 * self.k) + 1,
        )

    def _mask(
        self, shape: Shape, *, pad: float = 0, clip: bool = True
    ) -> tuple[Image.Image, Box] | None:
        """The shape as a mask and its box, cut to the canvas; nothing when it lies outside."""
        if len(shape) < 3:
            return None
        xs, ys = [p[0] for p in shape], [p[1] for p in shape]
        full = self._pixels(min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad)
        box = (
            max(0, full[0]),
            max(0, full[1]),
            min(self.px[0], full[2]),
            min(self.px[1], full[3]),
        )
        if box[2] <= box[0] or box[3] <= box[1]:
            return None
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        moved = [(x * self.k - box[0], y * self.k - box[1]) for x, y in shape]
        ImageDraw.Draw(mask).polygon(moved, fill=255)
        return (self._clipped(mask, box) if clip else mask), box

    def _clipped(self, mask: Image.Image, box: Box) -> Image.Image:
        return ImageChops.multiply(mask, self._clips[-1].crop(box)) if self._clips else mask

    def _lay(self, mask: Image.Image, box: Box, colour: Colour, alpha: float) -> None:
        if alpha < 1:
            mask = mask.point(_thin(alpha))
        self.im.paste(ink(colour), box, mask)

    def _slope(self, box: Box, angle: float) -> Image.Image:
        """0 to 255 across the box along the angle."""
        w, h = box[2] - box[0], box[3] - box[1]
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        reach = (abs(w * c) + abs(h * s)) or 1.0
        a, b = 254 * c / reach, 254 * s / reach
        start = 127.5 - a * w / 2 - b * h / 2
        return Image.linear_gradient("L").transform(
            (w, h), Image.Transform.AFFINE, (0, 0, 128, a, b, start), Image.Resampling.NEAREST
        )

    def _dissolve(
        self, mask: Image.Image, fall: Image.Image, box: Box, colour: Colour, smooth: float
    ) -> None:
        noise = _noise(*self.px, 2).crop(box)
        dry = ImageChops.add(fall, noise, 1, -255)
        dry = ImageChops.add(dry, dry, 0.25)  # eight times as hard an edge
        taken = Image.blend(dry, fall, smooth)
        self.im.paste(ink(colour), box, ImageChops.multiply(mask, taken))


@lru_cache(maxsize=256)
def _thin(alpha: float) -> list[int]:
    return [round(v * alpha) for v in range(256)]


@lru_cache(maxsize=256)
def _ramp(amount: float, reach: float) -> list[int]:
    table = []
    for v in range(256):
        t = max(0.0, (v / 255 - (1 - reach)) / reach)
        table.append(round(255 * amount * t * t * (3 - 2 * t)))
    return table


def _between(stops: Sequence[tuple[float, Colour]], t: float) -> Ink:
    for (a, one), (b, two) in itertools.pairwise(stops):
        if t <= b:
            return mix(one, two, 0 if b == a else max(0.0, (t - a) / (b - a)))
    return ink(stops[-1][1])
