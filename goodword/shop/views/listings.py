from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from goodword.kit import clock, house, http
from goodword.kit.errors import Refused
from goodword.kit.pictures import save_pictures
from goodword.people.access import MemberRequest, member_required

from .. import actions, ask_rows, interests, queries, shipping
from ..digital import keys
from ..digital import queries as digital
from ..digital.forms import GoodsForm, KeysForm, goods
from ..forms import EvidenceForm, ListingForm, initial
from ..models import Listing
from ..pages import ListingPage
from ..rows import OPTIONS, VariantRows
from ..states import EVIDENCE_FOR_WORDS, Digital, ListingState
from .common import DONE, refuse, tried

ON_SALE = gettext_lazy("It is on sale now. Show it to your circle?")


@member_required
@require_http_methods(["GET", "POST"])
def create(request: MemberRequest) -> HttpResponse:
    """A new listing; `do` is "offer", "draft", or "rows" for a fresh table of variants."""
    if queries.my_shop(request.user.id) is None:
        messages.info(request, _("Open your shop first."))
        return redirect("shop:open")
    form = ListingForm(request.POST or None, templates=shipping.templates(request.user.id))
    rows = VariantRows.read(request.POST) if request.POST else VariantRows()
    made: list[Listing] = []
    status, rows = attempt(request, form, rows, lambda: made.append(
        actions.create_listing(
            seller=request.user,
            draft=form.draft(
                rows, ask_rows.read(request.POST), offer=request.POST.get("do") == "offer"
            ),
            pictures=uploaded(request),
            goods=goods(request.FILES.get("file"), request.POST.get("text", ""))
            if form.cleaned_data["digital"]
            else (),
            now=clock.now(),
        )
    ))  # fmt: skip
    if status == DONE:
        on_sale = made[0].state == ListingState.ACTIVE
        messages.success(request, str(ON_SALE) if on_sale else _("Saved."))
        return redirect("shop:listing", made[0].id)
    return form_page(request, form, rows, status=status)


@member_required
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, id: UUID) -> HttpResponse:
    """Everything about a listing of mine: its words, variants, pictures and papers."""
    form, page = of_mine(request, id, request.POST or None)
    rows = VariantRows.read(request.POST) if request.POST else VariantRows.of(page.variants)
    status, rows = attempt(request, form, rows, lambda: actions.edit_listing(
        seller=request.user, listing=id, draft=form.draft(rows, ask_rows.read(request.POST)),
        now=clock.now(),
    ))  # fmt: skip
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("shop:edit", id)
    return form_page(request, form, rows, page=page, status=status)


def of_mine(
    request: MemberRequest, id: UUID, posted: Any = None
) -> tuple[ListingForm, ListingPage]:
    row = queries.my_listing(request.user.id, id)
    page = queries.listing(request.user.id, id, now=clock.now())
    form = ListingForm(
        posted, initial=initial(page), currency=page.currency,
        hours=row.ship_within_hours, templates=shipping.templates(request.user.id),
    )  # fmt: skip
    return form, page


def part_again(request: MemberRequest, id: UUID, *, status: int, **parts: Any) -> HttpResponse:
    """The listing's page with the form of one of its parts as it was sent, and what is wrong there.

    `goods`: the form of what a buyer gets; `key_forms`: that of a variant's keys, by its id;
    `papers`: that of a paper.
    """
    form, page = of_mine(request, id)
    rows = VariantRows.of(page.variants)
    return form_page(request, form, rows, page=page, status=status, parts=parts)


def attempt(
    request: MemberRequest, form: ListingForm, rows: VariantRows, change: Any
) -> tuple[int, VariantRows]:
    """Save, or make the table of variants afresh: when asked to, or when it lags behind."""
    if not request.POST:
        return 200, rows
    asked = request.POST.get("do") == "rows"
    if asked or not rows.is_spread:
        try:
            spread = rows.spread()
        except Refused as refusal:
            form.is_valid()
            refuse(form, refusal)
            return refusal.status, rows
        if asked:
            return 200, spread
        form.is_valid()
        form.add_error(None, _("The options have changed. Look at the table of variants again."))
        return 422, spread
    return tried(form, change), rows


