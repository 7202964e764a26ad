"""Who may open each address: one line for each page by name, and for each operation of the API.

A test walks the URLconf and fails on an address that has no line here, and on one that answers a
stranger otherwise than its line says. What a member may see *inside* is each domain's own rule.
"""

from enum import Enum


class Who(Enum):
    """Who passes, and what everybody else is answered."""

    PUBLIC = "anybody"
    MEMBER = "whoever is signed in; strangers are sent to sign in, or get 401"
    OWNER = "those whom the thing is for; for other members it does not exist (404)"
    OPERATOR = "the house's operators; for other members it does not exist (404)"
    STEP = "whoever is half-way through signing in; others are sent to its beginning"


SITE = {
    "rules": Who.PUBLIC,
    "around": Who.MEMBER,
    "away": Who.PUBLIC,  # kept by browsers, so it is the same for everybody
    "worker": Who.PUBLIC,
    "language": Who.PUBLIC,
    "public_keys": Who.PUBLIC,
    "gallery": Who.PUBLIC,  # only while debugging or testing
    "api_docs": Who.PUBLIC,
}

ACCOUNT = {
    "account_login": Who.PUBLIC,
    "account_logout": Who.PUBLIC,
    "account_signup": Who.PUBLIC,
    "account_inactive": Who.PUBLIC,
    "account_confirm_email": Who.PUBLIC,  # the link itself is the proof
    "account_reset_password": Who.PUBLIC,
    "account_reset_password_done": Who.PUBLIC,
    "account_reset_password_from_key": Who.PUBLIC,  # the link itself is the proof
    "account_reset_password_from_key_done": Who.PUBLIC,
    "account_reauthenticate": Who.MEMBER,
    "account_email": Who.MEMBER,
    "account_change_password": Who.MEMBER,
    "account_set_password": Who.MEMBER,
    "mfa_authenticate": Who.STEP,
    "mfa_login_webauthn": Who.PUBLIC,
    "mfa_index": Who.MEMBER,
    "mfa_reauthenticate": Who.MEMBER,
    "mfa_activate_totp": Who.MEMBER,
    "mfa_deactivate_totp": Who.MEMBER,
    "mfa_view_recovery_codes": Who.MEMBER,
    "mfa_generate_recovery_codes": Who.MEMBER,
    "mfa_download_recovery_codes": Who.MEMBER,
    "mfa_list_webauthn": Who.MEMBER,
    "mfa_add_webauthn": Who.MEMBER,
    "mfa_reauthenticate_webauthn": Who.MEMBER,
    "mfa_edit_webauthn": Who.OWNER,
    "mfa_remove_webauthn": Who.OWNER,
}

PEOPLE = {
    "people:me": Who.MEMBER,
    "people:settings": Who.MEMBER,
    "people:theme": Who.MEMBER,
    "people:set_face": Who.MEMBER,
    "people:remove_face": Who.MEMBER,
    "people:findable": Who.MEMBER,
    "people:tokens": Who.MEMBER,
    "people:revoke_token": Who.OWNER,
    "people:sessions": Who.MEMBER,
    "people:end_session": Who.OWNER,
    "people:avatar": Who.MEMBER,
}

NOTICES = {
    "notices:index": Who.MEMBER,
    "notices:read_all": Who.MEMBER,
    "notices:settings": Who.MEMBER,
    "notices:follow": Who.OWNER,
}

CIRCLE = {
    "circle:compose": Who.MEMBER,
    "circle:like": Who.OWNER,
    "circle:comment": Who.OWNER,
    "circle:delete_comment": Who.OWNER,
    "circle:audience": Who.OWNER,
    "circle:delete_moment": Who.OWNER,
    "circle:edit": Who.OWNER,
    "circle:history": Who.OWNER,
    "circle:picture": Who.OWNER,
    "circle:voice": Who.OWNER,
    "circle:take_link_off": Who.OWNER,
    "circle:friends": Who.MEMBER,
    "circle:ask": Who.MEMBER,
    "circle:answer": Who.OWNER,
    "circle:introductions": Who.MEMBER,
    "circle:names": Who.MEMBER,
    "circle:invitations": Who.MEMBER,
    "circle:invitation": Who.OWNER,
    "circle:revoke_invitation": Who.OWNER,
    "circle:invited": Who.PUBLIC,  # strangers are led to an account; the link is the proof
    "circle:friend": Who.OWNER,
    "circle:unfriend": Who.OWNER,
    "circle:block": Who.MEMBER,
    "circle:groups": Who.MEMBER,
    "circle:group": Who.OWNER,
    "circle:delete_group": Who.OWNER,
    "circle:window": Who.MEMBER,
}

