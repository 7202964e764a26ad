"""A form sent by the picture picker, which shows how far the upload is.

A script cannot see where a redirect leads before it has followed it, and following it would use up
the page's one-time messages. So such a request gets the address as a header and goes there itself.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

ASKS = "X-Upload"
ANSWERS = "X-Upload-Location"


class UploadMiddleware:
    """Answers a redirect of an upload with 204 and the address in a header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if ASKS not in request.headers or response.status_code not in (
            HTTPStatus.FOUND,
            HTTPStatus.SEE_OTHER,
        ):
            return response
        answer = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={ANSWERS: response["Location"]})
        answer.cookies = response.cookies
        return answer
