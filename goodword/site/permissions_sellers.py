"""The lines of who sells, of following and of closing a shop in the table of `permissions`."""

from .doors import Who

SELLERS = {
    "shop:seller": Who.MEMBER,
    "shop:register": Who.MEMBER,
    "shop:take_back": Who.OWNER,
    "shop:sellers_desk": Who.OPERATOR,
    "shop:accept_seller": Who.OPERATOR,
    "shop:refuse_seller": Who.OPERATOR,
    "shop:withdraw_seller": Who.OPERATOR,
    "shop:paper": Who.OPERATOR,  # papers of businesses; the seller herself reads 404
    "shop:followed": Who.MEMBER,
    "shop:follow": Who.OWNER,  # whoever may see the shop
    "shop:unfollow": Who.OWNER,
    "orders:closing": Who.MEMBER,
    "orders:reopen": Who.MEMBER,
}

SELLERS_API = {
    "GET /shop/seller": Who.MEMBER,
    "POST /shop/seller/person": Who.MEMBER,
    "POST /shop/seller/business": Who.MEMBER,
    "DELETE /shop/seller/business/{id}": Who.OWNER,
    "GET /desk/sellers": Who.OPERATOR,
    "POST /desk/sellers/{id}/acceptance": Who.OPERATOR,
    "POST /desk/sellers/{id}/refusal": Who.OPERATOR,
    "POST /desk/sellers/{id}/withdrawal": Who.OPERATOR,
    "GET /shops/followed": Who.MEMBER,
    "PUT /shops/{id}/follow": Who.OWNER,
    "DELETE /shops/{id}/follow": Who.OWNER,
    "GET /shop/closing": Who.MEMBER,
    "POST /shop/closing": Who.MEMBER,
    "DELETE /shop/closing": Who.MEMBER,
}
