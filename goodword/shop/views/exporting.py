from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from goodword.kit import clock, http
from goodword.people.access import MemberRequest, member_required

from .. import exporting, queries


@member_required
@require_safe
def export(request: MemberRequest) -> HttpResponse:
    """Choose the format in which the catalogue goes elsewhere."""
    shop = queries.my_shop(request.user.id)
    if shop is None:
        return redirect("shop:open")
    context = {"shop": shop, "formats": exporting.FORMATS.values()}
    return http.page(request, "shop/export.html", context)


@member_required
@require_safe
def export_file(request: MemberRequest, form: str) -> HttpResponse:
    """The catalogue as a file."""
    shop = queries.my_shop(request.user.id)
    if shop is None:
        return redirect("shop:open")
    return sent(exporting.export(shop=shop, form=form, base=base(request), now=clock.now()))


def base(request: MemberRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def sent(file: exporting.Exported) -> HttpResponse:
    return HttpResponse(
        file.data,
        content_type=file.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Cache-Control": "private, no-store",
            "X-Listings": str(file.listings),
            "X-Left-Out": str(file.left_out),
        },
    )
