from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kit import clock, http
from goodword.kit.errors import Refused
from goodword.kit.ids import parse_id
from goodword.kit.money import parse_amount
from goodword.people.access import MemberRequest, member_required

from .. import actions, quotes
from .. import queries as shops
from ..forms import AnswerForm, AskForm
from .common import DONE, tried


@member_required
@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, id: UUID) -> HttpResponse:
    """Ask what it costs, made as I choose; `?like=` fills in what an earlier quote asked."""
    page = shops.listing(request.user.id, id, now=clock.now())
    if not page.can_ask:
        raise shops.ListingMissing
    form = AskForm(request.POST or None, asks=page.asks, initial=like(request, id))
    asked: list[UUID] = []
    status = tried(
        form,
        lambda: asked.append(
            actions.ask_quote(
                buyer=request.user, listing=id, wishes=form.wishes(),
                quantity=form.cleaned_data["quantity"], note=form.cleaned_data["note"],
                now=clock.now(),
            ).id
        ),
    )  # fmt: skip
    if status == DONE:
        messages.success(request, _("Asked. You will be told of the answer."))
        return redirect("shop:quote", asked[0])
    context = {"form": form, "page": page}
    return http.page(request, "shop/ask.html", context, status=status)


def like(request: MemberRequest, listing: UUID) -> dict[str, object]:
    """The form as it was filled in for the quote that the address names."""
    earlier = parse_id(request.GET.get("like", ""))
    if earlier is None:
        return {}
    seen = quotes.quote(request.user.id, earlier)
    if not seen.mine or seen.listing != listing:
        raise actions.QuoteMissing
    return {"wishes": dict(seen.wishes), "quantity": seen.quantity, "note": seen.note}


@member_required
@require_GET
def my_quotes(request: MemberRequest) -> HttpResponse:
    """What I asked, or what I am asked (`?as=seller`)."""
    selling = request.GET.get("as") == "seller"
    shelf = quotes.shelf(request.user.id, selling=selling, cursor=request.GET.get("after", ""))
    context = {
        "quotes": shelf.quotes,
        "next": shelf.next,
        "selling": selling,
        "waiting": quotes.to_answer(request.user.id),
    }
    return http.page(request, "shop/quotes.html", context)


@member_required
@require_GET
def quote(request: MemberRequest, id: UUID) -> HttpResponse:
    """One quote, for its buyer and for its seller."""
    return quote_page(request, id, AnswerForm())


def quote_page(
    request: MemberRequest, id_: UUID, form: AnswerForm, status: int = 200
) -> HttpResponse:
    context = {"quote": quotes.quote(request.user.id, id_), "form": form, "now": clock.now()}
    return http.page(request, "shop/quote.html", context, status=status)


@member_required
@require_POST
def answer_quote(request: MemberRequest, id: UUID) -> HttpResponse:
    """The seller's: what it costs, how long it takes, how long that holds."""
    found = quotes.quote(request.user.id, id)
    form = AnswerForm(request.POST)
    status = tried(
        form,
        lambda: actions.answer_quote(
            seller=request.user, quote=id,
            price=parse_amount(form.cleaned_data["price"], found.currency),
            lead_days=form.cleaned_data["lead_days"],
            valid_days=form.cleaned_data["valid_days"],
            answer=form.cleaned_data["answer"], now=clock.now(),
        ),
    )  # fmt: skip
    if status == DONE:
        messages.success(request, _("Answered. The buyer has been told."))
        return redirect("shop:quote", id)
    return quote_page(request, id, form, status)


@member_required
@require_POST
def accept_quote(request: MemberRequest, id: UUID) -> HttpResponse:
    """The buyer's: on to the checkout, at that price."""
    if order := quotes.quote(request.user.id, id).order:
        return redirect("orders:order", order)
    try:
        variant = actions.accept_quote(buyer=request.user, quote=id, now=clock.now())
    except actions.NotQuoted as refusal:
        messages.error(request, str(refusal))
        return redirect("shop:quote", id)
    return redirect(f"{reverse('orders:checkout')}?variant={variant.id}&quantity=1")


@member_required
@require_POST
def decline_quote(request: MemberRequest, id: UUID) -> HttpResponse:
    """The seller's: I do not make that."""
    return ended(request, id, lambda: actions.decline_quote(
        seller=request.user, quote=id, answer=request.POST.get("answer", ""), now=clock.now()
    ))  # fmt: skip


@member_required
@require_POST
def withdraw_quote(request: MemberRequest, id: UUID) -> HttpResponse:
    """The buyer's: I do not need it any more."""
    return ended(
        request,
        id,
        lambda: actions.withdraw_quote(buyer=request.user, quote=id, now=clock.now()),
    )


def ended(request: MemberRequest, id_: UUID, end: Callable[[], object]) -> HttpResponse:
    try:
        end()
    except actions.QuoteMissing:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("shop:quote", id_)
