"""Pages of a seller's accounts elsewhere, and the sandbox's stand-in for one."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.kit import clock, http
from goodword.kit.errors import NotFound, Refused
from goodword.people.access import MemberRequest, member_required

from ..gateways.sandbox import Sandbox
from . import actions, queries


@member_required
@reauthentication_required(allow_get=True)
@require_http_methods(["GET", "POST"])
def account(request: MemberRequest, gateway: str) -> HttpResponse:
    """My account with a payment company. The POST, proved once more, opens or names it."""
    machine, error, there, status = actions.sharing(gateway), "", None, 200
    try:
        if request.method == "POST":
            actions.connect(
                member=request.user.id, gateway=gateway, number=request.POST.get("number", ""),
                now=clock.now(),
            )  # fmt: skip
            return redirect("money:account_there", gateway)
        there = actions.look_at(member=request.user.id, gateway=gateway, now=clock.now())
    except NotFound:
        raise
    except Refused as refusal:
        error, status = str(refusal), refusal.status
    context = {
        "gateway": gateway, "word": machine.word, "typed": machine.account_is_typed,
        "there": there, "error": error,
        "shares": [one for one in queries.shares(request.user.id) if one.gateway == gateway],
    }  # fmt: skip
    return http.page(request, "money/account_there.html", context, status=status)


@member_required
@require_POST
def forget(request: MemberRequest, gateway: str) -> HttpResponse:
    """From now on my part stands on my balance here."""
    actions.disconnect(member=request.user.id, gateway=gateway, now=clock.now())
    messages.success(request, _("Forgotten. What is released stands on your balance here."))
    return redirect("money:payouts")


@member_required
@require_http_methods(["GET", "POST"])
def sandbox_account(request: MemberRequest, number: str) -> HttpResponse:
    """What a payment company would ask of a seller; the sandbox asks for nothing."""
    if not queries.is_mine(request.user.id, Sandbox.name, number):
        raise NotFound(_("There is no such account."))
    if request.method == "POST":
        Sandbox().finish_account(number)
        return redirect("money:account_there", Sandbox.name)
    return http.page(request, "money/sandbox_account.html", {"number": number})
