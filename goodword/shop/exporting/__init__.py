"""A seller's catalogue as files that other shops read, and that are read back here unchanged.

Each format is written by the names that its reader knows (`imports`), so that nothing is lost: what
a format has no word for stands in columns of our own, which others pass over. A listing is known
again by `gw-` and its id; the seller's own codes go along as they are. Pictures are named by their
addresses here.
"""

from .catalogue import Ware, wares
from .command import Written, run
from .files import FORMATS, Exported, Format, UnknownFormat, export

__all__ = [
    "FORMATS",
    "Exported",
    "Format",
    "UnknownFormat",
    "Ware",
    "Written",
    "export",
    "run",
    "wares",
]
