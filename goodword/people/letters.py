"""The e-mails about a member's own account, in the words of the language that is active."""

import json
from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.kit import formats, jobs, sealing

PURPOSE = "letter"
WORTH_SENDING = timedelta(days=3)  # links have run out by then, and notes are no news


class Letter(NamedTuple):
    subject: str
    body: str
    stop: str = ""  # the address at which such letters end with one tap


class Draft(NamedTuple):
    """`text` may hold %(…)s from the context; `link` names the context's key with an address."""

    subject: Any
    text: Any
    link: str = ""


CONFIRM = Draft(
    gettext_lazy("Confirm your e-mail address"),
    gettext_lazy("Somebody, hopefully you, gave this address for the Goodword account @%(handle)s. "
                 "If that is right, open this page and confirm:"),
    "activate_url",
)  # fmt: skip
RESET = Draft(
    gettext_lazy("Choose a new password"),
    gettext_lazy("Somebody, hopefully you, asked for a new password for @%(handle)s. "
                 "Within a day, choose one here. If it was not you, do nothing:"),
    "password_reset_url",
)  # fmt: skip
HAS_ACCOUNT = Draft(
    gettext_lazy("You already have an account"),
    gettext_lazy("Somebody, hopefully you, opened another Goodword account and gave your address. "
                 "It stays yours. If you forgot your password, you can choose a new one here:"),
    "password_reset_url",
)  # fmt: skip
TOKEN = Draft(
    gettext_lazy("A token was made for your account"),
    gettext_lazy("A token called “%(name)s” was made for your Goodword account @%(handle)s. "
                 "Whoever has it can do there what you can do. If it was not you, revoke it here "
                 "and choose a new password:"),
    "tokens_url",
)  # fmt: skip

# Changes to an account; each is followed by where and when it was made.
NOTES = {
    "account/email/password_changed": Draft(
        gettext_lazy("Your password was changed"), gettext_lazy("Your password was changed.")
    ),
    "account/email/password_reset": Draft(
        gettext_lazy("Your password was changed"),
        gettext_lazy(
            "A new password was chosen through a link sent to this address. You are signed out "
            "everywhere, and all tokens for programs are revoked."
        ),
    ),
    "account/email/password_set": Draft(
        gettext_lazy("Your password was set"), gettext_lazy("Your account has a password now.")
    ),
    "account/email/email_changed": Draft(
        gettext_lazy("Your e-mail address was changed"),
        gettext_lazy(
            "The address of your account was changed from %(from_email)s to %(to_email)s."
        ),
    ),
    "account/email/email_deleted": Draft(
        gettext_lazy("Your e-mail address was removed"),
        gettext_lazy("The address %(deleted_email)s was removed from your account."),
    ),
    "mfa/email/totp_activated": Draft(
        gettext_lazy("Authenticator app added"),
        gettext_lazy("Signing in to your account now also asks for a code from your app."),
    ),
    "mfa/email/totp_deactivated": Draft(
        gettext_lazy("Authenticator app removed"),
        gettext_lazy("Signing in to your account no longer asks for a code from your app."),
    ),
    "mfa/email/recovery_codes_generated": Draft(
        gettext_lazy("New recovery codes"),
        gettext_lazy("New recovery codes were made for your account; the old ones no longer work."),
    ),
    "mfa/email/webauthn_added": Draft(
        gettext_lazy("Passkey added"), gettext_lazy("A passkey was added to your account.")
    ),
    "mfa/email/webauthn_removed": Draft(
        gettext_lazy("Passkey removed"), gettext_lazy("A passkey was removed from your account.")
    ),
}


NEW_PASSWORDS = {"account/email/password_changed", "account/email/password_reset"}


def write(draft: Draft, context: Mapping[str, Any]) -> Letter:
    """The letter that `draft` makes with `context`."""
    parts = [str(draft.text) % context]
    if draft.link:
        parts.append(str(context[draft.link]))
    return _signed(draft, parts)


def ending(letter: Letter, *, stop: str) -> Letter:
    """The letter with the way to get no more like it, for people and for mail programs."""
    line = _("To get no more of these letters, tap here:")
    return Letter(letter.subject, f"{letter.body}\n{line}\n{stop}\n", stop)


def note(template: str, context: Mapping[str, Any]) -> Letter:
    """Tell of the change that allauth calls `template`; `context` has ip, user_agent, timestamp."""
    draft = NOTES[template]
    with timezone.override(UTC):
        when = formats.date_time(context["timestamp"])
    where = _("It was done on %(when)s (UTC) from %(ip)s with %(browser)s.") % {
        "when": when,
        "ip": context["ip"],
        "browser": context["user_agent"] or _("an unknown browser"),
    }
    if template in NEW_PASSWORDS:
        advice = _(
            "If that was not you, the password that you know opens nothing any more: ask for a new "
            "one where you sign in. That also ends all sessions and tokens."
        )
    else:
        advice = _(
            "If that was not you, sign in, choose a new password and end all other sessions."
        )
    return _signed(draft, [str(draft.text) % context, f"{where} {advice}"])


def post(to: str, letter: Letter) -> None:
    """Send `letter` by a job: a mail server that is slow or down must not hold up a page.

    It lies sealed in the job's row, since its link may open an account.
    """
    words = sealing.seal(json.dumps(letter), purpose=PURPOSE)
    jobs.defer("people.send_letter", to=to, sealed=words)


def opened(sealed: str) -> Letter:
    """What `post` has sealed. Raises sealing.Sealed when it is too old to be sent."""
    return Letter(*json.loads(sealing.unseal(sealed, purpose=PURPOSE, within=WORTH_SENDING)))


def _signed(draft: Draft, parts: list[str]) -> Letter:
    return Letter(str(draft.subject), "\n\n".join([_("Hello,"), *parts, "Goodword"]) + "\n")
