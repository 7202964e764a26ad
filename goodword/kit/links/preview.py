"""A link becomes a title, a sentence and perhaps a picture."""

import re
import unicodedata
from datetime import datetime
from urllib.parse import urljoin

from goodword.kit.errors import Refused

from .addresses import read
from .fetching import INTERNET, Deadline, Network, fetch
from .reading import decoded, told
from .refusals import SaysNothing
from .shapes import LinkLimits, LinkPreview

_TITLES = ("og:title", "twitter:title", "title")
_DESCRIPTIONS = ("og:description", "twitter:description", "description")
_SITES = ("og:site_name", "application-name")
_PICTURES = (
    "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src",
    "image_src",
)  # fmt: skip
_SPACE = re.compile(r"\s+")
# Marks that turn the direction of what is around them, and others that show nothing.
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")
_JOINERS = "\u200c\u200d"


def preview(
    url: str,
    *,
    now: datetime,
    limits: LinkLimits | None = None,
    network: Network = INTERNET,
) -> LinkPreview:
    """Fetch what a page says about itself.

    Raises a `Refused` from `refusals`: NotALink, NotPublic or SaysNothing (422), NotAPage (415),
    Unreachable (503). It may take `limits.time`: call it in a job, outside transactions, and count
    with `kit.rates` how often one member asks. `network` is for tests, which serve their own pages.
    """
    limits = limits or LinkLimits()
    deadline = Deadline(limits.time)
    page = fetch(
        url,
        kind="text/html",
        most=limits.page_bytes,
        redirects=limits.redirects,
        deadline=deadline,
        network=network,
    )
    said = told(decoded(page.body, page.charset))
    title = _first(said, _TITLES, 200)
    if not title:
        raise SaysNothing
    return LinkPreview(
        url=page.url,
        title=title,
        description=_first(said, _DESCRIPTIONS, 500),
        site_name=_first(said, _SITES, 80) or read(page.url).host[:80],
        picture=_picture(page.url, said, limits, deadline, network),
        fetched=now,
    )


def _first(said: dict[str, str], names: tuple[str, ...], longest: int) -> str:
    """The first of these that says something, as one line of plain text."""
    return next((text for name in names if (text := _line(said.get(name, ""), longest))), "")


def _line(text: str, longest: int) -> str:
    line = _SPACE.sub(" ", text)
    seen = (one for one in line if one in _JOINERS or unicodedata.category(one) not in _UNSEEN)
    line = "".join(seen).strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _picture(
    page: str, said: dict[str, str], limits: LinkLimits, deadline: Deadline, network: Network
) -> bytes | None:
    """The page's picture; a preview without one is still a preview."""
    address = next((said[name].strip() for name in _PICTURES if said.get(name, "").strip()), "")
    if not address:
        return None
    try:
        found = fetch(
            urljoin(page, address),
            kind="image/",
            most=limits.picture_bytes,
            redirects=limits.redirects,
            deadline=deadline,
            network=network,
        )
    except (Refused, ValueError):
        return None
    return found.body if found.whole and found.body else None
