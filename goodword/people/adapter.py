"""How allauth, which owns signing in, makes and changes our members: through our actions."""

from collections.abc import Mapping
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathFillImage
from typing_extensions import override

from goodword.kit import clock, sealing
from goodword.kit.errors import Refused

from . import actions, letters, queries, rules, sentences
from .models import Member

SECOND_STEP = "second step"  # what the secrets of apps and recovery codes are sealed for


class AccountAdapter(DefaultAccountAdapter):
    error_messages: Mapping[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        **sentences.ERRORS,
    }

    @override
    def clean_username(self, username: str, shallow: bool = False) -> str:
        try:
            handle = rules.handle(username)
        except Refused as error:
            raise ValidationError(str(error)) from error
        if not shallow and queries.handle_is_taken(handle):
            raise self.validation_error("username_taken")
        return handle

    @override
    def save_user(
        self, request: HttpRequest, user: Member, form: Any, commit: bool = True
    ) -> Member:
        """Sign-up: `user` is allauth's empty one, ours is what the action makes."""
        data = form.cleaned_data
        return actions.register(
            handle=data["username"],
            display_name=data["display_name"],
            email=data.get("email") or "",
            password=data["password1"],
            now=clock.now(),
        )

    @override
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        if not super().confirm_email(request, email_address):
            return False
        actions.take_email(member=email_address.user, email=email_address.email, now=clock.now())
        return True

    @override
    def reauthenticate(self, user: Member, password: str) -> bool:
        # By handle alone: an address that is not confirmed may open somebody else's account.
        found = self.authenticate(current.request, username=user.handle, password=password)
        return found is not None and found.pk == user.pk

    @override
    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:settings")

    @override
    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        sentence = message or sentences.DONE.get(message_template or "")
        if sentence:
            text = str(sentence) % message_context if message_context else str(sentence)
            messages.add_message(request, level, text, extra_tags=extra_tags)

    @override
    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """Ask the address's owner; if they have an account already, say that instead."""
        address = emailconfirmation.email_address
        if address.can_set_verified():
            link = self.get_email_confirmation_url(request, emailconfirmation)
            context = {"handle": address.user.handle, "activate_url": link}
            letters.post(address.email, letters.write(letters.CONFIRM, context))
        else:
            link = request.build_absolute_uri(reverse("account_reset_password"))
            context = {"password_reset_url": link}
            letters.post(address.email, letters.write(letters.HAS_ACCOUNT, context))

    @override
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letters.post(email, letters.note(template_prefix, context))


class MfaAdapter(DefaultMFAAdapter):
    error_messages: Mapping[str, Any] = {
        **DefaultMFAAdapter.error_messages,
        **sentences.MFA_ERRORS,
    }

    @override
    def encrypt(self, text: str) -> str:
        return sealing.seal(text, purpose=SECOND_STEP)

    @override
    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text, purpose=SECOND_STEP)

    @override
    def get_totp_label(self, user: Member) -> str:
        return f"@{user.handle}"

    @override
    def build_totp_svg(self, url: str) -> str:
        # With its own white ground: on a dark page the plain picture cannot be scanned.
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    @override
    def generate_authenticator_name(self, user: Member, type: Any) -> str:
        return _("Passkey")

    @override
    def get_public_key_credential_user_entity(self, user: Member) -> dict[str, Any]:
        return {"id": user.id.hex.encode(), "name": user.handle, "display_name": user.display_name}
