"""Addresses that are found quickly however many there are."""

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, include, path

Found = URLPattern | URLResolver


def by_first_word(addresses: Sequence[Found]) -> list[Found]:
    """The same addresses under the same names, those that begin with the same word under it.

    Django compares one after another, which takes 0.3 ms for the last of 250. The first word of
    each has to be a plain one, so that no other group can hold an address.
    """
    found: list[Found] = []
    groups: dict[str, list[Found]] = {}
    for address in addresses:
        first, slash, rest = str(address.pattern).partition("/")
        if not slash or isinstance(address, URLResolver):
            found.append(address)
            continue
        if "<" in first:
            raise ValueError(f"{address.pattern} does not begin with a plain word.")
        under = path(rest, address.callback, address.default_args, address.name)
        groups.setdefault(first, []).append(under)
    return found + [path(f"{first}/", include(group)) for first, group in groups.items()]
