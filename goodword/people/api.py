"""Members and tokens as data, and the bearer token by which every domain's API knows its caller."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Field, File, Router, Schema, Status, UploadedFile
from ninja.security import HttpBearer

from goodword.kit import clock, rates
from goodword.kit.errors import NotFound
from goodword.kit.schemas import Problem

from . import actions, limits, queries, refusals, sessions
from .models import Member
from .rules import BadName

router = Router(tags=["people"])


class Bearer(HttpBearer):
    """`Authorization: Bearer gw_…`; the token is made in the member's settings.

    One query finds the token and its member; a second one writes the day of use, once a day.
    Wrong tokens from one address are counted in PostgreSQL, right ones are not: a write for each
    request would cost more than the reads it protects.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Member | None:
        found = queries.caller(token)
        now = clock.now()
        if not found:
            address = get_adapter().get_client_ip(request)
            rates.hit(f"bearer:{address}", **limits.WRONG_TOKENS, now=now)
            return None
        actions.note_use(token=found.token, last_used_on=found.last_used_on, now=now)
        if found.member.language:
            translation.activate(found.member.language)
        return found.member


bearer = Bearer()


class MemberOut(Schema):
    """What any signed-in member may see of another."""

    id: UUID
    handle: str
    name: str = Field(alias="display_name")
    avatar: str = Field(alias="avatar_url", description="A picture, for signed-in members only.")
    bio: str
    joined_at: datetime


class MeOut(MemberOut):
    email: str
    language: str = Field(description="“en”, “zh-hans”, or empty: as the browser asks.")
    region: str = Field(description="ISO 3166-1 alpha-2.")
    theme: str = Field(description="“light”, “dark”, or empty: as the device asks.")


class MeIn(Schema):
    """What is left out stays as it is."""

    name: str | None = None
    bio: str | None = None
    region: str | None = None
    language: str | None = None
    theme: str | None = None


class Findable(Schema):
    by_name: bool = Field(description="Whether strangers find one by one's whole name.")


class TokenIn(Schema):
    name: str = Field(description="What the token is for, 1 to 60 characters.")


class TokenOut(Schema):
    id: UUID
    name: str
    hint: str = Field(description="The token's last characters.")
    created_at: datetime
    last_used_on: date | None


class NewTokenOut(TokenOut):
    token: str = Field(description="The token itself; it is never shown again.")


@router.get("/me", response=MeOut, summary="Oneself")
def me(request: HttpRequest) -> Any:
    """The member whose token this is."""
    return viewer(request)


@router.patch("/me", response={200: MeOut, 422: Problem}, summary="Change oneself")
def edit_me(request: HttpRequest, body: MeIn) -> Any:
    """Change one's profile, language or theme; either all of it or nothing."""
    try:
        return actions.edit(
            member=viewer(request),
            display_name=body.name,
            now=clock.now(),
            **body.dict(exclude={"name"}),
        )
    except BadName as error:
        raise BadName(str(error), fields={"name": str(error)}) from error


@router.get("/me/findable", response=Findable, summary="Who finds me")
def findable(request: HttpRequest) -> Any:
    """Whether members who are no friends find one by name; by handle they do."""
    return {"by_name": queries.found_by_name(viewer(request))}


@router.put("/me/findable", response={204: None, 422: Problem}, summary="Choose who finds me")
def be_findable(request: HttpRequest, body: Findable) -> Any:
    """Friends always find one, and whoever types one's exact handle does."""
    actions.be_found_by_name(member=viewer(request), on=body.by_name, now=clock.now())
    return Status(204, None)


class EmailAddressOut(Schema):
    """One of the member's own e-mail addresses."""

    email: str
    confirmed: bool
    refused: bool = Field(
        description="Its mail server refused a letter lately: look at it, or give another one."
    )


@router.get("/me/addresses", response=list[EmailAddressOut], summary="My e-mail addresses")
def addresses(request: HttpRequest) -> Any:
    """The present address, and one that is still to be confirmed."""
    return refusals.addresses(viewer(request), clock.now())


@router.get("/me/tokens", response=list[TokenOut], summary="List tokens")
def tokens(request: HttpRequest) -> Any:
    """The member's tokens that work, newest first."""
    return queries.tokens(viewer(request))


@router.post(
    "/me/tokens",
    response={201: NewTokenOut, 409: Problem, 422: Problem, 429: Problem},
    summary="Make a token",
)
def issue_token(request: HttpRequest, body: TokenIn) -> Any:
    """A new token; its secret is in this answer and nowhere else."""
    owner, now = viewer(request), clock.now()
    rates.hit(f"token:{owner.id}", **limits.TOKENS, now=now)
    token, secret = actions.issue_token(owner=owner, name=body.name, now=now)
    return Status(201, {**TokenOut.from_orm(token).dict(), "token": secret})


@router.delete(
    "/me/tokens/{uuid:token}", response={204: None, 404: Problem}, summary="Revoke a token"
)
def revoke_token(request: HttpRequest, token: UUID) -> Any:
    """End a token at once, also the one that asks."""
    actions.revoke_token(owner=viewer(request), token=token, now=clock.now())
    return Status(204, None)


class SessionOut(Schema):
    ref: str = Field(description="Names the session in addresses; its key stays secret.")
    browser: str
    ip: str
    since: datetime


@router.post(
    "/me/face", response={200: MeOut, 413: Problem, 415: Problem, 422: Problem, 429: Problem}
)
def set_face(request: HttpRequest, face: File[UploadedFile]) -> Any:
    """A picture of oneself; it is cut to a square."""
    actions.set_avatar(member=viewer(request), raw=face, now=clock.now())
    return viewer(request)


@router.delete("/me/face", response={200: MeOut})
def remove_face(request: HttpRequest) -> Any:
    """Back to the initial."""
    actions.remove_avatar(member=viewer(request), now=clock.now())
    return viewer(request)


@router.get("/me/sessions", response=list[SessionOut])
def my_sessions(request: HttpRequest) -> Any:
    """Where one is signed in, newest first."""
    return sessions.devices(viewer(request), current=None, now=clock.now())


@router.delete("/me/sessions/{ref}", response={204: None, 404: Problem})
def end_session(request: HttpRequest, ref: str) -> Any:
    """Sign that browser out, at once."""
    sessions.end(member=viewer(request), ref=ref, now=clock.now())
    return Status(204, None)


@router.get("/members/{handle}", response={200: MemberOut, 404: Problem}, summary="A member")
def member(request: HttpRequest, handle: str) -> Any:  # noqa: ARG001
    """A member by handle, as anybody who is signed in may see them."""
    found = queries.by_handle(handle)
    if not found:
        raise NotFound(_("Nobody here has this handle."))
    return found


def viewer(request: HttpRequest) -> Member:
    return request.auth  # type: ignore[attr-defined]
