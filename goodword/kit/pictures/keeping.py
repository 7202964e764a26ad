"""Where pictures go once they are let in, and how they leave."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kit import blobs
from goodword.kit.errors import Refused

from .admission import Readable, admit
from .shapes import FEED, PictureLimits, Variant


def save_picture(
    raw: bytes | Readable,
    *,
    variants: tuple[Variant, ...] = FEED,
    limits: PictureLimits | None = None,
    store: blobs.Store | None = None,
) -> dict[str, Any]:
    """Let a picture in and keep every variant; returns the values of a `PictureRow`'s columns.

    Raises what `admit` raises. If the row is never written, `blobs.Store.sweep` finds the files.
    """
    admitted = admit(raw, limits=limits, variants=variants)
    key = (store or blobs.store()).put_all(
        {variant.suffix: admitted.variants[variant.name].data for variant in variants}
    )
    return {
        "key": key,
        "width": admitted.width,
        "height": admitted.height,
        "colour": admitted.colour,
        "sha256": admitted.sha256,
        "dhash": admitted.dhash,
        "total_bytes": admitted.total_bytes,
    }


def save_pictures(
    files: Sequence[bytes | Readable], alts: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Let the pictures of one form in, in order, each with its `alt`.

    Raises what `admit` raises; of several, the sentence says which one it is about.
    """
    values = []
    for place, file in enumerate(files):
        try:
            saved = save_picture(file)
        except Refused as refusal:
            if len(files) > 1:
                named = {"num": place + 1, "sentence": refusal}
                refusal.args = (_("Picture %(num)s: %(sentence)s") % named,)
            raise
        values.append(saved | {"alt": alts[place][:500] if place < len(alts) else ""})
    return values


def discard_pictures(
    keys: Sequence[str],
    *,
    variants: tuple[Variant, ...] = FEED,
    store: blobs.Store | None = None,
) -> None:
    """Take the files of these pictures away once the surrounding transaction has committed."""
    where = store or blobs.store()

    def delete() -> None:
        for key in keys:
            for variant in variants:
                where.delete(key + variant.suffix)

    transaction.on_commit(delete)
