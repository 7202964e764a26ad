from operator import itemgetter
from typing import Any

from allauth.account import forms as allauth_forms
from babel import Locale
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from goodword.kit import clock, formats, jobs
from goodword.kit.errors import Refused
from goodword.kit.http import page

from . import actions, queries, rules
from .models import Member

NEAR = ("CN", "HK", "MO", "TW", "SG", "MY")  # where most circles have their members
PASSWORD = _("At least 10 characters, and none of the passwords everybody uses.")
NO_CAPITALS = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


def show(form: forms.Form, error: Refused, **names: str) -> None:
    """Write a refusal's sentences to the fields they are about; `names` maps its to the form's."""
    placed = False
    for field, sentence in error.fields.items():
        name = names.get(field, field)
        if name in form.fields:
            form.add_error(name, sentence)
            placed = True
    if not placed:
        form.add_error(None, str(error))


def plain(form: forms.Form) -> None:
    """Say what a new password has to be as everywhere here, not as a list in HTML."""
    labels = {
        "oldpassword": _("Your present password"),
        "password1": _("New password"),
        "password2": _("New password, again"),
    }
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].widget.attrs.pop("placeholder", None)
    form.fields["password1"].help_text = PASSWORD


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["login"]
        name.label = _("Handle or e-mail address")
        # Browsers offer passkeys where "webauthn" stands.
        name.widget.attrs = {"autocomplete": "username webauthn", **NO_CAPITALS}
        password = self.fields["password"]
        password.help_text = ""
        password.widget.attrs.pop("placeholder", None)


class SignUpForm(allauth_forms.SignupForm):
    display_name = forms.CharField(
        label=_("Your name"),
        max_length=rules.NAME_MAX,
        help_text=_("As your friends know you. You can change it later."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["display_name", "username", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handle = self.fields["username"]
        handle.label = _("Handle")
        handle.help_text = _("3 to 30 of a–z, 0–9, dots and “_”. It is yours for good.")
        handle.widget.attrs = {"autocomplete": "username", "maxlength": "30", **NO_CAPITALS}
        email = self.fields["email"]
        email.label = _("E-mail address")
        email.help_text = _("So that you can come back if you forget your password.")
        email.widget.attrs = {"type": "email", "autocomplete": "email"}
        password = self.fields["password1"]
        password.help_text = PASSWORD
        password.widget.attrs.pop("placeholder", None)

    def clean_display_name(self) -> str:
        try:
            return rules.display_name(self.cleaned_data["display_name"])
        except Refused as error:
            raise forms.ValidationError(str(error)) from error

    def try_save(self, request: HttpRequest) -> tuple[Member | None, HttpResponse | None]:
        try:
            with transaction.atomic():
                return super().try_save(request)
        except Refused as error:
            # Somebody took the handle after it was checked.
            show(self, error, handle="username")
            context = {"form": self, "redirect_field": ""}
            return None, page(request, "account/signup.html", context, status=error.status)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asks for a letter. Whether anybody has the address is looked up later, by the job.

    So neither the answer nor the time it takes tells who is here.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    @override
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        jobs.defer(
            "people.offer_reset",
            email=email,
            base=request.build_absolute_uri("/"),
            language=get_language() or "en",
        )
        return email


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    """Chooses a password through the link of a letter: nobody knows who knew the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)

    @override
    def save(self) -> None:
        with transaction.atomic():
            super().save()
            actions.shut_out(member=self.user, now=clock.now())


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """Changes a password that is known. Tokens stay unless the member says otherwise here."""

    tokens = forms.BooleanField(label=_("Revoke my tokens for programs too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)
        count = len(queries.tokens(self.user))
        if not count:
            del self.fields["tokens"]
            return
        self.fields["tokens"].help_text = ngettext(
            "%(num)s token lets a program do what you can do. It goes on working otherwise.",
            "%(num)s tokens let programs do what you can do. They go on working otherwise.",
            count,
        ) % {"num": count}

    @override
    def save(self) -> None:
        with transaction.atomic():
            super().save()
            if self.cleaned_data.get("tokens"):
                actions.revoke_tokens(owner=self.user, now=clock.now())


class SetPasswordForm(allauth_forms.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self)


def regions() -> list[tuple[str, str]]:
    """ISO 3166-1 codes with their names in the active language; the likeliest first."""
    names = Locale.parse(formats.locale()).territories
    pairs = [(code, str(names.get(code, code))) for code in rules.REGIONS - set(NEAR)]
    near = [(code, str(names.get(code, code))) for code in NEAR]
    return near + sorted(pairs, key=itemgetter(1))


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Your name"),
        max_length=rules.NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    bio = forms.CharField(
        label=_("A few words about yourself"),
        max_length=rules.BIO_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    region = forms.ChoiceField(label=_("Country or region"), choices=regions)


class LanguageForm(forms.Form):
    use_required_attribute = False  # "" is an answer too

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As the browser asks")), ("zh-hans", "简体中文"), ("en", "English")],
    )


class ThemeForm(forms.Form):
    use_required_attribute = False

    theme = forms.ChoiceField(
        label=_("Appearance"),
        choices=[("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
    )


class FaceForm(forms.Form):
    picture = forms.FileField(label=_("Your picture"))


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"),
        max_length=rules.TOKEN_NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
