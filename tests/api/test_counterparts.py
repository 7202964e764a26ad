"""Whatever a page shows or does, a program can read or do: no page without its operations."""

import pytest

from goodword.site.permissions import ACCOUNT, API, PAGES

COUNTERPARTS: dict[str, tuple[str, ...]] = {
    "people:me": ("GET /me",),
    "people:settings": ("GET /me", "PATCH /me"),
    "people:theme": ("PATCH /me",),
    "people:findable": ("GET /me/findable", "PUT /me/findable"),
    "people:tokens": ("GET /me/tokens", "POST /me/tokens"),
    "people:revoke_token": ("DELETE /me/tokens/{token}",),
    "language": ("PATCH /me",),
    "notices:index": ("GET /notices",),
    "notices:settings": ("GET /notices/settings", "PUT /notices/settings"),
    "notices:read_all": ("POST /notices/read",),
    "notices:follow": ("POST /notices/{notice}/read",),
    "circle:compose": ("POST /moments",),
    "circle:like": ("PUT /moments/{id}/like", "DELETE /moments/{id}/like"),
    "circle:comment": ("POST /moments/{id}/comments",),
    "circle:delete_comment": ("DELETE /comments/{id}",),
    "circle:audience": ("GET /moments/{id}/audience", "PUT /moments/{id}/audience"),
    "circle:edit": ("PUT /moments/{id}/text",),
    "circle:take_link_off": ("DELETE /moments/{id}/link",),
    "circle:history": ("GET /moments/{id}/history",),
    "circle:delete_moment": ("DELETE /moments/{id}",),
    "circle:friends": ("GET /friends", "GET /friends/requests", "GET /friends/suggestions"),
    "circle:names": ("GET /friends",),
    "circle:introductions": ("PUT /me/introductions",),
    "circle:invitations": ("GET /friends/invitations", "POST /friends/invitations"),
    "circle:invitation": ("GET /friends/invitations",),
    "circle:revoke_invitation": ("DELETE /friends/invitations/{id}",),
    "circle:invited": ("GET /invitations/{token}", "POST /invitations/{token}"),
    "circle:ask": ("POST /friends/requests",),
    "circle:answer": ("POST /friends/requests/{id}",),
    "circle:friend": ("PATCH /friends/{id}",),
    "circle:unfriend": ("DELETE /friends/{id}",),
    "circle:block": ("PUT /members/{id}/block", "DELETE /members/{id}/block"),
    "circle:groups": ("GET /groups", "POST /groups"),
    "circle:group": ("PUT /groups/{id}",),
    "circle:delete_group": ("DELETE /groups/{id}",),
    "circle:window": ("PUT /me/window",),
    "people:set_face": ("POST /me/face",),
    "people:remove_face": ("DELETE /me/face",),
    "people:sessions": ("GET /me/sessions",),
    "people:end_session": ("DELETE /me/sessions/{ref}",),
    "reach:fold": ("GET /moments/{id}/fold",),
    "rules": ("GET /rules",),
    "around": ("GET /friends/requests", "GET /orders", "GET /sales", "GET /market"),
    "reach:timeline": ("GET /timeline", "GET /timeline/line", "PUT /timeline/line"),
    "reach:digests": ("GET /digests",),
    "reach:digest": ("GET /digests/{id}",),
    "reach:search": ("GET /search",),
    "reach:moment": ("GET /moments/{id}",),
    "reach:answers": ("GET /moments/{id}",),
    "reach:profile": ("GET /members/{handle}", "GET /members/{handle}/moments"),
    "reach:view_as_whom": ("GET /friends",),
    "reach:view_as": ("GET /friends/{id}/view",),
    "money:mine": ("GET /money/balance", "GET /money/sales", "GET /money/payments"),
    "money:books": ("GET /money/books",),
    "money:sandbox_cards": ("GET /money/gateways/{name}",),
    "money:retry_refund": ("POST /money/refunds/{id}/retry",),
    "money:refund_by_hand": ("POST /money/refunds/{id}/by-hand",),
    "money:payouts": ("GET /money/payouts", "POST /money/payouts"),
    "money:cancel_payout": ("DELETE /money/payouts/{id}",),
    "money:payout_paid": ("POST /money/payouts/{id}/paid",),
    "money:payout_returned": ("POST /money/payouts/{id}/returned",),
    "money:top_up": ("POST /money/deposit",),
    "money:take_out": ("POST /money/deposit/withdrawals",),
    "money:bank_details": ("GET /money/bank-details",),  # telling them needs a person at a browser
    "money:drop_details": ("DELETE /money/bank-details/{currency}",),
    "money:bank": ("GET /money/bank",),
    "money:house_account": ("GET /money/bank",),  # likewise
    "money:make_file": ("POST /money/bank/files",),
    "money:bank_file": ("GET /money/bank/files/{id}",),
    "money:statement": ("POST /money/bank/statements",),
    "money:explain_line": ("POST /money/bank/lines/{id}",),
    "shop:market": ("GET /market",),
    "shop:listing": ("GET /listings/{id}",),
    "shop:shop": ("GET /shops/{id}",),
    "shop:mine": ("GET /shop", "GET /shop/listings"),
    "shop:open": ("POST /shop",),
    "shop:edit_shop": ("PUT /shop",),
    "shop:close": ("DELETE /shop",),
    "shop:many": ("PUT /shop/listings/{id}/offer", "DELETE /shop/listings/{id}/offer"),
    "shop:create": ("POST /shop/listings",),
    "shop:edit": (
        "PUT /shop/listings/{id}",
        "PUT /shop/variants/{id}/price",
        "PUT /shop/variants/{id}/stock",
    ),
    "shop:offer": ("PUT /shop/listings/{id}/offer",),
    "shop:withdraw": ("DELETE /shop/listings/{id}/offer",),
    "shop:show": ("POST /shop/listings/{id}/moments",),
    "shop:tell": ("POST /listings/{id}/moments",),
    "shop:add_pictures": ("POST /shop/listings/{id}/pictures",),
    "shop:change_picture": ("DELETE /shop/pictures/{id}", "PUT /shop/pictures/{id}/first"),
    "shop:add_evidence": ("POST /shop/listings/{id}/evidence",),
    "shop:remove_evidence": ("DELETE /shop/evidence/{id}",),
    "shop:templates": ("GET /shop/templates",),
    "shop:new_template": ("POST /shop/templates",),
    "shop:template": ("PUT /shop/templates/{id}",),
    "shop:remove_template": ("DELETE /shop/templates/{id}",),
    "shop:import": ("POST /shop/imports",),
    "shop:import_run": ("GET /shop/imports/{id}", "GET /shop/imports/{id}/rows"),
    "shop:import_apply": ("POST /shop/imports/{id}/apply",),
    "shop:import_drop": ("DELETE /shop/imports/{id}",),
    "shop:import_pictures": ("POST /shop/listings/{id}/pictures",),
    "ops:data": ("GET /me/archives", "POST /me/archives"),
    "ops:leave": ("GET /me/leaving",),  # asking needs a person at a browser
    "ops:stay": ("DELETE /me/leaving",),
    "ops:archive": ("GET /me/archives/{archive}/file",),
    "orders:cart": ("GET /cart",),
    "orders:add": ("POST /cart",),
    "orders:change": ("PUT /cart",),
    "orders:addresses": ("GET /addresses",),
    "orders:new_address": ("POST /addresses", "GET /regions"),
    "orders:address": ("PUT /addresses/{id}",),
    "orders:prefer_address": ("PUT /addresses/{id}/default",),
    "orders:remove_address": ("DELETE /addresses/{id}",),
    "orders:checkout": ("POST /orders", "POST /shipping"),
    "orders:list": ("GET /orders",),
    "orders:sales": ("GET /sales",),
    "orders:order": ("GET /orders/{id}",),
    "orders:promises": ("GET /orders/{id}/promises",),
    "orders:pay": ("POST /orders/{id}/payments",),
    "orders:ship": ("POST /orders/{id}/shipments",),
    "orders:confirm": ("POST /orders/{id}/receipt",),
    "orders:extend": ("POST /orders/{id}/extension",),
    "orders:cancel": ("POST /orders/{id}/cancellation",),
    "orders:ask_cancel": ("POST /orders/{id}/cancellation-request",),
}
# What has no operation of its own: machines' addresses, and files, which a program opens with its
# token at the same URL (test_files).
MACHINES = {
    "ops:healthz", "ops:readyz", "ops:demo_face", "ops:metrics", "money:callback", "api_docs",
    "gallery", "away", "worker", "public_keys",
}  # fmt: skip
FILES = MACHINES | {
    "circle:picture", "circle:voice", "shop:picture", "shop:evidence", "people:avatar",
}  # fmt: skip
# Proving who one is needs a person at a browser: programs have tokens for it.
ALONE = set(ACCOUNT) | {"money:sandbox", "ops:demo_sign_in"}


def test_every_page_has_its_operations():
    assert set(PAGES) - COUNTERPARTS.keys() - FILES - ALONE == set()


@pytest.mark.parametrize("page", sorted(COUNTERPARTS))
def test_the_operations_exist(page: str):
    assert page in PAGES
    assert set(COUNTERPARTS[page]) <= set(API)