REACH = {
    "reach:timeline": Who.PUBLIC,  # strangers are welcomed there
    "reach:search": Who.MEMBER,  # what is found is what the member may see
    "reach:moment": Who.OWNER,
    "reach:answers": Who.OWNER,
    "reach:fold": Who.OWNER,
    "reach:digests": Who.MEMBER,
    "reach:digest": Who.OWNER,
    "reach:profile": Who.OWNER,
    "reach:view_as_whom": Who.MEMBER,
    "reach:view_as": Who.OWNER,  # one's own friends
}

SHOP = {
    "shop:market": Who.MEMBER,
    "shop:listing": Who.OWNER,  # strangers too, when the shop is public
    "shop:picture": Who.OWNER,  # as its listing
    "shop:evidence": Who.OWNER,  # as its listing, or its buyers alone
    "shop:shop": Who.OWNER,  # strangers too, when it is public
    "shop:mine": Who.MEMBER,
    "shop:open": Who.MEMBER,
    "shop:edit_shop": Who.MEMBER,
    "shop:close": Who.MEMBER,
    "shop:many": Who.MEMBER,
    "shop:create": Who.MEMBER,
    "shop:edit": Who.OWNER,
    "shop:offer": Who.OWNER,
    "shop:withdraw": Who.OWNER,
    "shop:show": Who.OWNER,
    "shop:tell": Who.OWNER,
    "shop:add_pictures": Who.OWNER,
    "shop:add_evidence": Who.OWNER,
    "shop:change_picture": Who.OWNER,
    "shop:remove_evidence": Who.OWNER,
    "shop:templates": Who.MEMBER,
    "shop:new_template": Who.MEMBER,
    "shop:template": Who.OWNER,
    "shop:remove_template": Who.OWNER,
    "shop:import": Who.MEMBER,
    "shop:import_run": Who.OWNER,
    "shop:import_apply": Who.OWNER,
    "shop:import_drop": Who.OWNER,
    "shop:import_pictures": Who.OWNER,
}

ORDERS = {
    "orders:cart": Who.MEMBER,
    "orders:add": Who.MEMBER,
    "orders:change": Who.MEMBER,
    "orders:addresses": Who.MEMBER,
    "orders:new_address": Who.MEMBER,
    "orders:address": Who.OWNER,
    "orders:prefer_address": Who.OWNER,
    "orders:remove_address": Who.OWNER,
    "orders:checkout": Who.MEMBER,
    "orders:list": Who.MEMBER,
    "orders:sales": Who.MEMBER,
    "orders:order": Who.OWNER,  # buyer and seller
    "orders:promises": Who.OWNER,
    "orders:pay": Who.OWNER,
    "orders:ship": Who.OWNER,
    "orders:confirm": Who.OWNER,
    "orders:extend": Who.OWNER,
    "orders:cancel": Who.OWNER,
    "orders:ask_cancel": Who.OWNER,
}

MONEY = {
    "money:mine": Who.MEMBER,
    "money:books": Who.OPERATOR,
    "money:retry_refund": Who.OPERATOR,
    "money:refund_by_hand": Who.OPERATOR,
    "money:sandbox_cards": Who.MEMBER,
    "money:payouts": Who.MEMBER,
    "money:cancel_payout": Who.OWNER,
    "money:payout_paid": Who.OPERATOR,
    "money:payout_returned": Who.OPERATOR,
    "money:bank_details": Who.MEMBER,
    "money:drop_details": Who.MEMBER,
    "money:bank": Who.OPERATOR,
    "money:house_account": Who.OPERATOR,
    "money:make_file": Who.OPERATOR,
    "money:bank_file": Who.OPERATOR,
    "money:statement": Who.OPERATOR,
    "money:explain_line": Who.OPERATOR,
    "money:sandbox": Who.OWNER,  # the payer
    "money:callback": Who.PUBLIC,  # the gateway's signature is the proof
}

