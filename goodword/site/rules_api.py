"""The house rules over the API; they belong to no domain, so they stand here."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from goodword.kit import clock, house

router = Router(tags=["house"])


class RuleOut(Schema):
    name: str
    value: int = Field(description="Seconds where `unit` is “seconds”, otherwise a whole number.")
    unit: str
    sentence: str


@router.get("/rules", response=list[RuleOut])
def rules(request: HttpRequest) -> Any:  # noqa: ARG001  # ninja passes it
    """Every house rule in force, in plain words."""
    now = house.rules(clock.now())
    return [
        rule(one.name, getattr(now, one.name), one.metadata["sentence"]) for one in house.table()
    ]


def rule(name: str, value: int | timedelta, sentence: Any) -> dict[str, Any]:
    unit = "percent" if name.endswith("_percent") else "count"
    if isinstance(value, timedelta):
        value, unit = int(value.total_seconds()), "seconds"
    return {"name": name, "value": value, "unit": unit, "sentence": str(sentence)}
