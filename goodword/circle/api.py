"""The circle over the API: the same queries and actions as the pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, UploadedFile

from goodword.kit import clock
from goodword.kit.schemas import Problem

from . import actions, audiences, composing, invitations, meeting, queries, schemas
from .models import Friendship, Invitation
from .rules import WINDOWS, Audience
from .states import AudienceKind, MarketDial

router = Router(tags=["circle"])
REFUSED = {404: Problem, 409: Problem, 422: Problem, 429: Problem}


@router.post(
    "/moments", response={201: schemas.MomentFullOut, 413: Problem, 415: Problem, **REFUSED}
)
def publish(
    request: HttpRequest,
    text: Form[str] = "",
    key: str = Form("", max_length=64),
    audience: Form[str] = "everyone",
    groups: Form[list[UUID]] = [],  # noqa: B006  # ninja copies it
    people: Form[list[UUID]] = [],  # noqa: B006
    alt: Form[list[str]] = [],  # noqa: B006
    pictures: File[list[UploadedFile]] = [],  # noqa: B006
    voice: File[UploadedFile | None] = None,
) -> Any:
    """Publish a life moment with up to nine pictures, or a voice note of up to a minute.

    The same `key` again makes no second one.
    """
    author, now = viewer(request), clock.now()
    allowed = Audience(actions.audience_kind(audience), tuple(groups), tuple(people))
    sheet = composing.Sheet(text, key, allowed, pictures[:10], alt, voice)
    made = composing.post(sheet, author=author, now=now)
    return 201, schemas.full(queries.moment_card(author.id, made.id, now=now))


@router.get("/moments/{uuid:id}", response={200: schemas.MomentFullOut, 404: Problem})
def moment(request: HttpRequest, id: UUID) -> Any:
    """A moment with its likes and comments, as far as the viewer may know of them."""
    return schemas.full(queries.moment_card(viewer(request).id, id, now=clock.now()))


@router.put("/moments/{uuid:id}/text", response={200: schemas.MomentFullOut, **REFUSED})
def edit(request: HttpRequest, id: UUID, body: schemas.TextIn) -> Any:
    """Change what a moment of one's own says, within the house's grace time."""
    author, now = viewer(request), clock.now()
    found = queries.own_moment(author.id, id, now=now)
    actions.edit_moment(moment=found, author=author, text=body.text, now=now)
    return schemas.full(queries.moment_card(author.id, id, now=now))


@router.get("/moments/{uuid:id}/history", response={200: list[schemas.WordingOut], 404: Problem})
def history(request: HttpRequest, id: UUID) -> Any:
    """Everything that a moment has said, newest first."""
    found = queries.history(viewer(request).id, id, now=clock.now())
    return [{"text": one.text, "since": one.since} for one in found]


@router.delete("/moments/{uuid:id}", response={204: None, 404: Problem})
def delete_moment(request: HttpRequest, id: UUID) -> Any:
    """Delete a moment of one's own, everywhere."""
    now = clock.now()
    found = queries.own_moment(viewer(request).id, id, now=now)
    actions.delete_moment(moment=found, author=viewer(request), now=now)
    return 204, None


@router.get("/moments/{uuid:id}/audience", response={200: schemas.AudienceOut, 404: Problem})
def audience(request: HttpRequest, id: UUID) -> Any:
    """Whom a moment of one's own is for, and which friends that is now."""
    owner, now = viewer(request), clock.now()
    found = queries.own_moment(owner.id, id, now=now)
    audience = audiences.choosable(owner.id, found.audience)
    return {
        "kind": audience.kind,
        "groups": audience.groups,
        "people": audience.people,
        "viewers": [schemas.person(who) for who in queries.viewers(owner.id, id, now=now)],
    }


@router.put("/moments/{uuid:id}/audience", response={204: None, **REFUSED})
def narrow(request: HttpRequest, id: UUID, body: schemas.AudienceIn) -> Any:
    """Show a moment of one's own to fewer."""
    now = clock.now()
    actions.narrow(
        moment=queries.own_moment(viewer(request).id, id, now=now),
        author=viewer(request),
        audience=Audience(AudienceKind(body.kind), tuple(body.groups), tuple(body.people)),
        now=now,
    )
    return 204, None


@router.delete("/moments/{uuid:id}/link", response={204: None, 404: Problem})
def take_link_off(request: HttpRequest, id: UUID) -> Any:
    """Leave a moment of one's own the plain link, without what its page says."""
    author, now = viewer(request), clock.now()
    found = queries.own_moment(author.id, id, now=now)
    actions.take_link_off(moment=found, author=author, now=now)
    return 204, None


@router.put("/moments/{uuid:id}/like", response={204: None, **REFUSED})
def like(request: HttpRequest, id: UUID) -> Any:
    """Like a moment; twice is once."""
    now = clock.now()
    found = queries.moment(viewer(request).id, id, now=now)
    actions.like(moment=found, member=viewer(request), now=now)
    return 204, None


