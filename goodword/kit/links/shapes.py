"""What a preview holds, and how much is read for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class LinkLimits:
    """Bytes are counted after unpacking; the time is for everything together."""

    page_bytes: int = 1024 * 1024
    picture_bytes: int = 5 * 1024 * 1024
    redirects: int = 3
    time: timedelta = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """What a page says of itself, as plain text.

    `url` is where the link really led, in ASCII. `title` has 1–200 characters, `description` 0–500,
    `site_name` 1–80. `picture` is a file as the stranger's server sent it, unchecked.
    """

    url: str
    title: str
    description: str
    site_name: str
    picture: bytes | None
    fetched: datetime
