"""The house rules over the API."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from goodword.kit import clock, house
from goodword.kit.errors import NotFound
from goodword.kit.schemas import Problem
from goodword.people.models import Member

from . import actions, queries

router = Router(tags=["house"])
MOST = 2**53 - 1


class RuleOut(Schema):
    name: str
    value: int = Field(description="Seconds where `unit` is “seconds”, otherwise a whole number.")
    unit: str
    sentence: str
    default: int
    least: int
    most: int
    step: int = Field(description="It is a multiple of this.")
    odd: bool = Field(description="It is an odd number.")
    begins: str = Field(description="What a change of it goes by, as a sentence.")
    since: datetime | None = Field(description="When it was changed last; null: never.")
    before: int | None = Field(description="What it was before that.")


class RuleIn(Schema):
    value: int = Field(ge=0, le=MOST)
    before: int = Field(ge=0, le=MOST, description="What it was when you read it.")


class RuleChangeOut(Schema):
    since: datetime
    value: int
    before: int
    is_default: bool = Field(description="It went back to the default.")
    by: str | None = Field(description="The operator's handle.")


REFUSALS = {404: Problem, 409: Problem, 422: Problem}


@router.get("/rules", response=list[RuleOut])
def rules(request: HttpRequest) -> Any:  # noqa: ARG001  # ninja passes it
    """Every house rule in force, in plain words."""
    return [told(one) for one in queries.every(clock.now())]


@router.put("/rules/{slug:name}", response={200: RuleOut, **REFUSALS}, summary="Change a rule")
def write(request: HttpRequest, name: str, body: RuleIn) -> Any:
    """For operators: it holds for what starts from now on.

    409 where the rule is not what it was when you read it, 422 beyond its limits.
    """
    return kept(request, name, body.value, body.before)


@router.delete("/rules/{slug:name}", response={200: RuleOut, **REFUSALS}, summary="The default")
def reset(request: HttpRequest, name: str, before: int = Query(ge=0, le=MOST)) -> Any:
    """For operators: from now on the rule is what it is by default; `before` as in changing it."""
    return kept(request, name, None, before)


@router.get(
    "/rules/{slug:name}/changes",
    response={200: list[RuleChangeOut], 404: Problem},
    summary="What a rule was",
)
def changes(request: HttpRequest, name: str) -> Any:
    """For operators: every change of a rule, the newest first."""
    operator(request)
    rule = queries.one(name, clock.now())
    names = queries.operators([rule])
    return [
        {
            "since": one.since,
            "value": house.plain(one.value),
            "before": house.plain(one.before),
            "is_default": one.is_default,
            "by": names[one.actor].handle if one.actor in names else None,
        }
        for one in rule.changes
    ]


def kept(request: HttpRequest, name: str, value: int | None, before: int) -> Any:
    by, now = operator(request), clock.now()
    queries.one(name, now)
    actions.write(
        name=name, value=None if value is None else typed(name, value), before=typed(name, before),
        operator=by.id, now=now,
    )  # fmt: skip
    return told(queries.one(name, clock.now()))


def typed(name: str, number: int) -> Any:
    """Longer than anything we know is too long, too."""
    return house.typed(name, min(number, 10**12) if house.KINDS[name] is timedelta else number)


def told(rule: queries.Rule) -> dict[str, Any]:
    unit = "percent" if rule.name.endswith("_percent") else "count"
    latest = rule.latest
    return {
        "name": rule.name,
        "value": house.plain(rule.value),
        "unit": "seconds" if house.KINDS[rule.name] is timedelta else unit,
        "sentence": str(rule.sentence),
        "default": house.plain(rule.default),
        "least": house.plain(rule.limits.least),
        "most": house.plain(rule.limits.most),
        "step": house.plain(rule.limits.step),
        "odd": rule.limits.odd,
        "begins": str(rule.begins),
        "since": latest and latest.since,
        "before": house.plain(latest.before) if latest else None,
    }


def operator(request: HttpRequest) -> Member:
    member: Member = request.auth  # type: ignore[attr-defined]
    if not member.is_operator:
        raise NotFound(_("There is nothing here, or it is not meant for you."))
    return member
