from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from goodword.kit import clock, http
from goodword.kit.pictures import serve
from goodword.money import queries as money
from goodword.money.banking.deposit import free_deposit
from goodword.people.access import MemberRequest, member_required, token_too

from .. import poster as posters
from .. import public_data, queries, standing
from ..picker import choices
from .common import viewer_of


@member_required
@require_GET
def market(request: MemberRequest) -> HttpResponse:
    """Everything on sale that is open to me; `?from=` narrows it to friends or followed shops."""
    whose = request.GET.get("from", "")
    whose = whose if whose in ("friends", "followed") else "all"
    shelf = queries.market(
        request.user.id, request.GET.get("after", ""), 24,
        friends_only=whose == "friends", followed_only=whose == "followed",
    )  # fmt: skip
    context = {
        "shelf": shelf,
        "whose": whose,
        "more": f"?from={whose}&after={shelf.next}",
        "has_shop": queries.my_shop(request.user.id) is not None,
        "wide": True,
    }
    return http.page(request, "shop/market.html", context)


@require_GET
def listing(request: HttpRequest, id: UUID) -> HttpResponse:
    """A listing with everything that was promised; strangers see it when the shop is public."""
    page = queries.listing(viewer_of(request), id, now=clock.now())
    context = {
        "page": page,
        "choices": choices(page.variants),
        "custodian": money.usual_custodian(page.currency),
        "rates": standing.of_listing(id),
        "deposit": free_deposit(page.shop.owner.id),
        "public": public_data.of_listing(page, here(request)),
        "wide": True,
    }
    return http.page(request, "shop/listing.html", context)


@require_GET
def shop(request: HttpRequest, id: UUID) -> HttpResponse:
    """A shop and its window; strangers see it when it is public."""
    found = queries.shop_page(viewer_of(request), id, cursor=request.GET.get("after", ""), limit=24)
    context = {
        "page": found,
        "shop": found.shop,
        "shelf": found.shelf,
        "more": f"?after={found.shelf.next}",
        "rates": standing.of_shop(id),
        "deposit": free_deposit(found.shop.owner.id),
        "public": public_data.of_shop(found, here(request)),
        "with_seller": False,
        "wide": True,
    }
    return http.page(request, "shop/shop.html", context)


def here(request: HttpRequest) -> str:
    """The house's own address."""
    return request.build_absolute_uri("/").rstrip("/")


@token_too
@require_GET
def poster(request: HttpRequest, id: UUID) -> HttpResponse:
    """A picture of the listing with a code that leads to it, for whoever may see it."""
    viewer = viewer_of(request)
    page = queries.listing(viewer, id, now=clock.now())
    picture = queries.picture(viewer, UUID(page.pictures[0].id)) if page.pictures else None
    drawing = posters.drawn(page, picture, link=here(request) + page.url)
    answer = HttpResponse(drawing, content_type="image/jpeg")
    answer["Content-Disposition"] = f'attachment; filename="poster-{page.id}.jpg"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


@token_too
@require_GET
def picture(request: HttpRequest, id: UUID, variant: str) -> HttpResponseBase:
    """A listing's picture, if the listing exists for the viewer; otherwise the 404 of no file."""
    return serve(request, queries.picture(viewer_of(request), id), variant)


@token_too
@require_GET
def evidence(request: HttpRequest, id: UUID, variant: str) -> HttpResponseBase:
    """A paper, if the viewer may see it; otherwise the 404 of no file."""
    return serve(request, queries.evidence_picture(viewer_of(request), id), variant)
