"""Files of any type that members give each other: kept as they came, never shown, only handed out.

A picture is drawn anew and a paper is drawn as pictures; of these nothing is looked at. So they are
sent as downloads that no browser opens on this site, and only to whom the caller has asked about.
"""

from .admission import discard_files, save_file
from .serving import hand_out

__all__ = ["discard_files", "hand_out", "save_file"]
