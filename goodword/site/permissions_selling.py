"""The lines of what a seller sees of her market in the table of `permissions`."""

from .doors import Who

SELLING = {
    "reach:schedule": Who.MEMBER,
    "reach:spread": Who.MEMBER,
    "reach:place": Who.OWNER,
    "reach:rest": Who.OWNER,
    "reach:forecast": Who.OWNER,
    "reach:results": Who.MEMBER,
    "reach:measures": Who.OPERATOR,
}

SELLING_API = {
    "GET /me/market/schedule": Who.MEMBER,
    "PUT /me/market/schedule": Who.MEMBER,
    "PUT /me/market/schedule/spread": Who.MEMBER,
    "PUT /me/market/schedule/{id}/rest": Who.OWNER,
    "DELETE /me/market/schedule/{id}/rest": Who.OWNER,
    "GET /me/market/forecast/{id}": Who.OWNER,
    "GET /me/market/results": Who.MEMBER,
    "GET /desk/market": Who.OPERATOR,
}
