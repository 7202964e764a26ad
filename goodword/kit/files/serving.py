"""A kept file as an HTTP answer. Who may have it was decided by the caller."""

from typing import TYPE_CHECKING

from django.http import FileResponse
from django.http.response import HttpResponseBase

from goodword.kit import blobs

if TYPE_CHECKING:
    from .models import FileRow

_HEADERS = {
    # It may be any type, a page with scripts too: nothing here may open it.
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",  # each fetching is counted
}


def hand_out(file: "FileRow", *, store: blobs.Store | None = None) -> HttpResponseBase:
    """The bytes as a download under their own name; raises NoSuchFile (404).

    It checks nothing about who asks: call it with a file that this asker may have.
    """
    opened = (store or blobs.store()).open(file.stored_as)
    answer = FileResponse(
        opened, as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )
    for name, value in _HEADERS.items():
        answer.headers[name] = value
    return answer