def form_page(
    request: MemberRequest,
    form: ListingForm,
    rows: VariantRows,
    *,
    page: ListingPage | None = None,
    status: int = 200,
    parts: Mapping[str, Any] = MappingProxyType({}),
) -> HttpResponse:
    if http.is_htmx(request):
        template = "shop/_variants.html"
    else:
        template = "shop/edit.html" if page else "shop/create.html"
    options = [*rows.options, *[("", "")] * OPTIONS][: max(OPTIONS, len(rows.options))]
    context = {
        "form": form,
        "asks": ask_rows.with_spare(
            ask_rows.read(request.POST) if form.is_bound else page.asks if page else ()
        ),
        "rows": rows,
        "options": options,
        "page": page,
        "papers": parts.get("papers") or EvidenceForm(),
        "audiences": EVIDENCE_FOR_WORDS,
        "goods": parts.get("goods") or GoodsForm(),
        "items": digital.items(request.user.id, page.id) if page and page.digital else (),
        **key_pools(request, page, parts.get("key_forms", {})),
        "keyed": {str(one.id) for one in page.variants if one.keyed} if page else (),
        "purposes": interests.purposes(request.user.id, page.id) if page else None,
        "limit": house.rules(clock.now()).pictures_at_most,
        "wide": page is not None,
    }
    return http.page(request, template, context, status=status)


def key_pools(
    request: MemberRequest, page: ListingPage | None, sent: Mapping[UUID, KeysForm]
) -> dict[str, Any]:
    """The keys of what is delivered at once, or what is left of them."""
    if page is None or not page.digital:
        return {"pools": (), "key_forms": {}}
    pools = keys.pools(request.user.id, page.id)
    if page.digital != Digital.AT_ONCE:
        pools = [one for one in pools if one.unsold]
    return {
        "pools": pools,
        "key_forms": {one.variant: KeysForm(auto_id=f"{one.variant}-%s") for one in pools}
        | {**sent},
    }


def uploaded(request: MemberRequest) -> Sequence[dict[str, Any]]:
    """The posted pictures, let in and kept, with their alt texts. Raises what `admit` raises."""
    alts = request.POST.getlist("pictures_alt")
    limit = house.rules(clock.now()).pictures_at_most
    files = request.FILES.getlist("pictures")[: limit + 1]
    return save_pictures(files, alts)


@member_required
@require_POST
def offer(request: MemberRequest, id: UUID) -> HttpResponse:
    """Put a listing of mine on sale."""
    try:
        actions.offer(seller=request.user, listing=id, now=clock.now())
        messages.success(request, str(ON_SALE))
    except actions.NotReady as refusal:
        messages.error(request, str(refusal))
    return redirect(http.back(request, default=reverse("shop:edit", args=[id])))


@member_required
@require_POST
def withdraw(request: MemberRequest, id: UUID) -> HttpResponse:
    """Take a listing of mine off sale."""
    actions.withdraw(seller=request.user, listing=id, now=clock.now())
    messages.success(request, _("It is no longer on sale."))
    return redirect(http.back(request, default=reverse("shop:edit", args=[id])))


@member_required
@require_POST
def add_pictures(request: MemberRequest, id: UUID) -> HttpResponse:
    """Hang more pictures."""
    queries.my_listing(request.user.id, id)
    try:
        actions.add_pictures(
            seller=request.user, listing=id, pictures=uploaded(request), now=clock.now()
        )
        messages.success(request, _("Saved."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("shop:edit", args=[id]) + "#pictures")


@member_required
@require_POST
def change_picture(request: MemberRequest, id: UUID) -> HttpResponse:
    """`do` is "lead" (show it first) or "remove"."""
    picture = queries.my_picture(request.user.id, id)
    try:
        if request.POST.get("do") == "lead":
            actions.lead_with(seller=request.user, picture=id)
        else:
            actions.remove_picture(seller=request.user, picture=id, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("shop:edit", args=[picture.listing_id]) + "#pictures")