OPS = {
    "ops:healthz": Who.PUBLIC,
    "ops:readyz": Who.PUBLIC,
    "ops:metrics": Who.OPERATOR,  # and scrapers on this machine
    "ops:data": Who.MEMBER,
    "ops:archive": Who.OWNER,
    "ops:leave": Who.MEMBER,
    "ops:stay": Who.MEMBER,
    "ops:demo_sign_in": Who.OWNER,  # strangers at a demo; elsewhere it does not exist
    "ops:demo_face": Who.OWNER,  # likewise
}

PAGES = {
    **SITE,
    **ACCOUNT,
    **PEOPLE,
    **NOTICES,
    **CIRCLE,
    **MONEY,
    **SHOP,
    **ORDERS,
    **REACH,
    **OPS,
}

API = {
    "GET /me": Who.MEMBER,
    "PATCH /me": Who.MEMBER,
    "GET /me/findable": Who.MEMBER,
    "PUT /me/findable": Who.MEMBER,
    "GET /me/tokens": Who.MEMBER,
    "POST /me/tokens": Who.MEMBER,
    "DELETE /me/tokens/{token}": Who.OWNER,
    "GET /members/{handle}": Who.MEMBER,
    "GET /notices": Who.MEMBER,
    "POST /notices/read": Who.MEMBER,
    "GET /notices/settings": Who.MEMBER,
    "PUT /notices/settings": Who.MEMBER,
    "POST /notices/{notice}/read": Who.OWNER,
    "POST /moments": Who.MEMBER,
    "GET /moments/{id}": Who.OWNER,
    "DELETE /moments/{id}": Who.OWNER,
    "PUT /moments/{id}/text": Who.OWNER,
    "GET /moments/{id}/history": Who.OWNER,
    "GET /moments/{id}/audience": Who.OWNER,
    "PUT /moments/{id}/audience": Who.OWNER,
    "GET /friends/{id}/view": Who.OWNER,
    "DELETE /moments/{id}/link": Who.OWNER,
    "PUT /moments/{id}/like": Who.OWNER,
    "DELETE /moments/{id}/like": Who.OWNER,
    "POST /moments/{id}/comments": Who.OWNER,
    "DELETE /comments/{id}": Who.OWNER,
    "GET /friends": Who.MEMBER,
    "GET /friends/requests": Who.MEMBER,
    "POST /friends/requests": Who.MEMBER,
    "POST /friends/requests/{id}": Who.OWNER,
    "GET /friends/suggestions": Who.MEMBER,
    "PUT /me/introductions": Who.MEMBER,
    "GET /friends/invitations": Who.MEMBER,
    "POST /friends/invitations": Who.MEMBER,
    "DELETE /friends/invitations/{id}": Who.OWNER,
    "GET /invitations/{token}": Who.OWNER,
    "POST /invitations/{token}": Who.OWNER,
    "PATCH /friends/{id}": Who.OWNER,
    "DELETE /friends/{id}": Who.OWNER,
    "PUT /members/{id}/block": Who.MEMBER,
    "DELETE /members/{id}/block": Who.MEMBER,
    "GET /groups": Who.MEMBER,
    "POST /groups": Who.MEMBER,
    "PUT /groups/{id}": Who.OWNER,
    "DELETE /groups/{id}": Who.OWNER,
    "POST /me/face": Who.MEMBER,
    "DELETE /me/face": Who.MEMBER,
    "GET /me/sessions": Who.MEMBER,
    "DELETE /me/sessions/{ref}": Who.OWNER,
    "PUT /me/window": Who.MEMBER,
    "GET /moments/{id}/fold": Who.OWNER,
    "GET /digests": Who.MEMBER,
    "GET /digests/{id}": Who.OWNER,
    "GET /rules": Who.MEMBER,
    "GET /timeline": Who.MEMBER,
    "GET /timeline/line": Who.MEMBER,
    "PUT /timeline/line": Who.MEMBER,
    "GET /search": Who.MEMBER,
    "GET /members/{handle}/moments": Who.OWNER,
    "GET /money/balance": Who.MEMBER,
    "GET /money/sales": Who.MEMBER,
    "GET /money/payments": Who.MEMBER,
    "GET /money/payments/{id}": Who.OWNER,
    "GET /money/orders/{order}/trail": Who.OWNER,
    "GET /money/gateways/{name}": Who.MEMBER,
    "GET /money/books": Who.OPERATOR,
    "POST /money/refunds/{id}/retry": Who.OPERATOR,
    "POST /money/refunds/{id}/by-hand": Who.OPERATOR,
    "GET /money/bank-details": Who.MEMBER,
    "DELETE /money/bank-details/{currency}": Who.MEMBER,
    "GET /money/payouts": Who.MEMBER,
    "POST /money/payouts": Who.MEMBER,
    "DELETE /money/payouts/{id}": Who.OWNER,
    "POST /money/payouts/{id}/paid": Who.OPERATOR,
    "POST /money/payouts/{id}/returned": Who.OPERATOR,
    "GET /money/bank": Who.OPERATOR,
    "POST /money/bank/files": Who.OPERATOR,
    "GET /money/bank/files/{id}": Who.OPERATOR,
    "POST /money/bank/statements": Who.OPERATOR,
    "POST /money/bank/lines/{id}": Who.OPERATOR,
    "GET /market": Who.MEMBER,
    "GET /listings/{id}": Who.OWNER,
    "GET /shops/{id}": Who.OWNER,
    "GET /shop": Who.MEMBER,
    "POST /shop": Who.MEMBER,
    "PUT /shop": Who.MEMBER,
    "DELETE /shop": Who.MEMBER,
    "GET /shop/listings": Who.MEMBER,
    "POST /shop/listings": Who.MEMBER,
    "PUT /shop/listings/{id}": Who.OWNER,
    "PUT /shop/listings/{id}/offer": Who.OWNER,
    "DELETE /shop/listings/{id}/offer": Who.OWNER,
    "POST /shop/listings/{id}/pictures": Who.OWNER,
    "DELETE /shop/pictures/{id}": Who.OWNER,
    "PUT /shop/pictures/{id}/first": Who.OWNER,
    "POST /shop/listings/{id}/evidence": Who.OWNER,
    "DELETE /shop/evidence/{id}": Who.OWNER,
    "PUT /shop/variants/{id}/price": Who.OWNER,
    "PUT /shop/variants/{id}/stock": Who.OWNER,
    "POST /shop/listings/{id}/moments": Who.OWNER,
    "POST /listings/{id}/moments": Who.OWNER,
    "POST /shop/imports": Who.MEMBER,
    "GET /shop/imports/{id}": Who.OWNER,
    "GET /shop/imports/{id}/rows": Who.OWNER,
    "POST /shop/imports/{id}/apply": Who.OWNER,
    "DELETE /shop/imports/{id}": Who.OWNER,
    "POST /orders": Who.MEMBER,
    "GET /orders": Who.MEMBER,
    "GET /sales": Who.MEMBER,
    "GET /addresses": Who.MEMBER,
    "POST /addresses": Who.MEMBER,
    "PUT /addresses/{id}": Who.OWNER,
    "PUT /addresses/{id}/default": Who.OWNER,
    "DELETE /addresses/{id}": Who.OWNER,
    "POST /shipping": Who.MEMBER,
    "GET /regions": Who.MEMBER,
    "GET /shop/templates": Who.MEMBER,
    "POST /shop/templates": Who.MEMBER,
    "PUT /shop/templates/{id}": Who.OWNER,
    "DELETE /shop/templates/{id}": Who.OWNER,
    "GET /orders/{id}/promises": Who.OWNER,
    "GET /orders/{id}": Who.OWNER,
    "POST /orders/{id}/payments": Who.OWNER,
    "POST /orders/{id}/shipments": Who.OWNER,
    "POST /orders/{id}/receipt": Who.OWNER,
    "POST /orders/{id}/extension": Who.OWNER,
    "POST /orders/{id}/cancellation": Who.OWNER,
    "POST /orders/{id}/cancellation-request": Who.OWNER,
    "GET /carriers": Who.MEMBER,
    "GET /cart": Who.MEMBER,
    "POST /cart": Who.MEMBER,
    "PUT /cart": Who.MEMBER,
    "GET /me/archives": Who.MEMBER,
    "POST /me/archives": Who.MEMBER,
    "GET /me/leaving": Who.MEMBER,
    "DELETE /me/leaving": Who.MEMBER,
    "GET /me/archives/{archive}/file": Who.OWNER,
}
