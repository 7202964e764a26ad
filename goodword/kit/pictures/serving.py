"""A kept picture as an HTTP answer. Who may see it was decided by the caller."""

import hashlib
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from goodword.kit import blobs

if TYPE_CHECKING:
    from .models import PictureRow

_HEADERS = {
    # Kept by the browser but asked again each time: who may see it can change at any moment.
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def serve(
    request: HttpRequest, picture: "PictureRow", variant: str, *, store: blobs.Store | None = None
) -> HttpResponseBase:
    """The bytes of one variant, or 304 if the asker has them; raises NoSuchFile (404).

    It checks nothing about visibility: call it with a picture that this viewer may see.
    """
    suffix = next((one.suffix for one in picture.variants if one.name == variant), None)
    if suffix is None:
        raise blobs.NoSuchFile
    key = picture.key + suffix
    # A key's bytes never change, so it says all; hashed, because a key is nobody's business.
    etag = f'"{hashlib.sha256(key.encode()).hexdigest()[:32]}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        file = (store or blobs.store()).open(key)
        answer = FileResponse(file, content_type="image/webp")
        answer.headers["Content-Disposition"] = "inline"
    for name, value in _HEADERS.items():
        answer.headers[name] = value
    answer.headers["ETag"] = etag
    return answer
