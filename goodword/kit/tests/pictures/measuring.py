"""What letting a picture in costs: `python -m goodword.kit.tests.pictures.measuring`.

The numbers of docs/decisions/0003-pictures.md. It draws a 12-megapixel picture with detail at every
scale, harder than most photographs, so times and sizes are on the high side.
"""

import io
import sys
import time
from collections.abc import Callable

from django.conf import settings

settings.configure(USE_I18N=False)

from PIL import Image, ImageChops  # noqa: E402

from goodword.kit.pictures import admit, render, sizes  # noqa: E402
from goodword.kit.pictures.admission import measure  # noqa: E402
from goodword.kit.pictures.shapes import FEED, PictureLimits  # noqa: E402
from goodword.kit.tests.pictures.making import saved  # noqa: E402

KINDS = {
    "JPEG": {"quality": 92},
    "WEBP": {"quality": 90, "method": 1},
    "PNG": {"compress_level": 1},
    "AVIF": {"quality": 60},
    "HEIF": {"quality": 50, "tile_size": 512},
}


def photograph(width: int = 4032, height: int = 3024) -> Image.Image:
    bands = []
    for _ in range(3):
        band = Image.new("L", (width, height), 128)
        for octave, strength in enumerate((120, 80, 55, 36, 24, 16, 12, 9, 7, 5)):
            grain = Image.effect_noise((4 << octave, 3 << octave), strength)
            grain = grain.resize((width, height), Image.Resampling.BICUBIC)
            band = ImageChops.add(band, grain, scale=1, offset=-128)
        bands.append(band)
    blended = [bands[0], *(Image.blend(bands[0], band, 0.3) for band in bands[1:])]
    return Image.merge("RGB", blended)


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """Milliseconds of processor time."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def encoded(picture: Image.Image, quality: int, effort: int) -> int:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=effort)
    return len(out.getvalue())


def main() -> None:
    say = sys.stdout.write
    original = photograph()
    say("Letting in 12 megapixels, all variants\n")
    for kind, options in KINDS.items():
        sent = saved(original, kind, **options)
        made = admit(sent).variants.values()
        kept = " + ".join(f"{len(one.data) // 1024}" for one in made)
        cost = best(lambda sent=sent: admit(sent))
        say(f"  {kind:5} {len(sent) / 1e6:5.1f} MB  {cost:5.0f} ms  keeps {kept} KB\n")
    jpeg = saved(original, "JPEG", quality=92)
    whole = best(lambda: Image.open(io.BytesIO(jpeg)).load())
    halved = best(lambda: decoded(jpeg))
    say(f"Decoding the JPEG: whole {whole:.0f} ms, halved meanwhile {halved:.0f} ms\n")
    say("Encoding WebP: ms and KB of large, medium, thumb\n")
    source = render.upright(measure(jpeg, PictureLimits()), FEED, PictureLimits())
    for quality in (75, 80, 85):
        for effort in (0, 2, 4, 6):
            say(f"  quality {quality} effort {effort}:")
            for variant in reversed(FEED):
                small = source.resize(sizes.fitted(*source.size, variant))
                cost = best(lambda: encoded(small, quality, effort), rounds=2)  # noqa: B023
                say(f"  {cost:5.0f} ms {encoded(small, quality, effort) // 1024:4} KB")
            say("\n")


def decoded(jpeg: bytes) -> None:
    picture = Image.open(io.BytesIO(jpeg))
    picture.draft("RGB", (2016, 1512))
    picture.load()


if __name__ == "__main__":
    main()
