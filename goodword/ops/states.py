"""Every state of what ops keeps, one sentence each."""

from enum import StrEnum


class ArchiveState(StrEnum):
    ASKED = "asked"  # a job makes it
    READY = "ready"  # its owner may fetch it
