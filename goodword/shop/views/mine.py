from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kit import clock, http
from goodword.kit.errors import Refused
from goodword.kit.ids import parse_id
from goodword.people.access import MemberRequest, member_required

from .. import actions, queries
from ..following import queries as following
from ..forms import ShopForm
from ..mine import my_listings as table_of
from ..sellers import queries as sellers
from ..sellers.rules import level_words
from ..states import Level, ListingState
from .common import DONE, tried

VERBS = {"offer": actions.offer, "withdraw": actions.withdraw}
AT_ONCE = 200  # ticked listings


@member_required
@require_GET
def mine(request: MemberRequest) -> HttpResponse:
    """My shop: its table of listings, or the invitation to open one."""
    shop = queries.my_shop(request.user.id)
    if shop is None:
        return redirect("shop:open")
    state = request.GET.get("state", "")
    state = state if state in set(ListingState) else ""
    table = table_of(request.user.id, state=state, cursor=request.GET.get("after", ""))
    context = {
        "shop": shop,
        "level_phrase": level_words(Level(shop.level), shop.level_at),
        "followers": following.count(shop.id) if shop.followable else None,
        "overrun": sellers.overrun_of(request.user.id),
        "table": table,
        "state": state,
        "more": f"?state={state}&after={table.next}",
        "wide": True,
    }
    return http.page(request, "shop/mine.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def open_shop(request: MemberRequest) -> HttpResponse:
    """Open my shop."""
    if request.method == "GET" and queries.my_shop(request.user.id):
        return redirect("shop:mine")
    form = ShopForm(request.POST or None)
    status = tried(
        form,
        lambda: actions.open_shop(owner=request.user, **form.cleaned_data, now=clock.now()),
    )
    if status == DONE:
        messages.success(request, _("Your shop is open. Put the first thing into its window."))
        return redirect("shop:mine")
    return http.page(request, "shop/open.html", {"form": form}, status=status)


@member_required
@require_http_methods(["GET", "POST"])
def edit_shop(request: MemberRequest) -> HttpResponse:
    """What my shop says, and to whom."""
    shop = queries.my_shop(request.user.id)
    if shop is None:
        return redirect("shop:open")
    now_said = {name: getattr(shop, name) for name in ShopForm.base_fields}
    form = ShopForm(request.POST or None, initial=now_said)
    status = tried(
        form,
        lambda: actions.edit_shop(owner=request.user, **form.cleaned_data, now=clock.now()),
    )
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("shop:mine")
    return http.page(request, "shop/about.html", {"form": form, "shop": shop}, status=status)


@member_required
@require_POST
def many(request: MemberRequest) -> HttpResponse:
    """Put the ticked listings on sale, or take them off; each that cannot says why."""
    ids = [parse_id(text) for text in request.POST.getlist("listing")[:AT_ONCE]]
    done = sum(move(request, id_) for id_ in ids if id_)
    if done:
        changed = ngettext("%(n)s listing changed.", "%(n)s listings changed.", done) % {"n": done}
        messages.success(request, changed)
    elif not ids:
        messages.warning(request, _("Tick the listings first."))
    return redirect(http.back(request, default="/shop"))


def move(request: MemberRequest, id_: UUID) -> bool:
    verb = VERBS.get(request.POST.get("do", ""))
    if verb is None:
        return False
    try:
        title = queries.my_listing(request.user.id, id_).title
        verb(seller=request.user, listing=id_, now=clock.now())
    except queries.ListingMissing:
        return False
    except Refused as refusal:
        messages.error(request, f"{title}: {refusal}")
        return False
    return True
