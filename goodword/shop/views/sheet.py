from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from goodword.kit import clock, http
from goodword.kit.errors import Refused
from goodword.kit.ids import parse_id
from goodword.people.access import MemberRequest, member_required

from .. import actions, queries
from .. import sheet as sheets
from ..states import ListingState


@member_required
@require_http_methods(["GET", "POST"])
def sheet(request: MemberRequest) -> HttpResponse:
    """My listings and variants as one table; all of what is sent is saved, or nothing."""
    shop = queries.my_shop(request.user.id)
    if shop is None:
        return redirect("shop:open")
    state = request.GET.get("state", "")
    state = state if state in set(ListingState) else ""
    if request.method == "POST":
        return save(request, state)
    after = parse_id(request.GET.get("after", ""))
    found = sheets.sheet(request.user.id, state=state, after=after)
    return sheet_page(request, found, state)


def save(request: MemberRequest, state: str) -> HttpResponse:
    posted = sheets.read(request.user.id, request.POST)
    if not posted.is_readable or posted.gone:
        return sheet_page(request, posted.sheet, state, gone=posted.gone, status=422)
    try:
        changed = actions.change_many(
            seller=request.user, listings=posted.listings, variants=posted.variants,
            now=clock.now(),
        )  # fmt: skip
    except actions.ManyRefused as refusal:
        found = posted.refused(refusal)
        return sheet_page(request, found, state, error=str(refusal), status=refusal.status)
    except Refused as refusal:
        return sheet_page(request, posted.sheet, state, error=str(refusal), status=refusal.status)
    if changed:
        said = ngettext("%(n)s row changed.", "%(n)s rows changed.", changed) % {"n": changed}
        messages.success(request, said)
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect(here(state, request.GET.get("after", "")))


def sheet_page(
    request: MemberRequest,
    found: sheets.Sheet,
    state: str,
    *,
    error: str = "",
    gone: bool = False,
    status: int = 200,
) -> HttpResponse:
    after = request.GET.get("after", "")
    context = {
        "sheet": found,
        "state": state,
        "here": here(state, after),
        "more": here(state, str(found.next)) if found.next else "",
        "first": here(state, "") if after else "",
        "error": error or (_("Nothing was saved.") if status == 422 else ""),
        "gone": gone,
        "wide": True,
    }
    return http.page(request, "shop/sheet.html", context, status=status)


def here(state: str, after: str) -> str:
    asked = {name: text for name, text in (("state", state), ("after", after)) if text}
    return reverse("shop:sheet") + (f"?{urlencode(asked)}" if asked else "")
