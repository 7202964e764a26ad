from typing import Any, Literal

from django.http import HttpRequest

from goodword.kit import clock
from goodword.kit.schemas import Problem

from .. import exporting, queries
from ..actions.listings import NoShop
from ..views.exporting import sent
from .base import MISSING, member, router

Form = Literal["shopify", "woocommerce", "merchant", "merchant-tsv", "jsonld"]


@router.get("/shop/export/{form}", response={200: None, 409: Problem, **MISSING})
def export(request: HttpRequest, form: Form) -> Any:
    """The catalogue as a file of that format; `X-Left-Out` counts listings without a price."""
    shop = queries.my_shop(member(request).id)
    if shop is None:
        raise NoShop
    base = request.build_absolute_uri("/").rstrip("/")
    return sent(exporting.export(shop=shop, form=form, base=base, now=clock.now()))
