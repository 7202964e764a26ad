"""Every address of the URLconf, with made-up ids in the places that need one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from goodword.site.api import api

NOBODYS = UUID("01890000-0000-7000-8000-000000000000")
MADE_UP: dict[str, Any] = {
    "UUIDConverter": NOBODYS,
    "SlugConverter": "none",
    "StringConverter": "none",
    "IntConverter": 1,
    "PathConverter": "none",
}
SPELT = {"handle": "nobody", "uidb36": "0", "key": "none-such"}  # groups of regular expressions


@dataclass(frozen=True, slots=True)
class Page:
    """A named page of the URLconf, outside the API."""

    name: str
    arguments: dict[str, Any]

    @property
    def url(self) -> str:
        return reverse(self.name, kwargs=self.arguments)


def pages() -> list[Page]:
    """All pages, by name; an address without a name is a fault, since no table could hold it."""
    return sorted(_walk(get_resolver().url_patterns, "", {}), key=lambda page: page.name)


def _walk(patterns: list[Any], space: str, above: dict[str, Any]) -> Iterator[Page]:
    for pattern in patterns:
        arguments = above | _arguments(pattern)
        if isinstance(pattern, URLResolver):
            if pattern.app_name == "ninja":
                continue
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, arguments)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield Page(space + pattern.name, arguments)


def _arguments(pattern: Any) -> dict[str, Any]:
    converters = pattern.pattern.converters
    found = {name: MADE_UP[type(one).__name__] for name, one in converters.items()}
    groups = getattr(getattr(pattern.pattern, "regex", None), "groupindex", {})
    return found | {name: SPELT[name] for name in groups if name not in converters}


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address of the API; `template` as in the schema: /me/tokens/{token}."""

    method: str
    template: str

    @property
    def key(self) -> str:
        return f"{self.method} {self.template}"

    @property
    def url(self) -> str:
        return "/api/v1" + re.sub(r"\{\w+\}", str(NOBODYS), self.template)


def operations() -> list[Operation]:
    """All operations of the API, by address."""
    paths = api.get_openapi_schema(path_prefix="/")["paths"]
    found = [Operation(method.upper(), path) for path in paths for method in paths[path]]
    return sorted(found, key=lambda one: (one.template, one.method))
