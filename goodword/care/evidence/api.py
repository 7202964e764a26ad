"""The evidence file over the API: the same as the page's button gives."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import translation
from ninja import Router

from goodword.kit.schemas import Problem

from .views import sent

router = Router(tags=["care"])


@router.get(
    "/orders/{uuid:id}/evidence", response={200: None, 404: Problem, 429: Problem},
    summary="An order's evidence file",
)  # fmt: skip
def evidence(request: HttpRequest, id: UUID, language: Literal["en", "zh-hans"] = "en") -> Any:
    """A signed ZIP for an authority: a PDF, the same as data, and a program that checks it offline.

    For the order's two sides, and for operators once there is a case about it; each is told what
    their own pages tell.
    """
    with translation.override(language):
        return sent(request.auth.id, id)  # type: ignore[attr-defined]
