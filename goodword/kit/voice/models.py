"""The columns of a kept voice note, for the domains' own tables."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from goodword.kit.models import Row

from .admission import Readable
from .keeping import save_voice
from .shapes import PEAKS
from .waveform import Bar, bars


class VoiceRow(Row):
    """One voice note, kept as the file `key` + SUFFIX.

    A domain's table subclasses this and adds whose note it is; a subclass that has its own Meta
    inherits it from `VoiceRow.Meta`.
    """

    key = models.CharField(max_length=32, unique=True, editable=False)
    duration = models.DurationField()
    peaks = models.BinaryField(max_length=PEAKS)  # see shapes.AdmittedVoice
    sha256 = models.BinaryField(max_length=32)  # of the file as it was sent
    total_bytes = models.PositiveIntegerField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(duration__gt=timedelta(0), total_bytes__gt=0),
                name="%(app_label)s_%(class)s_has_sound",
            ),
        ]

    @classmethod
    def values(cls, raw: bytes | Readable) -> dict[str, Any]:
        """Let a voice note in, keep its file, and give the columns: `Model(owner=…, **values)`.

        Call it before the transaction that writes the row. Raises what `admit_voice` raises.
        """
        return save_voice(raw)

    @property
    def seconds(self) -> int:
        """How long it lasts, at least 1."""
        return max(1, round(self.duration.total_seconds()))

    @property
    def bars(self) -> list[Bar]:
        """The waveform as the player's template draws it."""
        return bars(bytes(self.peaks))
