"""The file itself: each part with its digest in a list, and the house's signature under it."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodword.kit import blobs, signing
from goodword.kit.pictures.shapes import FEED
from goodword.money import verify_ledger
from goodword.money.invoices import printing

from . import data, order_checks, verify_order
from .gathering import Gathered, gather, untold

KIND = "evidence"  # of the signature
MOST_BYTES = 40 * 1024 * 1024  # of pictures in their largest form; what comes after is smaller
LARGE, MEDIUM = FEED[2].suffix, FEED[1].suffix
PROGRAMS = (verify_order, order_checks, verify_ledger)


def write(viewer: UUID, order: UUID, *, now: datetime) -> tuple[str, bytes]:
    """The order's evidence file in the active language, and its name. Raises OrderMissing.

    The same order gives the same bytes at the same time.
    """
    found = gather(viewer, order)
    pictures = dict(kept(found))
    inside = [*parts(found, pictures, now)]
    told = data.plain(
        {
            "format": order_checks.FORMAT,
            "order": found.order.id,
            "for": found.reader,
            "language": language(),
            "house": settings.CONFIG.public_url,
            "made_at": now,
            "untold": sorted(untold(found.reader)),
            "left_out": [one.name for one in found.pictures if one.name not in pictures],
            "files": [[name, hashlib.sha256(one).hexdigest()] for name, one in inside],
            "keys": [key.jwk for key in signing.public_keys()],
        }
    )
    signature = signing.sign(hashlib.sha256(told).hexdigest().encode(), kind=KIND)
    name = f"order-{found.order.reference}-{found.reader}.zip"
    return name, order_checks.packed(
        [*inside, (order_checks.MANIFEST, told), (order_checks.SIGNATURE, signature.encode())],
        order_checks.dated(data.text(now)),
    )


def parts(
    found: Gathered, pictures: dict[str, bytes], now: datetime
) -> Iterator[tuple[str, bytes]]:
    from .paper import printed  # typst: no web process holds it for nothing

    told = data.read(data.order(found))
    yield "README.txt", readme().encode()
    yield "order.pdf", printed(found, told, now=now)
    yield "order.json", told
    yield "promises.json", data.read(data.promises(found))
    yield "journal.jsonl", b"".join(order_checks.chained(map(data.deed, found.links), data.plain))
    if found.reader == order_checks.BUYER:
        yield "places.json", data.read(data.places(found))
    yield "ledger.jsonl", b"".join(data.plain(one) + b"\n" for one in data.ledger(found))
    yield from pictures.items()
    for paper in found.papers:
        _file, pdf = printing.file_of(paper, language(), now)
        yield f"papers/{paper.kind}-{paper.reference}.pdf", pdf
    for program in PROGRAMS:
        source = Path(str(program.__file__))
        yield source.name, source.read_bytes()


def kept(found: Gathered) -> Iterator[tuple[str, bytes]]:
    """The pictures in the largest form that is kept, as long as there is room."""
    room = MOST_BYTES
    for one in found.pictures:
        try:
            with blobs.store().open(one.key + (LARGE if room > 0 else MEDIUM)) as file:
                bytes_ = file.read()
        except blobs.NoSuchFile:
            continue  # the list says so
        room -= len(bytes_)
        yield one.name, bytes_


def language() -> str:
    return "zh-hans" if (get_language() or "en").startswith("zh") else "en"


def readme() -> str:
    return _(
        "This is the evidence file of one order. order.pdf is there to be read; the rest holds "
        "the same for programs.\n\n"
        "    python3 verify_order.py FILE.zip\n\n"
        "checks it all with nothing but Python 3.11 or newer, without a network: that the house "
        "signed it and no byte was changed since, that the deeds follow one from the other, that "
        "what was promised is what the house signed when it was ordered, and that the money adds "
        "up. Two files about one order, of both sides or of two days, are held against each "
        "other by --other.\n\n"
        "Whoever does not trust this file takes its three programs from somewhere else: any other "
        "evidence file, or the program’s published source.\n\n"
        "The key that signed it has to be the house’s: compare its name with what stands at the "
        "house’s address /.well-known/jwks.json, or in an earlier file.\n"
    )
