from typing import Any

from django.http import HttpRequest
from ninja import Router

from goodword.kit.schemas import Problem
from goodword.people.models import Member

router = Router(tags=["shop"])

Answers = dict[int, Any]
MISSING: Answers = {404: Problem}
REFUSED: Answers = {403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}
FILES: Answers = {413: Problem, 415: Problem, **REFUSED}


def member(request: HttpRequest) -> Member:
    """Whose token it is."""
    return request.auth  # type: ignore[attr-defined]
