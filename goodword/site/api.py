"""The JSON API: each domain's router under /api/v1, with one shape for every refusal."""

from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from typing_extensions import override

from goodword.care import api as care
from goodword.care.evidence import api as evidence
from goodword.circle import api as circle
from goodword.kit import http
from goodword.kit.errors import Refused
from goodword.money import api as money
from goodword.notices import api as notices
from goodword.ops import api as ops
from goodword.ops.house import api as house
from goodword.orders import api as orders
from goodword.orders import book_api as addresses
from goodword.orders import tracking_api as parcels
from goodword.orders.closing import api as closing
from goodword.people import api as people
from goodword.reach import api as reach
from goodword.reach.digests import api as digests
from goodword.reach.interests import api as interests
from goodword.reach.pacing import api as pacing
from goodword.reach.search import api as search
from goodword.reach.selling import api as selling
from goodword.reach.targeting import api as targeting
from goodword.shop import api as shop
from goodword.shop.digital import api as digital
from goodword.shop.following import api as following
from goodword.shop.sellers import api as sellers

from .schema import completed

ABOUT = """\
Everything that the pages can do, as JSON. Make a token in your settings and send it with each
request, as “Authorization: Bearer gw_…”. Times are UTC, money is in minor units with its currency,
ids are UUIDs. A refusal has “detail”, a sentence that says what to do, and may have “fields”.
Somebody else's things answer 404, as if they did not exist.
"""


class Json(BaseRenderer):
    media_type = "application/json"

    @override
    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str)


class StrictParser(Parser):
    """JSON by the book: text that PostgreSQL could not keep is refused as it comes in."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = orjson.loads(request.body)
        if b"\\u0000" in request.body and _holds_nul(body):
            raise ValueError("U+0000")
        return body

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        # Uploaded files come here too; asking `in` of one would read it to its end.
        texts = (value for _key, values in data.lists() for value in values)
        if any("\x00" in text for text in texts if isinstance(text, str)):
            raise HttpError(400, _("Text cannot hold the character U+0000."))
        return super().parse_querydict(data, list_fields, request)


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_holds_nul(key) or _holds_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(_holds_nul(item) for item in value)


class Api(NinjaAPI):
    @override
    def get_openapi_schema(self, **options: Any) -> Any:
        return completed(super().get_openapi_schema(**options))


api = Api(
    title="Goodword",
    version="1",
    description=ABOUT,
    docs_url=None,
    auth=people.bearer,
    renderer=Json(),
    parser=StrictParser(),
    urls_namespace="api",
)

api.add_router("", house.router)
api.add_router("", people.router)
api.add_router("/notices", notices.router)
api.add_router("", circle.router)
api.add_router("", reach.router)
api.add_router("", targeting.router)
api.add_router("", interests.router)
api.add_router("", digests.router)
api.add_router("", pacing.router)
api.add_router("", selling.router)
api.add_router("", search.router)
api.add_router("", following.router)
api.add_router("", digital.router)
api.add_router("", shop.router)
api.add_router("", sellers.router)
api.add_router("", orders.router)
api.add_router("", closing.router)
api.add_router("", parcels.router)
api.add_router("", addresses.router)
api.add_router("", care.router)
api.add_router("", evidence.router)
api.add_router("", money.router)
api.add_router("", ops.router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return http.refusal(request, error)


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    answer = problem(request, 401, _("Send a token that works, as “Authorization: Bearer gw_…”."))
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {_place_of(one["loc"]): _sentence(one) for one in error.errors}
    return problem(request, 422, _("Some values are missing or cannot be used."), fields)


@api.exception_handler(Http404)
def missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(request, 404, _("There is nothing here, or it is not meant for you."))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 400 and str(error).startswith("Cannot parse"):
        return problem(request, 400, _("The body is not JSON that can be read."))
    return problem(request, error.status_code, str(error))


def problem(
    request: HttpRequest, status: int, detail: str, fields: dict[str, str] | None = None
) -> HttpResponse:
    body: dict[str, Any] = {"detail": detail}
    if fields:
        body["fields"] = fields
    return api.create_response(request, body, status=status)


def _place_of(location: tuple[Any, ...]) -> str:
    """("body", "body", "lines", 0, "quantity") is “lines.0.quantity” to whoever sent it."""
    parts = [str(part) for part in location]
    kind = parts.pop(0) if parts else ""
    if kind == "body" and len(parts) > 1:
        parts.pop(0)
    return ".".join(parts) or kind


def _sentence(error: dict[str, Any]) -> str:
    if error["type"] == "missing":
        return _("This value is missing.")
    return _("This value cannot be used: %(why)s") % {"why": error["msg"]}
