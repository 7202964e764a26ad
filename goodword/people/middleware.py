from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponseBase]


def member_language(get_response: Answer) -> Answer:
    """The language that a member chose wins over what the browser asks for."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        # Strangers have no session, so this costs them no query.
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware
