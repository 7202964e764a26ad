from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from goodword.kit import clock
from goodword.kit.errors import Refused
from goodword.kit.files import hand_out
from goodword.people.access import MemberRequest, member_required, token_too

from .. import queries as listings
from ..views.common import DONE, tried
from ..views.listings import part_again
from . import actions, keys, queries
from .forms import GoodsForm, KeysForm
from .refusals import NothingToDeliver


@member_required
@require_POST
def add(request: MemberRequest, id: UUID) -> HttpResponse:
    """Attach a file, a text or both."""
    listings.my_listing(request.user.id, id)
    form = GoodsForm(request.POST, request.FILES)

    def attach() -> None:
        given = form.values()
        if not given:
            raise NothingToDeliver
        for values in given:
            actions.add_item(seller=request.user, listing=id, values=values, now=clock.now())

    status = tried(form, attach)
    if status != DONE:
        return part_again(request, id, status=status, goods=form)
    messages.success(request, _("Saved."))
    return redirect(reverse("shop:edit", args=[id]) + "#goods")


@member_required
@require_POST
def remove(request: MemberRequest, id: UUID) -> HttpResponse:
    """Take one off; who bought by it keeps it."""
    item = queries.item(request.user.id, id)
    try:
        actions.remove_item(seller=request.user, item=id, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("shop:edit", args=[item.listing_id]) + "#goods")


@token_too
@member_required
@require_safe
def file(request: MemberRequest, id: UUID) -> HttpResponseBase:
    """A file of mine, as buyers get it."""
    return hand_out(queries.file(request.user.id, id))


@member_required
@require_POST
def add_keys(request: MemberRequest, id: UUID) -> HttpResponse:
    """Give a variant of mine more keys."""
    listing = keys.listing_of(request.user.id, id)
    form = KeysForm(request.POST, auto_id=f"{id}-%s")

    def give() -> None:
        texts = keys.texts_in(form.cleaned_data["keys"])
        done = keys.add(seller=request.user, variant=id, texts=texts, now=clock.now())
        said = {"added": done.added, "known": done.known}
        if done.known:
            messages.warning(request, _("%(added)s added; %(known)s had been given before.") % said)
        else:
            messages.success(
                request,
                ngettext("%(added)s key added.", "%(added)s keys added.", done.added) % said,
            )

    status = tried(form, give)
    if status != DONE:
        return part_again(request, listing, status=status, key_forms={id: form})
    return redirect(reverse("shop:edit", args=[listing]) + "#keys")


@member_required
@require_POST
def stop_keys(request: MemberRequest, id: UUID) -> HttpResponse:
    """Take out all keys of a variant that nobody has reserved."""
    return _taken_out(
        request,
        keys.listing_of(request.user.id, id),
        lambda: keys.stop(seller=request.user, variant=id, now=clock.now()),
    )


@member_required
@require_POST
def remove_key(request: MemberRequest, id: UUID) -> HttpResponse:
    """Take one unsold key out."""
    return _taken_out(
        request,
        keys.unsold(request.user.id, id).listing_id,
        lambda: keys.remove(seller=request.user, key=id, now=clock.now()),
    )


def _taken_out(request: MemberRequest, listing: UUID, take: Callable[[], object]) -> HttpResponse:
    try:
        take()
        messages.success(request, _("Taken out."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("shop:edit", args=[listing]) + "#keys")
