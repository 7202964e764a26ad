"""What allauth says, in our words: one clear sentence each, which says what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# The same for an unknown name and a wrong password: the answer must not tell who is here.
WRONG = _("The name or the password is not right. Check both and try again.")
SLOWLY = _("Too many tries in a short time. Wait a few minutes and try again.")
WRONG_CODE = _("This code is not right. Look again and type the one that is shown now.")
OLD_LINK = _("This link no longer works. Ask for a new one.")

ERRORS: dict[str, Any] = {
    "account_inactive": _("This account is closed."),
    "cannot_remove_primary_email": _("Add another address before you remove this one."),
    "duplicate_email": _("This is already your address."),
    "email_password_mismatch": WRONG,
    "username_password_mismatch": WRONG,
    "invalid_login": WRONG,
    "email_taken": _("This address cannot be used. Choose another one."),
    "enter_current_password": _("Type your present password."),
    "incorrect_code": WRONG_CODE,
    "incorrect_password": _("This is not your password. Try again."),
    "invalid_or_expired_key": OLD_LINK,
    "invalid_password_reset": OLD_LINK,
    "max_email_addresses": _("You cannot add more than %d e-mail addresses."),
    "too_many_login_attempts": SLOWLY,
    "rate_limited": SLOWLY,
    "unverified_primary_email": _("Confirm your e-mail address first."),
    "username_taken": _("This handle is taken. Choose another one."),
    "same_as_current": _("This is already your address."),
}

MFA_ERRORS: dict[str, Any] = {
    "cannot_delete_authenticator": _("This cannot be removed."),
    "cannot_generate_recovery_codes": _(
        "Recovery codes come with an authenticator app or a passkey. Add one of them first."
    ),
    "incorrect_code": WRONG_CODE,
}

# What the next page says after something was done. allauth's other messages tell nothing new.
DONE: dict[str, Any] = {
    "account/messages/email_confirmation_failed.txt": _(
        "%(email)s belongs to another account and cannot be confirmed here."
    ),
    "account/messages/email_confirmation_sent.txt": _(
        "We wrote to %(email)s. Open the link in the letter to confirm the address."
    ),
    "account/messages/email_confirmed.txt": _("%(email)s is confirmed. You can sign in with it."),
    "account/messages/email_deleted.txt": _("%(email)s is removed."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "Here are your recovery codes. Each opens your account once; keep them somewhere safe."
    ),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is added."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}
