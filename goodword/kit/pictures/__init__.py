"""Pictures that people send: told apart by their bytes, measured before anything is decoded, cut
down to one still without metadata, and encoded anew. Kept is only what this package wrote itself.

It never trusts a file's name or content type, never keeps the file that was sent, and knows nothing
of who may see a picture: the caller of `serve` has decided that. Tables subclass
`pictures.models.PictureRow`.
"""

from .admission import admit
from .keeping import discard_pictures, save_picture, save_pictures
from .serving import serve
from .shapes import AVATAR, FEED, Admitted, Derivative, PictureLimits, Variant

__all__ = [
    "AVATAR",
    "FEED",
    "Admitted",
    "Derivative",
    "PictureLimits",
    "Variant",
    "admit",
    "discard_pictures",
    "save_picture",
    "save_pictures",
    "serve",
]
