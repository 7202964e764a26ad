"""A kept voice note as an HTTP answer. Who may hear it was decided by the caller."""

import hashlib
import re
from typing import TYPE_CHECKING, BinaryIO

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from goodword.kit import blobs

from .shapes import CONTENT_TYPE, SUFFIX

if TYPE_CHECKING:
    from .models import VoiceRow

_HEADERS = {
    # Kept by the browser but asked again each time: who may hear it can change at any moment.
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": "inline",
    "Accept-Ranges": "bytes",
}
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


def serve_voice(
    request: HttpRequest, voice: "VoiceRow", *, store: blobs.Store | None = None
) -> HttpResponse:
    """The note, or the part of it that was asked for (206); 304 if the asker has it.

    It checks nothing about visibility: call it with a note that this viewer may hear. Raises
    NoSuchFile (404). Safari plays nothing that is not served in ranges.
    """
    key = voice.key + SUFFIX
    etag = f'"{hashlib.sha256(key.encode()).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        with (store or blobs.store()).open(key) as file:
            answer = _answer(request, file, etag)
    for name, value in _HEADERS.items():
        answer.headers[name] = value
    answer.headers["ETag"] = etag
    return answer


def _answer(request: HttpRequest, file: BinaryIO, etag: str) -> HttpResponse:
    size = file.seek(0, 2)
    wanted = _wanted(request, size, etag)
    if wanted is None:
        file.seek(0)
        return HttpResponse(file.read(), content_type=CONTENT_TYPE)
    start, end = wanted
    if start >= end:
        answer = HttpResponse(status=416, content_type=CONTENT_TYPE)
        answer.headers["Content-Range"] = f"bytes */{size}"
        return answer
    file.seek(start)
    answer = HttpResponse(file.read(end - start), status=206, content_type=CONTENT_TYPE)
    answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return answer


def _wanted(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First byte and the one behind the last, empty if there are none; None for all of it.

    RFC 9110, 14.2: a range that can't be read, several, or another version's, are all of it.
    """
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return None
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or not any(asked.groups()):
        return None
    first, last = asked.groups()
    if not first:
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    return int(first), min(size, int(last) + 1) if last else size
