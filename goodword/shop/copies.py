"""A kept picture once more, under a key of its own: nothing is encoded anew."""

from typing import Any

from goodword.kit import blobs
from goodword.kit.pictures.models import PictureRow


def copied(picture: PictureRow) -> dict[str, Any]:
    """The values of a new `PictureRow`'s columns, its files written. Raises NoSuchFile."""
    store = blobs.store()
    parts = {}
    for variant in picture.variants:
        with store.open(picture.key + variant.suffix) as file:
            parts[variant.suffix] = file.read()
    return {
        "key": store.put_all(parts),
        "width": picture.width,
        "height": picture.height,
        "colour": picture.colour,
        "sha256": bytes(picture.sha256),
        "dhash": picture.dhash,
        "total_bytes": picture.total_bytes,
        "alt": picture.alt,
    }
