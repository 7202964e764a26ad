"""Grouped addresses answer as the list they were made of."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, path
from django.urls.resolvers import RegexPattern

from goodword.kit.addresses import by_first_word


def one(request: HttpRequest, **arguments: Any) -> HttpResponse:
    return HttpResponse()


def other(request: HttpRequest, **arguments: Any) -> HttpResponse:
    return HttpResponse()


FLAT = [
    path("cart", one, name="cart"),
    path("cart/<int:line>", one, name="line"),
    path("orders/", other, name="orders"),
    path("orders/<int:order>/pay", one, {"way": "bank"}, name="pay"),
    path("orders/late", other, name="late"),
    path("cart/<str:anything>/gone", other, name="gone"),
]
ASKED = ["cart", "cart/7", "cart/x/gone", "orders/", "orders/7/pay", "orders/late"]


def test_what_is_found_and_called_is_the_same():
    flat, grouped = (URLResolver(RegexPattern(r"^/"), made) for made in (FLAT, by_first_word(FLAT)))
    for asked in ASKED:
        expected, found = flat.resolve(f"/{asked}"), grouped.resolve(f"/{asked}")
        assert (found.func, found.kwargs, found.url_name, found.route) == (
            expected.func, expected.kwargs, expected.url_name, expected.route
        )  # fmt: skip
    for name, arguments in (("pay", {"order": 7}), ("orders", {}), ("gone", {"anything": "x"})):
        assert grouped.reverse(name, **arguments) == flat.reverse(name, **arguments)
    for missing in ("cart/", "orders", "orders/x/pay", "elsewhere/7"):
        with pytest.raises(Resolver404):
            grouped.resolve(f"/{missing}")


def test_a_first_word_that_may_be_anything_is_refused():
    with pytest.raises(ValueError, match="plain word"):
        by_first_word([path("<str:who>/cart", one)])
