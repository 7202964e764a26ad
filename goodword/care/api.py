"""Returns and disputes over the API: the same queries and actions as the pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile

from goodword.kit import clock
from goodword.kit.money import Money
from goodword.kit.schemas import Problem
from goodword.orders import queries as orders

from . import actions, pages, queries, schemas
from .refusals import CaseMissing
from .uploads import evidence, let_in

router = Router(tags=["care"])
REFUSED = {403: Problem, 404: Problem, 409: Problem, 422: Problem}
FULL: Any = {200: schemas.CaseFullOut, **REFUSED}
PICTURES: Any = {413: Problem, 415: Problem}


@router.post(
    "/lines/{uuid:id}/cases",
    response={201: schemas.CaseFullOut, **REFUSED, **PICTURES},
    summary="Ask for the money back",
)
def open_case(
    request: HttpRequest,
    id: UUID,
    body: Form[schemas.OpenIn],
    pictures: File[list[UploadedFile]] = [],  # noqa: B006  # ninja reads the default
) -> Any:
    """The buyer's: return a line, or say that it never came. Its own clocks stand from here on."""
    order = orders.line(viewer(request).id, id).order_id
    made = actions.open_case(
        buyer=viewer(request), order=order, line=id, reason=body.reason, words=body.words,
        pictures=let_in(pictures), now=clock.now(),
    )  # fmt: skip
    return 201, full(request, made.id)


@router.get("/cases", response=list[schemas.CaseOut], summary="My cases")
def mine(
    request: HttpRequest, before: UUID | None = None, limit: int = Query(20, ge=1, le=queries.PAGE)
) -> Any:
    """The member's own, on either side, newest first; `before` is the last of the page before."""
    found = queries.cases_of(viewer(request).id, before=before, limit=limit)
    return [schemas.short(one, is_side=True) for one in found]


@router.get("/cases/duties", response=list[schemas.CaseOut], summary="Panels I sit in")
def duties(request: HttpRequest) -> Any:
    """Where the member was drawn as a juror and has not voted."""
    return [schemas.short(one, is_side=False) for one in queries.duties(viewer(request).id)]


@router.get("/cases/desk", response={200: list[schemas.CaseOut], 404: Problem})
def desk(request: HttpRequest) -> Any:
    """What waits for an operator's decision. For operators."""
    if not viewer(request).is_operator:
        raise CaseMissing
    return [schemas.short(one, is_side=False) for one in queries.to_decide()]


@router.get("/cases/{uuid:id}", response={200: schemas.CaseFullOut, 404: Problem})
def case(request: HttpRequest, id: UUID) -> Any:
    """A case, for its two sides, its jurors and the operators."""
    return full(request, id)


@router.post("/cases/{uuid:id}/acceptance", response=FULL)
def accept(request: HttpRequest, id: UUID, body: schemas.ReturnAddressIn) -> Any:
    """The seller's: yes, send it to this address."""
    actions.accept(seller=viewer(request), case=id, address=body.address, now=clock.now())
    return full(request, id)


@router.post("/cases/{uuid:id}/return-address", response=FULL)
def say_where(request: HttpRequest, id: UUID, body: schemas.ReturnAddressIn) -> Any:
    """The seller's, after a silence that was a yes: where to send it."""
    actions.say_where(seller=viewer(request), case=id, address=body.address, now=clock.now())
    return full(request, id)


@router.post("/cases/{uuid:id}/refusal", response=FULL)
def refuse(request: HttpRequest, id: UUID, body: schemas.WhyIn) -> Any:
    """The seller's: no, and why."""
    actions.refuse(seller=viewer(request), case=id, words=body.words, now=clock.now())
    return full(request, id)


@router.post("/cases/{uuid:id}/withdrawal", response=FULL)
def withdraw(request: HttpRequest, id: UUID) -> Any:
    """The buyer's: never mind."""
    actions.withdraw(buyer=viewer(request), case=id, now=clock.now())
    return full(request, id)


@router.post("/cases/{uuid:id}/return-shipment", response=FULL)
def send_back(request: HttpRequest, id: UUID, body: schemas.BackIn) -> Any:
    """The buyer's: it is with a carrier."""
    actions.send_back(
        buyer=viewer(request), case=id, carrier=body.carrier, number=body.number, now=clock.now()
    )
    return full(request, id)


