"""What stands behind a link, fetched so that nobody can use the house to look where he cannot.

It speaks only to addresses of the open internet, checked on the very address that is connected to;
it stops at a number of bytes and at a point in time. It keeps nothing, and knows nothing of who may
see a preview. The picture it brings is a stranger's: give it to `kit.pictures`.
"""

from .fetching import INTERNET, Network
from .preview import preview
from .shapes import LinkLimits, LinkPreview

__all__ = ["INTERNET", "LinkLimits", "LinkPreview", "Network", "preview"]