@router.delete("/moments/{uuid:id}/like", response={204: None, 404: Problem})
def unlike(request: HttpRequest, id: UUID) -> Any:
    """Take a like back."""
    found = queries.moment(viewer(request).id, id, now=clock.now())
    actions.unlike(moment=found, member=viewer(request))
    return 204, None


@router.post("/moments/{uuid:id}/comments", response={201: schemas.MomentFullOut, **REFUSED})
def comment(request: HttpRequest, id: UUID, body: schemas.CommentIn) -> Any:
    """Say something under a moment; answers the moment with it."""
    now = clock.now()
    found = queries.moment(viewer(request).id, id, now=now)
    actions.comment(
        moment=found, member=viewer(request), text=body.text, reply_to=body.reply_to, now=now
    )
    return 201, schemas.full(queries.moment_card(viewer(request).id, id, now=now))


@router.delete("/comments/{uuid:id}", response={204: None, 404: Problem})
def delete_comment(request: HttpRequest, id: UUID) -> Any:
    """Remove one's own comment, or any under one's own moment."""
    found = queries.comment(viewer(request).id, id, now=clock.now())
    actions.delete_comment(comment=found, member=viewer(request))
    return 204, None


@router.get("/friends", response=list[schemas.FriendOut])
def friends(request: HttpRequest) -> Any:
    """The viewer's friends with the viewer's own dials."""
    return [friend_out(edge) for edge in queries.friends(viewer(request).id)]


@router.patch("/friends/{uuid:id}", response={200: schemas.FriendOut, **REFUSED})
def dial(request: HttpRequest, id: UUID, body: schemas.DialsIn) -> Any:
    """Change what the viewer decided about one friend; nobody else can tell."""
    owner, now = viewer(request), clock.now()
    edge = queries.friendship(owner.id, id)
    actions.set_dials(
        owner=owner,
        friend=id,
        life=edge.life if body.life is None else body.life,
        market=MarketDial(body.market or edge.market),
    )
    if body.nickname is not None:
        actions.set_nickname(owner=owner, friend=id, nickname=body.nickname)
    if body.note is not None:
        actions.set_note(owner=owner, friend=id, note=body.note)
    if body.snoozed is not None:
        actions.snooze(owner=owner, friend=id, on=body.snoozed, now=now)
    if body.hides_mine is not None:
        actions.hide_mine(owner=owner, friend=id, on=body.hides_mine, now=now)
    if body.groups is not None:
        actions.set_groups(owner=owner, friend=id, groups=body.groups, now=now)
    return friend_out(queries.friendship(owner.id, id))


@router.delete("/friends/{uuid:id}", response={204: None, 404: Problem})
def unfriend(request: HttpRequest, id: UUID) -> Any:
    """End a friendship on both sides."""
    edge = queries.friendship(viewer(request).id, id)
    actions.unfriend(member=viewer(request), friend=edge.friend, now=clock.now())
    return 204, None


@router.put("/members/{uuid:id}/block", response={204: None, **REFUSED})
def block(request: HttpRequest, id: UUID) -> Any:
    """Neither sees anything of the other, friend or not; the other cannot tell."""
    other = queries.known(viewer(request).id, id)
    actions.block(owner=viewer(request), other=other, now=clock.now())
    return 204, None


@router.delete("/members/{uuid:id}/block", response={204: None, 404: Problem})
def unblock(request: HttpRequest, id: UUID) -> Any:
    """Undo a block."""
    other = queries.known(viewer(request).id, id)
    actions.unblock(owner=viewer(request), other=other, now=clock.now())
    return 204, None


@router.put("/me/window", response={204: None, 422: Problem})
def window(request: HttpRequest, body: schemas.WindowIn) -> Any:
    """How far back friends may look; nobody else can tell."""
    actions.set_window(owner=viewer(request), window=WINDOWS[body.window], now=clock.now())
    return 204, None


@router.get("/friends/requests", response=list[schemas.RequestIn])
def requests(request: HttpRequest) -> Any:
    """Who waits for the viewer's answer."""
    return [
        {
            "id": row.id,
            "by": schemas.person(queries.person_of(row.asker)),
            "message": row.message,
            "asked_at": row.asked_at,
        }
        for row in queries.requests_to(viewer(request).id)
    ]


@router.post("/friends/requests", response={201: schemas.RequestOut, **REFUSED})
def ask(request: HttpRequest, body: schemas.AskIn) -> Any:
    """Ask for friendship by handle."""
    asked = queries.person(viewer(request).id, body.handle)
    row = actions.ask(asker=viewer(request), asked=asked, message=body.message, now=clock.now())
    return 201, {"id": row.id, "state": "asked", "asker": row.asker_id, "asked": row.asked_id}


@router.post("/friends/requests/{uuid:id}", response={204: None, **REFUSED})
def answer(request: HttpRequest, id: UUID, body: schemas.AnswerIn) -> Any:
    """Accept a request, saying which groups the new friend belongs to, or decline it."""
    row = queries.request_for(viewer(request).id, id)
    if body.accept:
        actions.accept(request=row, member=viewer(request), groups=body.groups, now=clock.now())
    else:
        actions.decline(request=row, member=viewer(request), now=clock.now())
    return 204, None