@router.post("/cases/{uuid:id}/return-receipt", response=FULL)
def confirm_back(request: HttpRequest, id: UUID) -> Any:
    """The seller's: it is here again, and the money goes back."""
    actions.confirm_back(seller=viewer(request), case=id, now=clock.now())
    return full(request, id)


@router.post("/cases/{uuid:id}/objection", response=FULL)
def contest(request: HttpRequest, id: UUID, body: schemas.WhyIn) -> Any:
    """The seller's: what came back is not right."""
    actions.contest(seller=viewer(request), case=id, words=body.words, now=clock.now())
    return full(request, id)


@router.post("/cases/{uuid:id}/escalation", response=FULL)
def escalate(request: HttpRequest, id: UUID) -> Any:
    """The buyer's: the refusal is not right."""
    actions.escalate(buyer=viewer(request), case=id, now=clock.now())
    return full(request, id)


@router.post("/cases/{uuid:id}/offer", response=FULL)
def offer(request: HttpRequest, id: UUID, body: schemas.OfferAmountIn) -> Any:
    """Either side's: settle if so much goes back."""
    actions.offer(
        member=viewer(request), case=id, amount=amount(request, id, body), now=clock.now()
    )
    return full(request, id)


@router.post("/cases/{uuid:id}/agreement", response=FULL)
def agree(request: HttpRequest, id: UUID, body: schemas.OfferAmountIn) -> Any:
    """Either side's: take what the other offers, if it still is what the caller has read."""
    actions.agree(member=viewer(request), case=id, minor=body.minor, now=clock.now())
    return full(request, id)


@router.post("/cases/{uuid:id}/statement", response={**FULL, **PICTURES})
def file(
    request: HttpRequest,
    id: UUID,
    body: Form[schemas.WordsIn],
    pictures: File[list[UploadedFile]] = [],  # noqa: B006  # ninja reads the default
) -> Any:
    """Either side's, once: what happened. Jurors read it, without names.

    Once more where what came back by a decision is not right; then the operator reads it.
    """
    actions.file(
        member=viewer(request), case=id, words=body.words,
        pictures=evidence(viewer(request).id, id, pictures), now=clock.now(),
    )  # fmt: skip
    return full(request, id)


@router.post("/cases/{uuid:id}/appeal", response={**FULL, **PICTURES})
def appeal(
    request: HttpRequest,
    id: UUID,
    body: Form[schemas.AppealIn],
    pictures: File[list[UploadedFile]] = [],  # noqa: B006  # ninja reads the default
) -> Any:
    """Either side's, once, saying what is new: the operator decides for good."""
    actions.appeal(
        member=viewer(request), case=id, new=body.new,
        pictures=evidence(viewer(request).id, id, pictures), now=clock.now(),
    )  # fmt: skip
    return full(request, id)


@router.post("/cases/{uuid:id}/vote", response=FULL)
def vote(request: HttpRequest, id: UUID, body: schemas.VoteIn) -> Any:
    """A juror's, once."""
    actions.vote(juror=viewer(request), case=id, vote=body.vote, stays=body.stays, now=clock.now())
    return full(request, id)


@router.post("/cases/{uuid:id}/decision", response=FULL)
def decide(request: HttpRequest, id: UUID, body: schemas.DecisionIn) -> Any:
    """The operator's, with a reason that both sides read."""
    if not viewer(request).is_operator:
        raise CaseMissing
    actions.decide(
        operator=viewer(request), case=id, amount=amount(request, id, body), words=body.words,
        is_fake=body.is_fake, stays=body.stays, now=clock.now(),
    )  # fmt: skip
    return full(request, id)


@router.post("/cases/{uuid:id}/advance", response=FULL)
def advance(request: HttpRequest, id: UUID) -> Any:
    """The operator's: the house pays what the seller does not have, who owes it to the house."""
    actions.advance(operator=viewer(request), case=id, now=clock.now())
    return full(request, id)


def viewer(request: HttpRequest) -> Any:
    return request.auth  # type: ignore[attr-defined]


def full(request: HttpRequest, id: UUID) -> dict[str, Any]:
    return schemas.full(pages.case_page(viewer(request).id, id))


def amount(request: HttpRequest, id: UUID, body: schemas.OfferAmountIn) -> Money:
    """In the case's currency."""
    case, _role = queries.case(viewer(request).id, id)
    return Money(body.minor, case.currency)
