from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest

from goodword.kit.errors import Refused

DONE = 302


def viewer_of(request: HttpRequest) -> UUID | None:
    """Who looks; None for a stranger from the street."""
    return request.user.pk if request.user.is_authenticated else None


def tried(form: forms.Form, change: Callable[[], object]) -> int:
    """Make the change if the form is good: DONE, 200 when nothing was posted, or its refusal.

    The refusal's sentence stands at its field, or above the form.
    """
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return 422
    try:
        change()
    except Refused as refusal:
        refuse(form, refusal)
        return refusal.status
    return DONE


def refuse(form: forms.Form, refusal: Refused) -> None:
    """Put the refusal's sentences where the person looks."""
    known = {name: text for name, text in refusal.fields.items() if name in form.fields}
    for name, text in known.items():
        form.add_error(name, text)
    if not known:
        form.add_error(None, str(refusal))
