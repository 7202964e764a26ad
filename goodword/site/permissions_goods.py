"""Doors of the seller's sheet, plans, papers for the house, and of parcels on their way."""

from .doors import Who

GOODS = {
    "shop:sheet": Who.MEMBER,
    "shop:plan": Who.OWNER,
    "shop:papers": Who.OPERATOR,
    "shop:look_at_paper": Who.OPERATOR,
    "shop:add_goods": Who.OWNER,
    "shop:goods_file": Who.OWNER,  # of its seller; buyers have theirs on the order
    "shop:remove_goods": Who.OWNER,
    "shop:add_keys": Who.OWNER,
    "shop:stop_keys": Who.OWNER,
    "shop:remove_key": Who.OWNER,
    "orders:deliver": Who.OWNER,
    "orders:put_right": Who.OWNER,
    "orders:goods": Who.OWNER,  # of whoever paid for it, and of its seller
    "orders:strays": Who.OPERATOR,
    "orders:put_away": Who.OPERATOR,
}
GOODS_API = {
    "GET /shop/sheet": Who.MEMBER,
    "PUT /shop/sheet": Who.MEMBER,
    "GET /shop/listings/{id}/plan": Who.OWNER,
    "PUT /shop/listings/{id}/plan": Who.OWNER,
    "GET /shop/listings/{id}/goods": Who.OWNER,
    "POST /shop/listings/{id}/goods": Who.OWNER,
    "DELETE /shop/goods/{id}": Who.OWNER,
    "GET /shop/listings/{id}/keys": Who.OWNER,
    "POST /shop/variants/{id}/keys": Who.OWNER,
    "DELETE /shop/variants/{id}/keys": Who.OWNER,
    "DELETE /shop/keys/{id}": Who.OWNER,
    "POST /orders/{id}/delivery": Who.OWNER,
    "POST /goods/{id}/correction": Who.OWNER,
    "GET /desk/papers": Who.OPERATOR,
    "POST /desk/papers/{id}/look": Who.OPERATOR,
    "GET /desk/parcels": Who.OPERATOR,
    "DELETE /desk/parcels/{id}": Who.OPERATOR,
}
