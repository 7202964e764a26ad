"""Doors of the seller's sheet, plans, papers for the house, and of parcels on their way."""

from .doors import Who

GOODS = {
    "shop:sheet": Who.MEMBER,
    "shop:plan": Who.OWNER,
    "shop:papers": Who.OPERATOR,
    "shop:look_at_paper": Who.OPERATOR,
    "orders:strays": Who.OPERATOR,
    "orders:put_away": Who.OPERATOR,
}
GOODS_API = {
    "GET /shop/sheet": Who.MEMBER,
    "PUT /shop/sheet": Who.MEMBER,
    "GET /shop/listings/{id}/plan": Who.OWNER,
    "PUT /shop/listings/{id}/plan": Who.OWNER,
    "GET /desk/papers": Who.OPERATOR,
    "POST /desk/papers/{id}/look": Who.OPERATOR,
    "GET /desk/parcels": Who.OPERATOR,
    "DELETE /desk/parcels/{id}": Who.OPERATOR,
}
