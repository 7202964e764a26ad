"""Where pictures go once they are let in, and how they leave."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from goodword.kit import blobs

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
