from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kit import clock, http
from goodword.kit.errors import Refused
from goodword.people.access import MemberRequest, member_required

from .. import actions, book
from ..forms import BookForm


@member_required
@require_GET
def addresses(request: MemberRequest) -> HttpResponse:
    """Where my parcels go."""
    context = {"book": book.addresses(request.user.id)}
    return http.page(request, "orders/addresses.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def new_address(request: MemberRequest) -> HttpResponse:
    """One more address."""
    form = BookForm(request.POST or None, initial={"name": request.user.display_name})
    return address_page(request, form, None)


@member_required
@require_http_methods(["GET", "POST"])
def address(request: MemberRequest, id: UUID) -> HttpResponse:
    """Change an address of my book."""
    saved = book.address(request.user.id, id)
    initial = {**saved.address.stored(), "default": saved.is_default}
    return address_page(request, BookForm(request.POST or None, initial=initial), id)


def address_page(request: MemberRequest, form: BookForm, id_: UUID | None) -> HttpResponse:
    status = 200
    if form.is_bound:
        status = 422
        try:
            if form.is_valid():
                actions.keep_address(
                    owner=request.user, address=form.address(), id_=id_,
                    default=form.cleaned_data["default"], now=clock.now(),
                )  # fmt: skip
                messages.success(request, _("Saved."))
                return redirect("orders:addresses")
        except Refused as refusal:
            status = refusal.status
            for field, sentence in (refusal.fields or {"": str(refusal)}).items():
                form.add_error(field if field in form.fields else None, sentence)
    context = {"form": form, "id": id_}
    return http.page(request, "orders/address.html", context, status=status)


@member_required
@require_POST
def prefer_address(request: MemberRequest, id: UUID) -> HttpResponse:
    """Fill this one in first from now on."""
    actions.prefer_address(owner=request.user, id_=id)
    return redirect("orders:addresses")


@member_required
@require_POST
def remove_address(request: MemberRequest, id: UUID) -> HttpResponse:
    """Take it out of my book; orders keep theirs."""
    actions.remove_address(owner=request.user, id_=id)
    messages.success(request, _("It is out of your book."))
    return redirect("orders:addresses")
