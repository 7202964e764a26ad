"""Pages of who sells: the seller's own, and the operators' desk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kit import clock, http
from goodword.kit.ids import parse_id
from goodword.kit.papers import save_papers
from goodword.kit.pictures import serve
from goodword.people.access import MemberRequest, member_required, operator_required, token_too

from ..queries import my_shop
from ..views.common import DONE, tried
from . import actions, queries, rules
from .forms import ReasonForm, RegistrationForm


@member_required
@require_http_methods(["GET", "POST"])
def seller(request: MemberRequest) -> HttpResponse:
    """Who sells in my shop: what I declared, and how much of the year's sum is used."""
    if request.method == "POST":
        actions.declare_individual(owner=request.user, now=clock.now())
        messages.success(request, _("It stands on all you offer: a private person sells here."))
        return redirect("shop:seller")
    return seller_page(request)


def seller_page(
    request: MemberRequest, form: RegistrationForm | None = None, status: int = 200
) -> HttpResponse:
    selling = queries.who_sells(request.user.id, now=clock.now())
    context = {
        "selling": selling,
        "shop": my_shop(request.user.id),
        "form": form or RegistrationForm(initial=again(selling.refused)),
        "most_pages": rules.PAGES,
    }
    return http.page(request, "shop/seller.html", context, status=status)


def again(refused: queries.DeclarationView | None) -> dict[str, str]:
    """What a seller wrote whom an operator has turned down: most of it stays right."""
    if refused is None:
        return {}
    return {"scheme": refused.scheme, "name": refused.name, "number": refused.number}


@member_required
@require_POST
def register(request: MemberRequest) -> HttpResponse:
    """Send number and papers of my business to the operators."""
    form = RegistrationForm(request.POST, request.FILES)

    def ask() -> None:
        asked: dict[str, Any] = {
            "owner": request.user, "scheme": form.scheme_chosen(),
            "name": form.cleaned_data["name"], "number": form.cleaned_data["number"],
            "now": clock.now(),
        }  # fmt: skip
        actions.check_request(**asked)
        pages = save_papers(form.cleaned_data["papers"], most=rules.PAGES)
        actions.ask_registration(**asked, pages=pages)

    status = tried(form, ask)
    if status == DONE:
        messages.success(request, _("Sent. An operator compares it, and you are told."))
        return redirect("shop:seller")
    return seller_page(request, form, status)


@member_required
@require_POST
def take_back(request: MemberRequest, id: UUID) -> HttpResponse:
    """Take my request back; its papers are deleted."""
    actions.take_back(owner=request.user, declaration=id, now=clock.now())
    messages.success(request, _("Taken back, and the papers are deleted."))
    return redirect("shop:seller")


@operator_required
@require_GET
def sellers_desk(request: MemberRequest) -> HttpResponse:
    """The operators' desk: businesses to check, and those that were."""
    return desk_page(request)


def desk_page(request: MemberRequest, error: str = "", status: int = 200) -> HttpResponse:
    before = parse_id(request.GET.get("before", ""))
    context = {
        "desk": queries.desk(before=before),
        "before": before,
        "error": error,
        "reason": lambda id: ReasonForm(auto_id=f"{id}-%s"),
    }
    return http.page(request, "shop/sellers_desk.html", context, status=status)


@operator_required
@require_POST
def accept_seller(request: MemberRequest, id: UUID) -> HttpResponse:
    """Number and papers agree."""
    actions.accept(operator=request.user, declaration=id, now=clock.now())
    messages.success(request, _("It is a registered business now, and the seller is told."))
    return redirect("shop:sellers_desk")


@operator_required
@require_POST
def refuse_seller(request: MemberRequest, id: UUID) -> HttpResponse:
    """They do not; the seller reads why."""
    try:
        actions.refuse(
            operator=request.user, declaration=id, reason=request.POST.get("reason", ""),
            now=clock.now(),
        )  # fmt: skip
    except actions.NoReason as refusal:
        return desk_page(request, str(refusal), refusal.status)
    messages.success(request, _("Refused. The papers are deleted, and the seller is told why."))
    return redirect("shop:sellers_desk")


@operator_required
@require_POST
def withdraw_seller(request: MemberRequest, id: UUID) -> HttpResponse:
    """What was accepted is true no longer."""
    try:
        actions.withdraw(
            operator=request.user, declaration=id, reason=request.POST.get("reason", ""),
            now=clock.now(),
        )  # fmt: skip
    except actions.NoReason as refusal:
        return desk_page(request, str(refusal), refusal.status)
    messages.success(request, _("Withdrawn, and the seller is told why."))
    return redirect("shop:sellers_desk")


@token_too
@operator_required
@require_GET
def paper(request: MemberRequest, id: UUID, variant: str) -> HttpResponseBase:
    """A page of a business's papers, for operators; to everybody else there is none."""
    return serve(request, queries.page(request.user, id), variant)
