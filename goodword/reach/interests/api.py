"""Interests as data: the vocabulary, and the viewer's own choice."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from goodword.kit import clock
from goodword.kit.interests import GROUPS, INTERESTS
from goodword.kit.schemas import Problem

from . import actions, queries

router = Router(tags=["suggestions"])


class InterestOut(Schema):
    key: str
    name: str = Field(description="In the viewer's language, as within a sentence.")


class InterestGroupOut(Schema):
    label: str
    interests: list[InterestOut]


class ChosenOut(Schema):
    interests: list[str] = Field(description="Keys of the vocabulary, in its order.")


class ChosenIn(Schema):
    interests: list[str] = Field(max_length=len(INTERESTS), description="All that are liked.")


@router.get("/interests", response=list[InterestGroupOut], summary="The vocabulary of interests")
def vocabulary(request: HttpRequest) -> Any:  # noqa: ARG001  # every operation has one
    """What can be liked, in groups, with its names in the viewer's language."""
    return [
        {
            "label": str(label),
            "interests": [{"key": one.key, "name": str(one.name)} for one in row],
        }
        for label, row in GROUPS
    ]


@router.get("/me/interests", response=ChosenOut, summary="What I like")
def interests(request: HttpRequest) -> Any:
    """What the viewer chose; no other member can read it."""
    return {"interests": list(queries.chosen(request.auth.id))}  # type: ignore[attr-defined]


@router.put("/me/interests", response={200: ChosenOut, 422: Problem}, summary="Choose that")
def choose(request: HttpRequest, body: ChosenIn) -> Any:
    """The viewer likes exactly these from now on."""
    viewer = request.auth.id  # type: ignore[attr-defined]
    wanted = actions.choose(member=viewer, interests=body.interests, now=clock.now())
    return {"interests": list(wanted)}


@router.delete("/me/interests", response={204: None}, summary="Delete all of it")
def forget(request: HttpRequest) -> Any:
    """Take back all that the viewer chose."""
    actions.forget(member=request.auth.id, now=clock.now())  # type: ignore[attr-defined]
    return Status(204, None)
