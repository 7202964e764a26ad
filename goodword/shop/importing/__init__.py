"""An old shop's file becomes listings: read and shown first, carried out once, whole or not at all.

What a seller can rely on (docs/decisions/0012-import.md): everything new comes in as a draft;
contact details are hidden in the public text and the listing is flagged; the same file again
changes nothing, and what she edited here stays until the file itself says something new.
"""

from .applying import Defaults, apply, drop, put_back, start, sweep
from .command import Imported, run
from .noting import noted
from .picturing import Hung, hang
from .previewing import NoFile, Preview, Result, is_read, look, rows
from .reading import Decided, check, choose, fix, preview
from .undoing import Undoing, look_back, start_undo, undo

__all__ = [
    "Decided",
    "Defaults",
    "Hung",
    "Imported",
    "NoFile",
    "Preview",
    "Result",
    "Undoing",
    "apply",
    "check",
    "choose",
    "drop",
    "fix",
    "hang",
    "is_read",
    "look",
    "look_back",
    "noted",
    "preview",
    "put_back",
    "rows",
    "run",
    "start",
    "start_undo",
    "sweep",
    "undo",
]
