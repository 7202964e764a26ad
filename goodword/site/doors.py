"""Who passes a door, and the doors of accounts, people and notices (`permissions` has the rest)."""

from enum import Enum


class Who(Enum):
    """Who passes, and what everybody else is answered."""

    PUBLIC = "anybody"
    MEMBER = "whoever is signed in; strangers are sent to sign in, or get 401"
    OWNER = "those whom the thing is for; for other members it does not exist (404)"
    OPERATOR = "the house's operators; for other members it does not exist (404)"
    STEP = "whoever is half-way through signing in; others are sent to its beginning"


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
    "people:stop_letters": Who.PUBLIC,  # the link in the letter is the proof
}

NOTICES = {
    "notices:index": Who.MEMBER,
    "notices:read_all": Who.MEMBER,
    "notices:settings": Who.MEMBER,
    "notices:follow": Who.OWNER,
}
