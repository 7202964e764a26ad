from typing import Any
from uuid import UUID

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.webauthn import views as webauthn
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from typing_extensions import override

from goodword.kit import clock, pictures, rates
from goodword.kit.errors import NotFound, Refused
from goodword.kit.http import page
from goodword.kit.pictures.serving import serve
from goodword.notices import kinds

from . import actions, faces, limits, passkeys, queries, refusals, sessions, stopping
from .access import MemberRequest, member_required, token_too
from .forms import FaceForm, LanguageForm, ProfileForm, ThemeForm, TokenForm, show
from .models import Member

FOREVER = "private, max-age=31536000, immutable"
AN_HOUR = "private, max-age=3600"


@member_required
@require_GET
def me(request: MemberRequest) -> HttpResponse:
    return page(request, "people/me.html", {})


@member_required
@require_http_methods(["GET", "POST"])
def settings(request: MemberRequest) -> HttpResponse:
    """Everything about oneself on one page; the POST is the profile's own form."""
    form = ProfileForm(request.POST or None, initial=_profile(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(member=request.user, now=clock.now(), **form.cleaned_data)
        except Refused as error:
            show(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:settings")
    return _settings(request, form)


def _settings(request: MemberRequest, form: forms.Form) -> HttpResponse:
    context = {
        "form": form,
        "face_form": FaceForm(),
        "language_form": LanguageForm(initial={"language": request.user.language}),
        "theme_form": ThemeForm(initial={"theme": request.user.theme}),
        "by_name": queries.found_by_name(request.user),
        "refused": refusals.refused(request.user, clock.now()),
    }
    return page(request, "people/settings.html", context, status=422 if form.errors else 200)


def _profile(member: Member) -> dict[str, str]:
    return {"display_name": member.display_name, "bio": member.bio, "region": member.region}


@member_required
@require_POST
def choose_theme(request: MemberRequest) -> HttpResponse:
    actions.edit(member=request.user, theme=request.POST.get("theme", ""), now=clock.now())
    return redirect("people:settings")


@member_required
@require_POST
def choose_findable(request: MemberRequest) -> HttpResponse:
    on = request.POST.get("on") == "1"
    actions.be_found_by_name(member=request.user, on=on, now=clock.now())
    messages.success(request, _("Saved."))
    return redirect("people:settings")


@member_required
@require_POST
def set_face(request: MemberRequest) -> HttpResponse:
    rates.hit(f"face:{request.user.id}", **limits.FACES, now=clock.now())
    upload = request.FILES.get("picture")
    if upload is None:
        messages.error(request, _("Choose a picture first."))
        return redirect("people:settings")
    try:
        actions.set_avatar(member=request.user, raw=upload, now=clock.now())
    except Refused as error:
        messages.error(request, str(error))
        return redirect("people:settings")
    messages.success(request, _("This is you now."))
    return redirect("people:settings")


@member_required
@require_POST
def remove_face(request: MemberRequest) -> HttpResponse:
    actions.remove_avatar(member=request.user, now=clock.now())
    return redirect("people:settings")


@token_too
@member_required
@require_GET
def avatar(request: MemberRequest, member: UUID, size: str, version: str) -> HttpResponseBase:
    """A member's face: their picture, or the initial. Its address changes when the picture does."""
    found = queries.face(member)
    if not found:
        raise NotFound(_("There is no such picture."))
    owner, face = found
    if size not in {variant.name for variant in pictures.AVATAR}:
        raise NotFound(_("There is no such picture."))
    if not face:
        answer: HttpResponseBase = HttpResponse(faces.drawn(owner), content_type="image/svg+xml")
        answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer.headers["Cache-Control"] = AN_HOUR
        return answer
    answer = serve(request, face, size)
    answer.headers["Cache-Control"] = FOREVER if version == owner.avatar_version else AN_HOUR
    return answer


@member_required
@reauthentication_required(allow_get=True)  # a token outlives the session that made it
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: MemberRequest) -> HttpResponse:
    """One's API tokens. A new one's secret is on the answer to the POST, once and nowhere else."""
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            rates.hit(f"token:{request.user.id}", **limits.TOKENS, now=now)
            _token, secret = actions.issue_token(
                owner=request.user, name=form.cleaned_data["name"], now=now
            )
            form = TokenForm()
        except Refused as error:
            show(form, error)
    context = {"form": form, "secret": secret, "tokens": queries.tokens(request.user)}
    return page(request, "people/tokens.html", context, status=422 if form.errors else 200)


@member_required
@require_POST
def revoke_token(request: MemberRequest, token: UUID) -> HttpResponse:
    actions.revoke_token(owner=request.user, token=token, now=clock.now())
    messages.success(request, _("The token no longer works."))
    return redirect("people:tokens")


@member_required
@require_http_methods(["GET", "POST"])
def devices(request: MemberRequest) -> HttpResponse:
    """Where one is signed in; the POST ends every other session."""
    here, now = request.session.session_key, clock.now()
    if request.method == "POST":
        sessions.end_others(member=request.user, current=here, now=now)
        messages.success(request, _("You are signed out everywhere but here."))
        return redirect("people:sessions")
    context = {"devices": sessions.devices(request.user, current=here, now=now)}
    return page(request, "people/sessions.html", context)


@member_required
@require_POST
def end_session(request: MemberRequest, ref: str) -> HttpResponse:
    sessions.end(member=request.user, ref=ref, now=clock.now())
    messages.success(request, _("That browser is signed out."))
    return redirect("people:sessions")


class EmailView(account.EmailView):
    """allauth's, which also says of an address that its mail server refuses it."""

    @override
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        return {**found, "refused": refusals.refused(self.request.user, clock.now())}


@member_required
@require_GET
def list_passkeys(request: MemberRequest) -> HttpResponse:
    context = {"passkeys": passkeys.passkeys(request.user)}
    return page(request, "mfa/webauthn/authenticator_list.html", context)


@member_required
def edit_passkey(request: MemberRequest, ref: str) -> HttpResponseBase:
    return webauthn.edit_webauthn(request, pk=passkeys.number(request.user, ref))


@member_required
def remove_passkey(request: MemberRequest, ref: str) -> HttpResponseBase:
    return webauthn.remove_webauthn(request, pk=passkeys.number(request.user, ref))


@csrf_exempt  # mail programs post to it; the token in the address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """End the letters of which one holds this link; a look alone, as filters take, ends none."""
    done = request.method == "POST"
    try:
        groups = stopping.stop(token) if done else stopping.read(token)[1]
    except stopping.NoSuchLetter as refusal:
        return page(
            request, "people/stop_letters.html", {"broken": str(refusal)}, status=refusal.status
        )
    labels = [kinds.groups()[name].label for name in groups]
    context = {"broken": "", "labels": labels, "done": done, "token": token}
    return page(request, "people/stop_letters.html", context)
