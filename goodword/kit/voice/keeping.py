"""Where voice notes go once they are let in, and how they leave."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from goodword.kit import blobs

from .admission import Readable, admit_voice
from .shapes import SUFFIX, VoiceLimits


def save_voice(
    raw: bytes | Readable,
    *,
    limits: VoiceLimits | None = None,
    store: blobs.Store | None = None,
) -> dict[str, Any]:
    """Let a voice note in and keep its file; returns the values of a `VoiceRow`'s columns.

    Raises what `admit_voice` raises. If the row is never written, `blobs.Store.sweep` finds the
    file.
    """
    admitted = admit_voice(raw, limits=limits)
    return {
        "key": (store or blobs.store()).put_all({SUFFIX: admitted.data}),
        "duration": admitted.duration,
        "peaks": admitted.peaks,
        "sha256": admitted.sha256,
        "total_bytes": len(admitted.data),
    }


def discard_voices(keys: Sequence[str], *, store: blobs.Store | None = None) -> None:
    """Take these notes' files away once the surrounding transaction has committed."""
    where = store or blobs.store()

    def delete() -> None:
        for key in keys:
            where.delete(key + SUFFIX)

    transaction.on_commit(delete)