@router.get("/friends/suggestions", response=list[schemas.PersonOut])
def suggestions(request: HttpRequest) -> Any:
    """Members with whom the viewer has friends in common; through whom is not told."""
    return [schemas.person(who) for who in meeting.suggestions(viewer(request).id)]


@router.put("/me/introductions", response={204: None, 422: Problem})
def introductions(request: HttpRequest, body: schemas.IntroductionsIn) -> Any:
    """Whether others may meet through the viewer; nobody else can tell."""
    actions.introduce(owner=viewer(request), on=body.on)
    return 204, None


@router.get("/friends/invitations", response=list[schemas.InvitationOut])
def open_invitations(request: HttpRequest) -> Any:
    """The viewer's invitations that can still be taken."""
    found = meeting.open_invitations(viewer(request).id, now=clock.now())
    return [invitation_out(one) for one in found]


@router.post("/friends/invitations", response={201: schemas.InvitationOut, **REFUSED})
def invite(request: HttpRequest, body: schemas.InviteIn) -> Any:
    """Make a link that makes one person a friend."""
    made = actions.invite(owner=viewer(request), groups=body.groups, now=clock.now())
    return 201, invitation_out(made)


@router.delete("/friends/invitations/{uuid:id}", response={204: None, 404: Problem})
def revoke(request: HttpRequest, id: UUID) -> Any:
    """Make a link worthless."""
    actions.revoke(invitation=id, owner=viewer(request), now=clock.now())
    return 204, None


@router.get("/invitations/{token}", response={200: schemas.InvitedOut, 404: Problem})
def invited(request: HttpRequest, token: str) -> Any:
    """By whom a link is; unknown, taken, revoked and run out are one answer."""
    found = meeting.invitation(viewer(request).id, token, now=clock.now())
    by = schemas.person(queries.person_of(found.owner))
    return {"by": by, "expires_at": found.expires_at}


@router.post("/invitations/{token}", response={204: None, **REFUSED})
def take(request: HttpRequest, token: str, body: schemas.InviteIn) -> Any:
    """Become friends with who made the link."""
    found = meeting.invitation(viewer(request).id, token, now=clock.now())
    actions.take(invitation=found.id, member=viewer(request), groups=body.groups, now=clock.now())
    return 204, None


@router.get("/groups", response=list[schemas.GroupOut])
def groups(request: HttpRequest) -> Any:
    """The viewer's groups with who is in each now."""
    return [group_out(view) for view in queries.groups(viewer(request).id)]


@router.post("/groups", response={201: schemas.GroupOut, **REFUSED})
def make_group(request: HttpRequest, body: schemas.GroupIn) -> Any:
    """Make a group, with members if `friends` is given."""
    owner, now = viewer(request), clock.now()
    made = actions.make_group(owner=owner, name=body.name, now=now)
    if body.friends:
        actions.set_members(owner=owner, group=made.id, friends=body.friends, now=now)
    return 201, {"id": made.id, "name": made.name, "friends": body.friends or []}


@router.put("/groups/{uuid:id}", response={200: schemas.GroupOut, **REFUSED})
def change_group(request: HttpRequest, id: UUID, body: schemas.GroupIn) -> Any:
    """Rename a group and, if `friends` is given, make exactly them its members."""
    owner = viewer(request)
    actions.rename_group(owner=owner, group=id, name=body.name)
    if body.friends is not None:
        actions.set_members(owner=owner, group=id, friends=body.friends, now=clock.now())
    return next(group_out(view) for view in queries.groups(owner.id) if view.group.id == id)


@router.delete("/groups/{uuid:id}", response={204: None, 404: Problem})
def delete_group(request: HttpRequest, id: UUID) -> Any:
    """Forget a group; moments that excluded it go on excluding who was in it."""
    actions.delete_group(owner=viewer(request), group=id, now=clock.now())
    return 204, None


def viewer(request: HttpRequest) -> Any:
    return request.auth  # type: ignore[attr-defined]


def friend_out(edge: Friendship) -> dict[str, Any]:
    return {
        "id": edge.friend_id,
        "handle": edge.friend.handle,
        "name": edge.friend.display_name,
        "avatar": edge.friend.avatar_url,
        "since": edge.since,
        "nickname": edge.nickname,
        "note": edge.note,
        "life": edge.life,
        "market": edge.market,
        "snoozed_until": edge.snoozed_until,
        "hides_mine": edge.hides_mine,
        "groups": edge.groups,
    }


def invitation_out(one: Invitation) -> dict[str, Any]:
    return {
        "id": one.id,
        "token": invitations.token(one.id),
        "groups": one.groups,
        "made_at": one.made_at,
        "expires_at": one.expires_at,
    }


def group_out(view: queries.GroupView) -> dict[str, Any]:
    return {
        "id": view.group.id,
        "name": view.group.name,
        "friends": [member.id for member in view.friends],
    }
